"""Filing a review: several people at once, forms half typed, what is kept and for whom."""

import uuid
from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.lock import acting
from core.errors import StaleEdit
from reviews import actions, selectors, tasks
from reviews.models import Draft, EarlierWording, Member, Presence
from tests.factories import NOON, UserFactory
from tests.reviews.factories import DUE, ReviewFactory, section
from tests.reviews.factories import write as fill_in

PLAN = "The lane was planned.\n\nNobody staffed it."


@pytest.fixture
def colleague(draft, lead):
    """Another member of the team."""
    person = UserFactory.create(agency=lead.agency)
    Member.objects.create(review=draft, user=person, role="MEMBER")
    return person


@pytest.fixture
def beside(colleague):
    """The browser of the colleague."""
    client = Client()
    client.force_login(colleague)
    return client


def write(review, by, text, version, letter="B"):
    return actions.save_section(
        review_id=review.pk, letter=letter, text=text, state="IN_PROGRESS", version=version,
        by=by, at=NOON,
    )  # fmt: skip


def finding(review, by, deed="add", **said):
    values = {"kind": "failure", "title": "Nobody searched"} | said
    return getattr(actions, f"{deed}_finding")(review_id=review.pk, by=by, at=NOON, **values)


class TestTwoInOneSection:
    def test_are_merged_by_paragraph_and_every_wording_is_kept(self, draft, lead, colleague):
        write(draft, lead, PLAN, 1)
        theirs = write(draft, lead, PLAN.replace("planned", "ordered"), 2)

        mine = write(draft, colleague, f"{PLAN}\n\nThe order came late.", 2)

        stands = "The lane was ordered.\n\nNobody staffed it.\n\nThe order came late."
        assert (mine.text, mine.version, mine.read_as) == (stands, 5, 4)
        kept = EarlierWording.objects.filter(of="B").order_by("version")
        texts = ["", PLAN, theirs.text, f"{PLAN}\n\nThe order came late."]
        assert [each.values["text"] for each in kept] == texts
        assert [each.by for each in kept] == [None, lead, lead, colleague]
        # Written on from there, and clicked twice.
        again = write(draft, colleague, f"{PLAN}\n\nThe order came very late.", 4)
        assert again.text == stands.replace("late", "very late")
        assert write(draft, colleague, f"{PLAN}\n\nThe order came late.", 2).text == again.text

    def test_clash_where_both_changed_the_same_and_nothing_is_written(self, draft, lead, colleague):
        write(draft, lead, PLAN, 1)
        write(draft, lead, PLAN.replace("planned", "ordered"), 2)

        with pytest.raises(actions.Clash) as refused:
            write(draft, colleague, PLAN.replace("planned", "forgotten"), 2)

        assert refused.value.fields == ("text",)
        assert draft.sections.get(letter="B").text == PLAN.replace("planned", "ordered")

    def test_are_merged_field_by_field_in_section_a(self, draft, lead, colleague):
        header = {"scope": "", "participants": "", "tier": "T2", "version": 1, "state": "COMPLETE"}
        common = {"review_id": draft.pk, "at": NOON}
        actions.save_header(**common, **header | {"scope": "The gate."}, by=lead)

        saved = actions.save_header(**common, **header | {"participants": "DPO"}, by=colleague)

        assert (saved.scope, saved.participants, saved.tier) == ("The gate.", "DPO", "T2")

    def test_are_merged_field_by_field_in_one_line(self, draft, lead, colleague):
        row = finding(draft, lead)
        mine = {"expected": "A search"}
        finding(draft, lead, "change", row_id=row.pk, version=1, happened="None", expected="")

        finding(draft, colleague, "change", row_id=row.pk, version=1, happened="", **mine)

        row.refresh_from_db()
        assert (row.expected, row.happened, row.version) == ("A search", "None", 4)

    def test_never_undo_each_others_links(self, draft, lead, colleague):
        failed = finding(draft, lead)
        asked = {"text": "Search", "owner_post": "SP Headquarters", "due_date": DUE}
        common = {"review_id": draft.pk, "at": NOON, **asked}
        row = actions.add_recommendation(**common, by=lead)
        change = {**common, "row_id": row.pk, "version": 1}
        actions.change_recommendation(**change, findings=[failed], by=lead)

        with pytest.raises(StaleEdit):
            actions.change_recommendation(**change, by=colleague)

        assert list(row.findings.all()) == [failed]


class TestTheConflictPage:
    def test_asks_only_for_what_both_changed_and_can_keep_both(self, draft, lead, beside):
        row = finding(draft, lead)
        url = reverse("reviews:row_change", args=[draft.pk, "findings", row.pk])
        typed = {"row-kind": "failure", "row-phase": "BEFORE", "row-counterfactual": "YES"}
        typed |= {"row-version": "1", "row-title": "Nobody searched"}
        finding(draft, lead, "change", row_id=row.pk, version=1, expected="Their lane.", title="T")

        page = beside.post(url, {**typed, "row-title": "M", "row-expected": "My lane."})
        choice = {"lock_version": 2, "keep_title": "theirs", "yours_title": "M"}
        beside.post(url, {**choice, "keep_expected": "both", "yours_expected": "My lane."})

        row.refresh_from_db()
        assert page.status_code == 409
        assert [each.name for each in page.context["rows"] if each.differs] == [
            *("title", "expected", "counterfactual"),
        ]
        assert (row.title, row.expected) == ("T", "Their lane.\n\nMy lane.")


class TestAutosave:
    def keep(self, client, review, letter="B", **typed):
        url = reverse("reviews:section_autosave", args=[review.pk, letter])
        return client.post(url, {"page": "one", **typed})

    def test_gives_back_what_others_wrote_and_from_where_to_go_on(self, draft, lead, beside):
        write(draft, lead, PLAN, 1)
        write(draft, lead, f"Theirs.\n\n{PLAN}", 2)

        page = self.keep(beside, draft, text=f"{PLAN}\n\nMine.", version=2).text

        assert 'data-read="4"' in page
        assert 'name="version" value="5"' in page
        assert f'data-merged="text">Theirs.\n\n{PLAN}\n\nMine.</textarea>' in page

    def test_keeps_what_clashes_for_its_writer_who_finds_it_again(
        self, draft, lead, colleague, beside, at_desk
    ):
        write(draft, lead, "Theirs.", 1)
        self.keep(beside, draft, text="Mine.", version=1)

        page, other = beside.get(section(draft, "B")), at_desk.get(section(draft, "B"))

        assert page.context["form"]["text"].value() == "Mine."
        assert [each.typed for each in page.context["restored"][0].differences] == ["Mine."]
        assert not other.context["restored"]
        with acting(lead):
            assert not Draft.objects.exists()
        drop = {"form": section(draft, "B"), "page": "one"}
        assert beside.post(reverse("reviews:draft_drop", args=[draft.pk]), drop).status_code == 302
        assert beside.get(section(draft, "B")).context["form"]["text"].value() == "Theirs."

    def test_keeps_the_line_half_typed_until_it_is_added(self, draft, beside, colleague):
        key = str(uuid.uuid4())
        line = {"row-text": "Patrol le", "row-clock": "17", "row-key": key}
        self.keep(beside, draft, "D", text="Words.", version=1, **line)

        page = beside.get(section(draft, "D"))

        assert page.context["row_form"]["clock"].value() == "17"
        assert page.context["restored"][0].has_line
        assert page.context["form"]["version"].value() == 2
        with acting(colleague):
            actions.add_entry(
                review_id=draft.pk, by=colleague, at=NOON, key=uuid.UUID(key), text="Patrol leaves",
                on_date=None, precision="UNKNOWN",
            )  # fmt: skip
        assert not beside.get(section(draft, "D")).context["restored"]

    def test_shows_what_waited_on_a_device_and_never_saves_it_unseen(self, draft, lead, at_desk):
        write(draft, lead, "As saved.", 1)

        same = self.keep(at_desk, draft, text="As saved.", version=1, recovered="1")
        lost = self.keep(at_desk, draft, text="As saved, and more.", version=1, recovered="1")

        assert (same.status_code, same.has_header("HX-Refresh")) == (204, False)
        assert lost["HX-Refresh"] == "true"
        assert draft.sections.get(letter="B").text == "As saved."
        pieces = at_desk.get(section(draft, "B")).context["restored"][0].differences[0].pieces
        assert ("new", ", and more") in [(each.how, each.text) for each in pieces]


class TestALineHalfTyped:
    def keep(self, client, review, **typed):
        form = reverse("reviews:row_add", args=[review.pk, "findings"])
        url = reverse("reviews:draft_keep", args=[review.pk])
        return client.post(url, {"form": form, **typed})

    def test_comes_back_on_any_machine_and_goes_when_it_is_saved(self, draft, at_desk):
        add = reverse("reviews:row_add", args=[draft.pk, "findings"])
        typed = {"row-title": "Nobody se", "row-kind": "failure", "row-phase": "BEFORE"}
        kept = self.keep(at_desk, draft, page="one", **typed)
        self.keep(at_desk, draft, page="two", **typed | {"row-title": "Another"})

        page = at_desk.get(f"{add}?page=one")

        assert "Kept for you on the server" in kept.text
        assert page.context["form"]["title"].value() == "Nobody se"
        assert len(page.context["restored"]) == 2
        assert "Add a finding" in at_desk.get(section(draft, "E")).text
        at_desk.post(add, {**typed, "row-counterfactual": "YES", "page": "one"})
        assert [each.page for each in Draft.objects.all()] == ["two"]

    def test_comes_back_under_its_finding_too(self, draft, lead, at_desk):
        row = finding(draft, lead)
        add = reverse("reviews:finding_body_add", args=[draft.pk, row.pk])
        typed = {"row-finding": row.pk, "row-role": "PRINCIPAL", "row-name": "Gate Gua"}
        keep = reverse("reviews:draft_keep", args=[draft.pk])

        at_desk.post(keep, {**typed, "form": add, "page": "one"})
        page = at_desk.get(add)

        assert page.context["form"]["name"].value() == "Gate Gua"
        told = [each.label for each in page.context["restored"][0].differences]
        assert told == ["Another body, in words"]
        at_desk.post(add, {**typed, "row-key": str(uuid.uuid4()), "page": "one"})
        assert row.bodies.get().name == "Gate Gua"
        assert not Draft.objects.exists()

    def test_is_kept_for_the_team_alone_and_for_forms_of_the_review(
        self, client, draft, submitted, judge, outsider, at_desk
    ):
        elsewhere = reverse("reviews:row_add", args=[submitted.pk, "findings"])
        assert self.keep(at_desk, draft, form=elsewhere, **{"row-title": "x"}).status_code == 404

        for person, code in ((outsider, 404), (judge, 403)):
            client.force_login(person)
            assert self.keep(client, submitted, **{"row-title": "x"}).status_code == code


class TestWhoIsWhere:
    def test_is_shown_to_the_team_for_a_minute(
        self, draft, lead, colleague, at_desk, beside, django_assert_max_num_queries
    ):
        beside.get(section(draft, "E"))

        page = at_desk.get(section(draft, "E")).text
        tasks = at_desk.get(reverse("reviews:present", args=[draft.pk])).text
        away = at_desk.post(reverse("reviews:presence", args=[draft.pk, "B"])).text

        assert f"{colleague.post} is in this section." in page
        assert colleague.post in tasks
        assert colleague.post not in away
        now = timezone.now()
        with acting(lead), django_assert_max_num_queries(4):  # two, and a savepoint
            actions.be_present(review_id=draft.pk, letter="C", by=lead, at=now)
            assert len(selectors.others_in(draft, lead, now)) == 1
        assert not selectors.others_in(draft, lead, now + timedelta(seconds=61))
        assert Presence.objects.count() == 2

    def test_is_no_affair_of_an_outsider(self, client, draft, outsider):
        client.force_login(outsider)

        assert client.get(reverse("reviews:present", args=[draft.pk])).status_code == 404
        assert client.post(reverse("reviews:presence", args=[draft.pk, "B"])).status_code == 404


class TestWhatTheBrowserMayKeep:
    def test_is_sealed_for_one_person_and_one_review(self, draft, at_desk, beside):
        mine, theirs = at_desk.get(section(draft, "B")), beside.get(section(draft, "B"))

        assert len(mine.context["device_key"]) == 44
        assert mine.context["device_key"] != theirs.context["device_key"]
        assert mine.context["device_slot"] != theirs.context["device_slot"]

    def test_is_nothing_of_a_confidential_review(self, client, db):
        lead = UserFactory.create(clearance="CONFIDENTIAL")
        review = ReviewFactory.create(lead=lead, classification="CONFIDENTIAL")
        client.force_login(lead)

        page = client.get(section(review, "B"))

        assert page.context["device_key"] == page.context["device_slot"] == ""
        assert 'data-key=""' in page.text
        assert "Do not close this page" in page.text


class TestEarlierWording:
    def test_can_be_read_again_by_the_team(self, client, draft, lead, judge, at_desk):
        write(draft, lead, "The lane was planned.", 1)
        write(draft, lead, "The lane was ordered.", 2)
        url = reverse("reviews:section_earlier", args=[draft.pk, "B"])

        page = at_desk.get(url).text

        assert "planned" in page
        assert "<ins>" in page
        client.force_login(judge)
        assert client.get(url).status_code == 404

    def test_is_thinned_to_the_end_of_each_sitting_once_the_review_is_published(
        self, draft, lead, colleague
    ):
        at, minute = timezone.now() - timedelta(days=40), timedelta(minutes=1)
        other = ReviewFactory.create(lead=lead)
        sittings = [(lead, 0), (lead, 1), (lead, 2), (colleague, 3), (colleague, 4), (lead, 40)]
        for review in (draft, other):
            for version, (by, minutes) in enumerate(sittings, start=1):
                who = by if review == draft else lead
                actions.save_section(
                    review_id=review.pk, letter="C", text=f"At {minutes}", state="IN_PROGRESS",
                    version=version, by=who, at=at + minutes * minute,
                )  # fmt: skip
        fill_in(draft, by=lead)
        judge = UserFactory.create(commander=True, agency=lead.agency)
        actions.submit_review(review_id=draft.pk, by=lead, at=at)
        for deed in (actions.approve_review, actions.publish_review):
            deed(review_id=draft.pk, by=judge, at=at)
        with pytest.raises(ProgrammingError), transaction.atomic():
            EarlierWording.objects.all().delete()

        assert tasks.thin_at(timezone.now()) == 3
        assert tasks.thin_at(timezone.now()) == 0

        kept = EarlierWording.objects.filter(of="C").order_by("version")
        assert [each.values["text"] for each in kept.filter(review=draft)] == ["", "At 2", "At 4"]
        assert kept.filter(review=other).count() == len(sittings)


class TestSectionsForMachines:
    def url(self, review, letter):
        return reverse("review-section", args=[review.pk, letter])

    def patch(self, client, url, etag=None, **body):
        headers = {"If-Match": etag} if etag else {}
        return client.patch(url, body, content_type="application/json", headers=headers)

    def test_are_written_over_what_was_read_and_over_nothing_else(self, draft, at_desk):
        url = self.url(draft, "B")
        etag = at_desk.get(url)["ETag"]

        blind = self.patch(at_desk, url, text="Mine.")
        first = self.patch(at_desk, url, etag, text="Theirs.")
        stale = self.patch(at_desk, url, etag, text="Mine.")

        assert blind.status_code == 428
        assert (first.status_code, first["ETag"], first.json()["text"]) == (200, '"2"', "Theirs.")
        assert (stale.status_code, stale["ETag"]) == (412, '"2"')
        assert stale.json()["yours"] == {"text": "Mine."}
        assert stale.json()["theirs"]["text"] == "Theirs."

    def test_of_a_have_their_own_fields_and_refuse_others(self, draft, at_desk):
        url = self.url(draft, "A")

        saved = self.patch(at_desk, url, '"1"', scope="The gate.")
        foreign = self.patch(at_desk, url, '"2"', text="x")

        assert saved.json()["scope"] == "The gate."
        assert foreign.status_code == 400

    def test_are_not_there_for_an_outsider_and_closed_to_who_judges(
        self, client, submitted, judge, outsider, lead
    ):
        for person, code in ((outsider, 404), (judge, 403), (lead, 409)):
            client.force_login(person)
            answer = self.patch(client, self.url(submitted, "B"), '"2"', text="x")
            assert answer.status_code == code
