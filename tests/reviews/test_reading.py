"""What is frozen, drawn, listed and loaded."""

from datetime import time

import pytest

from audit.models import Event
from reviews import actions, reference, selectors
from reviews.lanes import lanes_of
from reviews.models import FailureCategory, RecommendationCategory, Review
from reviews.rendering import minutes_text, swim_lanes
from tests.counting import LOCK
from tests.factories import NOON, UserFactory
from tests.incidents.factories import DAY
from tests.reviews.factories import ReviewFactory

MINUTE = {"precision": "MINUTE", "on_date": DAY}


@pytest.fixture
def told(draft, lead):
    """Police tell the control room, which tells rescue at a time on which accounts differ."""
    common = {"review_id": draft.pk, "by": lead, "at": NOON}
    actions.add_entry(
        text="Explosion.", acting="Police", told="Control", at_time=time(16, 22), **MINUTE, **common
    )
    actions.add_entry(
        text="Call.", acting="control ", told="Rescue", at_time=time(16, 24), **MINUTE, **common
    )
    sent = actions.add_entry(text="Sent.", acting="Rescue", told="CTD", on_date=DAY,
                             precision="DAY", **common)  # fmt: skip
    for teller, at_time in (("Rescue", time(16, 26)), ("Control", time(16, 41))):
        actions.add_account(
            entry_id=sent.pk, teller=teller, said="Sent.", at_time=at_time, **common
        )
    return draft


class TestLanes:
    def lanes(self, review):
        return lanes_of(selectors.in_order(review), DAY)

    def test_measure_each_hand_off(self, told):
        found = [
            (each.acting, each.told, minutes_text(each)) for each in self.lanes(told).hand_offs
        ]

        assert found == [
            ("Police", "Control", "2"),
            ("control", "Rescue", "2 or 17"),
            ("Rescue", "CTD", "not known"),
        ]

    def test_are_named_once_whatever_the_spelling(self, told):
        assert self.lanes(told).names == ("Police", "Control", "Rescue", "CTD")

    def test_are_drawn_with_names_as_text(self, draft, lead):
        actions.add_entry(
            review_id=draft.pk, by=lead, at=NOON, text="<b>", acting="<i>Police</i>",
            at_time=time(16, 22), **MINUTE,
        )  # fmt: skip

        svg = swim_lanes(self.lanes(draft))

        assert "&lt;i&gt;Police" in svg
        assert "<i>" not in svg

    def test_are_not_drawn_where_no_clock_time_is_known(self, draft, lead):
        actions.add_entry(
            review_id=draft.pk, by=lead, at=NOON, text="Sent.", acting="Rescue", on_date=DAY,
            precision="DAY",
        )  # fmt: skip

        assert swim_lanes(self.lanes(draft)) == ""

    def test_say_in_words_what_they_draw(self, told):
        assert "Police to Control: 2 minutes." in swim_lanes(self.lanes(told))


class TestReviewDocument:
    def test_gives_the_same_bytes_for_the_same_review(self, told):
        review = Review.objects.get(pk=told.pk)

        first = selectors.canonical(selectors.review_document(review))

        assert selectors.canonical(selectors.review_document(review)) == first
        assert first.decode().index('"agency"') < first.decode().index('"approved_at"')

    def test_holds_no_name_of_a_person(self, lead):
        review = ReviewFactory.create(lead=lead, state="PUBLISHED")

        text = selectors.canonical(selectors.review_document(review)).decode()

        assert lead.post in text
        assert f'"{lead.name}"' not in text
        assert lead.email not in text

    def test_keeps_unknown_times_empty(self, told):
        entry = selectors.review_document(told)["timeline"][-1]

        assert (entry["time"], entry["precision"]) == ("", "DAY")
        assert [each["time"] for each in entry["accounts"]] == ["16:26", "16:41"]


class TestFindingsVisibleTo:
    @pytest.mark.parametrize(
        ("state", "count"), [("DRAFT", 0), ("SUBMITTED", 0), ("APPROVED", 1), ("PUBLISHED", 1)]
    )
    def test_offers_settled_reviews_only(self, lead, state, count):
        ReviewFactory.create(lead=lead, state=state, complete=True)

        assert selectors.findings_visible_to(lead).count() == count

    def test_offers_nothing_to_an_outsider(self, lead, outsider):
        ReviewFactory.create(lead=lead, state="PUBLISHED")

        assert not selectors.findings_visible_to(outsider).exists()


@pytest.mark.django_db
class TestReference:
    def test_loads_every_category_once(self):
        assert reference.load(at=NOON) == 96 + 23 + 34
        assert reference.load(at=NOON) == 0
        assert FailureCategory.objects.filter(parent=None).count() == 14
        assert FailureCategory.objects.get(code="F06.2").parent.code == "F06"
        assert RecommendationCategory.objects.count() == 23
        assert Event.objects.count() == 1

    def test_leaves_alone_what_the_field_edited_and_gives_urdu_to_the_rest(self):
        FailureCategory.objects.create(code="F01", label_en="Our word")
        FailureCategory.objects.create(code="F02", label_en="Collection")

        reference.load(at=NOON)

        ours, shipped = (FailureCategory.objects.get(code=code) for code in ("F01", "F02"))
        assert (ours.label_en, ours.label_ur) == ("Our word", "")
        assert shipped.label_ur == "معلومات جمع کرنا"
        assert not FailureCategory.objects.exclude(code="F01").filter(label_ur="").exists()


class TestApi:
    def get(self, client, person, path=""):
        client.force_login(person)
        return client.get(f"/api/reviews/{path}")

    def test_gives_findings_and_recommendations(self, client, lead):
        review = ReviewFactory.create(lead=lead, state="PUBLISHED")

        told = self.get(client, lead, f"{review.pk}/").json()

        assert told["findings"][0]["title"] == "Nobody searched the crowd"
        assert told["recommendations"][0]["findings"] == [1]

    def test_hides_drafts_from_everybody_else(self, client, draft, judge, outsider):
        for person in (judge, outsider):
            assert self.get(client, person).json()["results"] == []
            assert self.get(client, person, f"{draft.pk}/").status_code == 404

    def test_asks_for_a_sign_in(self, client, draft):
        assert client.get("/api/reviews/").status_code in {401, 403}

    def test_changes_nothing(self, client, draft, lead):
        client.force_login(lead)

        assert client.post("/api/reviews/").status_code == 405
        assert client.delete(f"/api/reviews/{draft.pk}/").status_code == 405

    def test_asks_the_same_number_of_queries_however_many(
        self, client, lead, django_assert_max_num_queries
    ):
        client.force_login(lead)
        ReviewFactory.create(lead=lead, complete=True)
        client.get("/api/reviews/")
        with django_assert_max_num_queries(8 + LOCK) as first:
            client.get("/api/reviews/")
        asked = len(first)
        for _each in range(3):
            ReviewFactory.create(lead=lead, complete=True)
        client.get("/api/reviews/")  # the first reading of each is recorded

        with django_assert_max_num_queries(asked):
            client.get("/api/reviews/")


class TestAdmin:
    def test_is_for_the_keeper_of_reference_data(self, client, db):
        reference.load(at=NOON)
        client.force_login(UserFactory.create(system_admin=True))

        page = client.get("/reference/reviews/failurecategory/").content.decode()

        assert "Perimeter or access control" in page
