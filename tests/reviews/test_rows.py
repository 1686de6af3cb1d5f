"""Lines of sections: what holds for every kind, then what each kind adds."""

import uuid
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from audit.choices import Verb
from audit.models import Event
from core.errors import StaleEdit
from reviews import actions
from reviews.choices import SectionState
from reviews.models import Review
from tests.factories import NOON
from tests.incidents.factories import DAY
from tests.reviews.factories import DUE, ReviewFactory

LINES: dict[str, dict[str, Any]] = {
    "measure": {"text": "A search lane"},
    "role": {"kind": "planner", "status": "unidentified"},
    "entry": {"text": "Patrol leaves", "on_date": DAY, "precision": "DAY"},
    "finding": {"kind": "failure", "title": "Nobody searched"},
    "recommendation": {"text": "Search", "owner_post": "SP Headquarters", "due_date": DUE},
}
CHANGED: dict[str, dict[str, Any]] = {
    "measure": {"text": "Two search lanes"},
    "role": {"kind": "planner", "status": "suspected"},
    "entry": {"text": "Patrol of two leaves", "on_date": DAY, "precision": "DAY"},
    "finding": {"kind": "failure", "title": "Nobody searched the crowd"},
    "recommendation": {"text": "Search all", "owner_post": "SP Headquarters", "due_date": DUE},
}


def do(deed, noun, **said):
    return getattr(actions, f"{deed}_{noun}")(at=NOON, **said)


@pytest.fixture(params=sorted(LINES))
def noun(request):
    return request.param


class TestEveryLine:
    def test_is_added_and_recorded(self, draft, lead, noun):
        row = do("add", noun, review_id=draft.pk, by=lead, **LINES[noun])

        event = Event.objects.get(verb=Verb.REVIEW_CHANGED)
        assert (row.review, row.edited_by, row.version) == (draft, lead, 1)
        assert (event.data["deed"], event.data["id"]) == ("added", row.pk)

    def test_begins_its_section(self, draft, lead, noun):
        do("add", noun, review_id=draft.pk, by=lead, **LINES[noun])

        begun = draft.sections.get(state=SectionState.IN_PROGRESS)
        assert begun.edited_by == lead

    def test_twice_with_the_same_key_is_once(self, draft, lead, noun):
        key = uuid.uuid4()
        first = do("add", noun, review_id=draft.pk, by=lead, key=key, **LINES[noun])

        again = do("add", noun, review_id=draft.pk, by=lead, key=key, **LINES[noun])

        assert again == first
        assert type(first).objects.count() == 1

    def test_is_changed(self, draft, lead, noun):
        row = do("add", noun, review_id=draft.pk, by=lead, **LINES[noun])

        do("change", noun, review_id=draft.pk, row_id=row.pk, version=1, by=lead, **CHANGED[noun])

        row.refresh_from_db()
        assert row.version == 2
        assert {name: getattr(row, name) for name in CHANGED[noun]} == CHANGED[noun]

    def test_is_not_overwritten_unseen(self, draft, lead, noun):
        row = do("add", noun, review_id=draft.pk, by=lead, **LINES[noun])
        common = {"review_id": draft.pk, "row_id": row.pk, "by": lead}
        do("change", noun, version=1, **common, **CHANGED[noun])

        with pytest.raises(StaleEdit):
            do("change", noun, version=1, **common, **LINES[noun])

    def test_is_removed_and_what_it_said_is_kept(self, draft, lead, noun):
        row = do("add", noun, review_id=draft.pk, by=lead, **LINES[noun])

        do("remove", noun, review_id=draft.pk, row_id=row.pk, by=lead)

        said = Event.objects.get(verb=Verb.REVIEW_CHANGED, data__deed="removed").data["said"]
        word = "status" if noun == "role" else ("title" if noun == "finding" else "text")
        assert said[word] == LINES[noun][word]
        assert not type(row).objects.exists()

    def test_is_refused_once_submitted(self, submitted, lead, noun):
        with pytest.raises(actions.NotOpen):
            do("add", noun, review_id=submitted.pk, by=lead, **LINES[noun])

    def test_is_refused_to_the_commander(self, submitted, judge, noun):
        with pytest.raises(PermissionDenied):
            do("add", noun, review_id=submitted.pk, by=judge, **LINES[noun])

    def test_is_invisible_to_an_outsider(self, draft, outsider, noun):
        with pytest.raises(Review.DoesNotExist):
            do("add", noun, review_id=draft.pk, by=outsider, **LINES[noun])

    def test_of_another_review_is_not_there(self, draft, lead, noun):
        other = ReviewFactory.create(lead=lead)
        row = do("add", noun, review_id=other.pk, by=lead, **LINES[noun])

        with pytest.raises(type(row).DoesNotExist):
            do("remove", noun, review_id=draft.pk, row_id=row.pk, by=lead)


class TestRole:
    def test_is_on_the_board_once(self, draft, lead):
        do("add", "role", review_id=draft.pk, by=lead, **LINES["role"])

        with pytest.raises(actions.NotSound, match="on the board already"):
            do("add", "role", review_id=draft.pk, by=lead, **LINES["role"])


class TestEntry:
    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({"on_date": NOON.date() + timedelta(days=1)}, "still to come"),
            ({"at_time": time(17), "until_time": time(16), "precision": "ABOUT"}, "before the"),
            ({"at_time": time(0)}, "only where it is known"),
            ({"on_date": None}, "Give the day"),
        ],
    )
    def test_is_never_more_certain_than_the_record(self, draft, lead, said, words):
        with pytest.raises(actions.NotSound, match=words):
            do("add", "entry", review_id=draft.pk, by=lead, **(LINES["entry"] | said))

        assert not draft.timeline.exists()

    def test_carries_accounts_that_differ(self, draft, lead):
        entry = do("add", "entry", review_id=draft.pk, by=lead, **LINES["entry"])

        for teller, at_time in (("Rescue", time(16, 26)), ("Control room", time(16, 41))):
            do(
                "add",
                "account",
                review_id=draft.pk,
                entry_id=entry.pk,
                by=lead,
                teller=teller,
                said="Dispatched.",
                at_time=at_time,
            )

        assert list(entry.accounts.order_by("position").values_list("by", "edited_by")) == [
            ("Rescue", lead.pk),
            ("Control room", lead.pk),
        ]

    def test_takes_its_accounts_with_it(self, draft, lead):
        entry = do("add", "entry", review_id=draft.pk, by=lead, **LINES["entry"])
        do(
            "add",
            "account",
            review_id=draft.pk,
            entry_id=entry.pk,
            by=lead,
            teller="Rescue",
            said="Dispatched.",
        )

        do("remove", "entry", review_id=draft.pk, row_id=entry.pk, by=lead)

        removed = Event.objects.filter(data__deed="removed").values_list("data__row", flat=True)
        assert sorted(removed) == ["account", "timelineentry"]


class TestRecommendation:
    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({"owner_post": "all agencies"}, "Name one post"),
            ({"due_date": date(2026, 11, 19)}, "in the past"),
        ],
    )
    def test_needs_an_owner_and_a_day_to_come(self, draft, lead, said, words):
        with pytest.raises(actions.NotSound, match=words):
            do(
                "add",
                "recommendation",
                review_id=draft.pk,
                by=lead,
                **(LINES["recommendation"] | said),
            )

        assert not draft.recommendations.exists()

    def test_answers_findings_of_its_review_only(self, draft, lead):
        other = ReviewFactory.create(lead=lead)
        strange = do("add", "finding", review_id=other.pk, by=lead, **LINES["finding"])

        with pytest.raises(actions.NotSound, match="of this review"):
            do(
                "add",
                "recommendation",
                review_id=draft.pk,
                by=lead,
                findings=[strange],
                **LINES["recommendation"],
            )

    def test_has_a_reference_under_its_review(self, draft, lead):
        row = do("add", "recommendation", review_id=draft.pk, by=lead, **LINES["recommendation"])

        assert row.reference == f"{draft.reference}-R1"


class TestSaveSection:
    def save(self, review, by, text="The plan had a lane.", version=1):
        return actions.save_section(
            review_id=review.pk,
            letter="B",
            text=text,
            state=SectionState.COMPLETE,
            version=version,
            by=by,
            at=NOON,
        )

    def test_keeps_the_words_and_who_wrote_them(self, draft, lead):
        section = self.save(draft, lead)

        section.refresh_from_db()
        assert (section.text, section.state, section.version) == (
            "The plan had a lane.",
            SectionState.COMPLETE,
            2,
        )
        assert Event.objects.get(verb=Verb.REVIEW_CHANGED).data["before"]["text"] == ""

    def test_of_the_same_words_changes_nothing(self, draft, lead):
        self.save(draft, lead)
        self.save(draft, lead)

        assert Event.objects.filter(verb=Verb.REVIEW_CHANGED).count() == 1

    def test_does_not_overwrite_unseen(self, draft, lead):
        self.save(draft, lead)

        with pytest.raises(StaleEdit):
            self.save(draft, lead, text="Mine.")

    def test_is_invisible_to_an_outsider(self, draft, outsider):
        with pytest.raises(Review.DoesNotExist):
            self.save(draft, outsider)

    def test_of_another_tier_moves_the_due_day(self, draft, lead):
        actions.save_header(
            review_id=draft.pk,
            tier="T3",
            scope="The gate only.",
            participants="",
            state=SectionState.IN_PROGRESS,
            version=1,
            by=lead,
            at=NOON,
        )

        moved = Review.objects.get(pk=draft.pk)
        assert moved.due_at - draft.due_at == timedelta(days=30)
        assert moved.scope == "The gate only."


class TestAttachDissent:
    def attach(self, review, by, **said):
        return actions.attach_dissent(
            review_id=review.pk,
            **({"kind": "cause", "text": "It was not late.", "about": "finding 1"} | said),
            by=by,
            at=NOON,
        )

    def test_is_kept_under_the_agency_of_who_wrote_it(self, submitted, judge):
        dissent = self.attach(submitted, judge)

        assert (dissent.agency, dissent.by) == (judge.agency, judge)
        assert Event.objects.get(verb=Verb.DISSENT_ATTACHED).data["about"] == "finding 1"

    def test_twice_with_the_same_key_is_once(self, submitted, judge):
        key = uuid.uuid4()

        assert self.attach(submitted, judge, key=key) == self.attach(submitted, judge, key=key)

    def test_must_say_something(self, submitted, judge):
        with pytest.raises(actions.NotSound, match="own words"):
            self.attach(submitted, judge, text=" ")

    def test_is_refused_to_an_agency_that_took_no_part(self, lead, outsider):
        review = ReviewFactory.create(lead=lead, tlp="GREEN", state="PUBLISHED")

        with pytest.raises(PermissionDenied):
            self.attach(review, outsider)

    def test_is_invisible_to_an_outsider(self, submitted, outsider):
        with pytest.raises(Review.DoesNotExist):
            self.attach(submitted, outsider)
