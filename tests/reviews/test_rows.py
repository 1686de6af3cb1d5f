"""Lines of sections: what holds for every kind, then what each kind adds."""

import uuid
from datetime import time, timedelta
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
    "rating": {"capability": "SSD", "rating": "U", "objective": "Search all"},
    "recommendation": {"text": "Search", "owner_post": "SP Headquarters", "due_date": DUE},
}
CHANGED: dict[str, dict[str, Any]] = {
    "measure": {"text": "Two search lanes"},
    "role": {"kind": "planner", "status": "suspected"},
    "entry": {"text": "Patrol of two leaves", "on_date": DAY, "precision": "DAY"},
    "finding": {"kind": "failure", "title": "Nobody searched the crowd"},
    "rating": {"capability": "SSD", "rating": "M", "objective": "Search all who come"},
    "recommendation": {"text": "Search all", "owner_post": "SP Headquarters", "due_date": DUE},
}
THIRD: dict[str, dict[str, Any]] = {
    "measure": {"text": "Three search lanes"},
    "role": {"kind": "planner", "status": "identified"},
    "entry": {"text": "Patrol of three leaves", "on_date": DAY, "precision": "DAY"},
    "finding": {"kind": "failure", "title": "Nobody was told to search"},
    "rating": {"capability": "SSD", "rating": "P", "objective": "Search some"},
    "recommendation": {"text": "Search some", "owner_post": "SP Headquarters", "due_date": DUE},
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

        do("change", noun, version=1, **common, **LINES[noun])  # as it was read

        row.refresh_from_db()
        assert {name: getattr(row, name) for name in CHANGED[noun]} == CHANGED[noun]
        with pytest.raises(StaleEdit):
            do("change", noun, version=1, **common, **THIRD[noun])

    def test_is_removed_and_what_it_said_is_kept(self, draft, lead, noun):
        row = do("add", noun, review_id=draft.pk, by=lead, **LINES[noun])

        do("remove", noun, review_id=draft.pk, row_id=row.pk, by=lead)

        said = Event.objects.get(verb=Verb.REVIEW_CHANGED, data__deed="removed").data["said"]
        words = {"role": "status", "finding": "title", "rating": "objective"}
        word = words.get(noun, "text")
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


class TestFinding:
    @pytest.fixture
    def full(self, draft, lead):
        """A review with as many findings as a hot debrief takes."""
        for _each in range(5):
            do("add", "finding", review_id=draft.pk, by=lead, **LINES["finding"])
        return draft

    def header(self, review, lead, tier):
        return actions.save_header(
            review_id=review.pk,
            tier=tier,
            scope="",
            participants="",
            state=SectionState.IN_PROGRESS,
            version=Review.objects.get(pk=review.pk).lock_version,
            by=lead,
            at=NOON,
        )

    def test_is_one_of_five_in_a_hot_debrief(self, full, lead):
        self.header(full, lead, "T1")

        with pytest.raises(actions.NotSound, match="at most five"):
            do("add", "finding", review_id=full.pk, by=lead, **LINES["finding"])

    def test_keeps_a_fuller_review_from_becoming_a_hot_debrief(self, full, lead):
        do("add", "finding", review_id=full.pk, by=lead, **LINES["finding"])

        with pytest.raises(actions.NotSound, match="at most five"):
            self.header(full, lead, "T1")


class TestRecommendation:
    @pytest.mark.parametrize(
        "said", [{"owner_post": "all agencies"}, {"owner_post": "", "due_date": None}]
    )
    def test_may_be_unfinished_in_a_draft(self, draft, lead, said):
        row = do(
            "add",
            "recommendation",
            review_id=draft.pk,
            by=lead,
            **(LINES["recommendation"] | said),
        )

        assert row.owner_post == said["owner_post"]

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
