"""The words of a section, and what stands against the review."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from audit.choices import Verb
from audit.models import Event
from core.errors import StaleEdit
from reviews import actions
from reviews.choices import SectionState
from reviews.models import Review
from tests.factories import NOON
from tests.reviews.factories import ReviewFactory


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
