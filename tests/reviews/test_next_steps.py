"""Sections A, F, G and H: their lines, the quality gate, what is taken over, what is frozen."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from incidents.actions import add_particular
from incidents.models import Fir
from reviews import actions, reference, selectors
from reviews.choices import Letter, SectionState
from reviews.models import NationalPlanPoint, Recommendation, Review
from tests.factories import NOON
from tests.incidents.factories import DAY
from tests.reviews.factories import ReviewFactory, section, write

# What a line says, what it says when it is put right, and where the review holds it.
LINES: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "participant": ({"body": "A hospital"}, {"came": "NO"}, "bodies"),
    "exclusion": ({"what": "The convoy"}, {"why": "Another review looks at it."}, "exclusions"),
    "source_asked": ({"what": "The call log"}, {"answer": "HEARD_LATER"}, "sources_asked"),
    "source_heard": ({"kind": "witness", "number": 3}, {"number": 4}, "sources_heard"),
    "part": ({"body": "A company"}, {"part": "Lends two scanners."}, "parts"),
    "stage": ({"what": "Lane marked"}, {"done_date": DAY}, "stages"),
    "care": ({"kind": "compensation", "announced": 1_500_000}, {"state": "PARTLY"}, "care"),
    "report": ({"title": "Inquiry, volume 2"}, {"pages": 884, "terms": "Why?"}, "reports"),
    "sitting": (
        {"kind": "CLOSED", "about": "What was known"},
        {"witnesses": 9, "why_closed": "National security"},
        "sittings",
    ),
    "death": (
        {"people": 1, "conclusion": "Unlawfully killed"},
        {"survivable": "PROBABLE", "on_date": DAY},
        "deaths",
    ),
    "reply": (
        {"body": "A ministry", "stance": "IN_PART"},
        {"text": "From next year", "on_date": DAY},
        "replies",
    ),
    "justice": ({"kind": "fir", "reference": "112/2023"}, {"on_date": DAY}, "justice"),
}
OF_RECOMMENDATION = {"part", "stage", "reply"}


@pytest.fixture
def asked(draft, lead):
    """The one recommendation of a review that is fit to be submitted."""
    write(draft, by=lead)
    return draft.recommendations.get()


def change(row, lead, **said):
    values = {"text": row.text, "owner_post": row.owner_post, "findings": row.findings.all()}
    return actions.change_recommendation(
        review_id=row.review_id,
        row_id=row.pk,
        version=row.version,
        by=lead,
        at=NOON,
        **(values | said),
    )


class TestEveryLine:
    @pytest.mark.parametrize("noun", LINES)
    def test_is_added_once_changed_unseen_by_nobody_and_removed(
        self, asked, draft, lead, outsider, noun
    ):
        said, mended, name = LINES[noun]
        if noun in OF_RECOMMENDATION:
            said = {"recommendation": asked, **said}
        add, put_right, remove = (
            getattr(actions, f"{deed}_{noun}") for deed in ("add", "change", "remove")
        )
        of, common = {"review_id": draft.pk, "at": NOON}, {"by": lead, "key": uuid.uuid4()}

        row = add(**of, **common, **said)
        assert add(**of, **common, **said) == row
        put_right(**of, row_id=row.pk, version=1, by=lead, **(said | mended))
        put_right(**of, row_id=row.pk, version=1, by=lead, **said)  # as it was read

        held = getattr(asked if noun in OF_RECOMMENDATION else draft, name)
        assert held.filter(version=2, edited_by=lead, **mended).get() == row
        with pytest.raises(Review.DoesNotExist):
            remove(**of, row_id=row.pk, by=outsider)
        remove(**of, row_id=row.pk, by=lead)
        assert not held.exists()

    def test_of_another_review_is_not_there(self, asked, lead):
        other = ReviewFactory.create(lead=lead)

        with pytest.raises(Recommendation.DoesNotExist):
            actions.add_stage(
                review_id=other.pk, recommendation=asked, what="Marked", by=lead, at=NOON
            )

    def test_is_never_ahead_of_what_happened(self, draft, lead):
        ahead = NOON.date() + timedelta(days=1)
        common = {"review_id": draft.pk, "by": lead, "at": NOON}

        with pytest.raises(actions.NotSound, match="still to come"):
            actions.add_care(kind="condolence", on_date=ahead, **common)
        with pytest.raises(actions.NotSound, match="Amounts belong"):
            actions.add_care(kind="condolence", paid=5, **common)
        with pytest.raises(actions.NotSound, match="Only a verdict"):
            actions.add_justice(kind="arrest", outcome="CONVICTED", **common)
        actions.add_justice(kind="court", state="AWAITED", on_date=ahead, **common)


class TestTheGate:
    def test_refuses_a_review_whose_recommendation_is_unfinished_and_says_where(
        self, asked, draft, lead
    ):
        row = change(asked, lead, owner_post="all agencies", closure_criterion="")

        with pytest.raises(actions.ReviewIncomplete) as refusal:
            actions.submit_review(review_id=draft.pk, by=lead, at=NOON)

        where = reverse("reviews:row_change", args=[draft.pk, "recommendations", row.pk])
        assert {each.url for each in refusal.value.missing} == {where}
        assert "Recommendation 1: Name one post" in refusal.value.missing[0].sentence
        change(row, lead, owner_post="SP City", closure_criterion="A signed list.")
        assert actions.submit_review(review_id=draft.pk, by=lead, at=NOON).state == "SUBMITTED"

    def test_takes_a_quick_fix_by_the_day_on_which_it_was_done(self, asked, draft, lead):
        change(asked, lead, due_date=None, is_quick_fix=True, done_date=DAY)

        assert actions.submit_review(review_id=draft.pk, by=lead, at=NOON).state == "SUBMITTED"

    def test_is_held_by_the_database_too(self, asked, draft, lead):
        Recommendation.objects.filter(pk=asked.pk).update(owner_post="")
        with pytest.raises(IntegrityError, match="no owner"), transaction.atomic():
            Review.objects.filter(pk=draft.pk).update(state="SUBMITTED", submitted_at=NOON)

        Recommendation.objects.filter(pk=asked.pk).update(owner_post="SP")
        Review.objects.filter(pk=draft.pk).update(state="SUBMITTED", submitted_at=NOON)
        with pytest.raises(IntegrityError, match="no owner"), transaction.atomic():
            Recommendation.objects.filter(pk=asked.pk).update(due_date=None)


class TestRecommendationPage:
    def test_keeps_everything_that_is_asked(self, at_desk, asked, draft):
        reference.load(at=NOON)
        url = reverse("reviews:row_change", args=[draft.pk, "recommendations", asked.pk])
        typed = {
            "row-text": "Search all.",
            "row-owner_post": "SP City",
            "row-due_date": "2027-01-02",
            "row-closure_criterion": "A list.",
            "row-category": "R11",
            "row-version": 1,
            "row-priority": "FIRST",
            "row-authority": "DISTRICT",
            "row-cost": "TO_1M",
            "row-elements": ["P", "T"],
            "row-plan_points": ["2014-8", "2021-6"],
            "row-is_monitored": "on",
            "row-source_number": "12(b)",
            "row-findings": [asked.findings.get().pk],
        }

        assert at_desk.post(url, typed).status_code == 302

        told = selectors.review_document(Review.objects.get(pk=draft.pk))["recommendations"][0]
        assert (told["elements"], told["plan_points"]) == (["P", "T"], ["2014-8", "2021-6"])
        assert (told["cost"], told["source_number"], told["is_monitored"]) == (
            "TO_1M", "12(b)", True,
        )  # fmt: skip
        page = at_desk.get(section(draft, Letter.F)).text
        for words in ("number 12(b) in the source", "Rs 1 million", "2021-6"):
            assert words in page
        assert re.search('value="2021-6"[^>]*checked', at_desk.get(url).text)

    def test_leads_to_a_part_of_another_body_with_the_recommendation_chosen(
        self, at_desk, asked, draft
    ):
        url = reverse("reviews:row_add", args=[draft.pk, "parts"])
        assert f'<option value="{asked.pk}" selected>R1: ' in at_desk.get(f"{url}?of=1").text

        neither = at_desk.post(url, {"row-recommendation": asked.pk, "row-part": "Scanners"})
        assert set(neither.context["form"].errors) == {"body"}
        at_desk.post(url, {"row-recommendation": asked.pk, "row-body": "Port operator"})

        assert "Port operator" in at_desk.get(section(draft, Letter.F)).text


class TestTakingOver:
    def test_offers_the_fir_of_the_incident_until_it_stands_in_the_section(
        self, at_desk, draft, lead
    ):
        add_particular(
            incident_id=draft.incident_id,
            said=Fir(number="112/2023", police_station="City", registered_date=DAY),
            by=lead,
            at=NOON,
        )
        page = at_desk.get(section(draft, Letter.H)).text
        add = reverse("reviews:row_add", args=[draft.pk, "justice"])
        take = next(part for part in page.split('"') if part.startswith(f"{add}?take="))

        assert 'value="112/2023"' in at_desk.get(take).text
        actions.add_justice(
            review_id=draft.pk, kind="fir", reference="112/2023", on_date=DAY, by=lead, at=NOON
        )

        page = at_desk.get(section(draft, Letter.H)).text
        assert take not in page
        assert "From the incident to the FIR" in page


class TestReading:
    def fill(self, review, lead):
        common = {"review_id": review.pk, "by": lead, "at": NOON}
        row = review.recommendations.get()
        reference.load(at=NOON)
        for noun, (said, mended, _name) in LINES.items():
            of = {"recommendation": row} if noun in OF_RECOMMENDATION else {}
            getattr(actions, f"add_{noun}")(**of, **(said | mended), **common)
        change(row, lead, is_monitored=True, plan_points=NationalPlanPoint.objects.all()[:2])
        actions.save_section(
            letter=Letter.G, text="لواحقین", state=SectionState.COMPLETE, version=1,
            language="ur", **common,
        )  # fmt: skip

    def test_shows_and_freezes_every_line(self, at_desk, asked, draft, lead):
        self.fill(draft, lead)
        assert selectors.review_document(draft)["languages"] == {"G": "ur"}

        page = at_desk.get(reverse("reviews:review_read", args=[draft.pk])).text
        told = selectors.canonical(selectors.review_document(draft)).decode()

        for words in (
            *("A hospital", "The convoy", "The call log", "A company", "Lane marked"),
            *("Inquiry, volume 2", "National security", "Unlawfully killed", "From next year"),
        ):
            assert words in page
            assert words in told
        assert "Announced: Rs 1,500,000" in page
        assert "90 days after it is published" in page
        assert '<div class="prose above" dir="auto" lang="ur"><p>لواحقین' in page

    def test_asks_one_query_more_whatever_they_hold(
        self, asked, draft, lead, django_assert_num_queries
    ):
        self.fill(draft, lead)

        with django_assert_num_queries(1):
            lines = selectors.lines_of(draft)

        assert len(lines.points[asked.pk]) == 2
        assert lines.parts[asked.pk][0].who == "A company"

    def test_gives_every_line_to_other_systems(self, client, asked, draft, lead):
        self.fill(draft, lead)
        client.force_login(lead)

        told = client.get(f"/api/reviews/{draft.pk}/").json()

        for _said, _mended, name in LINES.values():
            held = told["recommendations"][0] if name in {"parts", "stages", "replies"} else told
            assert len(held[name]) == 1, name
        assert told["sections"][6]["language"] == "ur"


class TestSections:
    def test_have_questions_that_help_and_say_what_they_hold(self, at_desk, draft, lead):
        for letter in Letter.values:
            assert "Questions that help" in at_desk.get(section(draft, letter)).text
        actions.add_care(review_id=draft.pk, kind="liaison", state="NOT", by=lead, at=NOON)

        page = at_desk.get(reverse("reviews:review_detail", args=[draft.pk])).text

        assert "1 lines, 1 not done or not known" in page

    def test_stay_begun_while_they_hold_a_line(self, at_desk, draft, lead):
        actions.add_care(review_id=draft.pk, kind="liaison", by=lead, at=NOON)

        at_desk.post(section(draft, "G"), {"text": "", "version": 1, "language": "ur"})

        kept = draft.sections.get(letter="G")
        assert (kept.state, kept.language) == (SectionState.IN_PROGRESS, "ur")

    def test_count_a_kind_of_source_once(self, draft, lead):
        said = {"review_id": draft.pk, "kind": "witness", "by": lead, "at": NOON}
        actions.add_source_heard(**said)

        with pytest.raises(actions.NotSound, match="counted already"):
            actions.add_source_heard(**said)
