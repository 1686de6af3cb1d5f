import hashlib
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.utils import DatabaseError, IntegrityError

from audit.choices import Verb
from audit.models import Event
from reviews import actions, selectors
from reviews.choices import ReviewState, SignOffDeed
from reviews.models import Member, Review, ReviewVersion, SignOff
from tests.factories import NOON, UserFactory
from tests.reviews.factories import ReviewFactory, write


def submit(review, by):
    return actions.submit_review(review_id=review.pk, by=by, at=NOON)


def send_back(review, by, comment="Say who decided."):
    return actions.return_review(review_id=review.pk, comment=comment, by=by, at=NOON)


def approve(review, by):
    return actions.approve_review(review_id=review.pk, by=by, at=NOON)


def publish(review, by):
    return actions.publish_review(review_id=review.pk, by=by, at=NOON)


class TestSubmitReview:
    def test_lays_it_before_the_commander(self, draft, lead):
        write(draft, by=lead)

        review = submit(draft, lead)

        assert (review.state, review.submitted_at) == (ReviewState.SUBMITTED, NOON)
        assert Event.objects.filter(verb=Verb.REVIEW_SUBMITTED).count() == 1

    def test_refuses_an_empty_review_and_says_where(self, draft, lead):
        with pytest.raises(actions.ReviewIncomplete) as refusal:
            submit(draft, lead)

        assert [each.letter for each in refusal.value.missing] == ["A", "B", "D", "E", "F"]
        assert not SignOff.objects.exists()

    def test_twice_is_once(self, submitted, lead):
        submit(submitted, lead)

        assert submitted.signoffs.filter(deed=SignOffDeed.SUBMITTED).count() == 1
        assert Event.objects.filter(verb=Verb.REVIEW_SUBMITTED).count() == 1

    def test_is_the_leads_alone(self, draft, lead):
        member = UserFactory.create(agency=lead.agency)
        actions.add_member(review_id=draft.pk, user=member, role="MEMBER", by=lead, at=NOON)

        with pytest.raises(PermissionDenied):
            submit(draft, member)

    def test_is_invisible_to_an_outsider(self, draft, outsider):
        with pytest.raises(Review.DoesNotExist):
            submit(draft, outsider)

    def test_comes_again_after_a_return(self, lead):
        review = ReviewFactory.create(lead=lead, state="RETURNED")

        assert submit(review, lead).state == ReviewState.SUBMITTED
        assert review.signoffs.filter(deed=SignOffDeed.SUBMITTED).count() == 2

    def test_is_refused_once_it_is_approved(self, lead):
        review = ReviewFactory.create(lead=lead, state="APPROVED")

        with pytest.raises(actions.WrongState, match="approved already"):
            submit(review, lead)


class TestReturnReview:
    def test_hands_it_back_with_the_comment(self, submitted, judge):
        send_back(submitted, judge)

        submitted.refresh_from_db()
        signed = submitted.signoffs.get(deed=SignOffDeed.RETURNED)
        assert submitted.state == ReviewState.RETURNED
        assert (signed.comment, signed.by) == ("Say who decided.", judge)
        assert Event.objects.get(verb=Verb.REVIEW_RETURNED).data["comment"] == "Say who decided."

    def test_needs_a_comment(self, submitted, judge):
        with pytest.raises(actions.NotSound, match="put right"):
            send_back(submitted, judge, comment="  ")

        submitted.refresh_from_db()
        assert submitted.state == ReviewState.SUBMITTED

    def test_twice_is_once(self, submitted, judge):
        send_back(submitted, judge)
        send_back(submitted, judge)

        assert submitted.signoffs.filter(deed=SignOffDeed.RETURNED).count() == 1

    def test_is_not_for_its_lead(self, submitted, lead):
        with pytest.raises(PermissionDenied):
            send_back(submitted, lead)

    def test_is_invisible_to_an_outsider(self, submitted, outsider):
        with pytest.raises(Review.DoesNotExist):
            send_back(submitted, outsider)

    def test_needs_a_submitted_review(self, lead, judge):
        review = ReviewFactory.create(lead=lead, state="APPROVED")

        with pytest.raises(actions.WrongState):
            send_back(review, judge)


class TestApproveReview:
    def test_is_signed_by_the_commander(self, submitted, judge):
        approve(submitted, judge)

        submitted.refresh_from_db()
        assert (submitted.state, submitted.approved_by) == (ReviewState.APPROVED, judge)
        assert Event.objects.filter(verb=Verb.REVIEW_APPROVED, actor_id=judge.pk).count() == 1

    def test_twice_is_once(self, submitted, judge):
        approve(submitted, judge)
        approve(submitted, judge)

        assert submitted.signoffs.filter(deed=SignOffDeed.APPROVED).count() == 1

    def test_is_not_for_a_commander_on_the_team(self, draft, lead):
        member = UserFactory.create(commander=True, agency=lead.agency)
        actions.add_member(review_id=draft.pk, user=member, role="MEMBER", by=lead, at=NOON)
        write(draft, by=lead)
        submit(draft, lead)

        with pytest.raises(actions.NeedsSecondPerson, match="does not sign for it"):
            approve(draft, member)

    def test_is_invisible_to_a_commander_elsewhere(self, submitted, outsider):
        with pytest.raises(Review.DoesNotExist):
            approve(submitted, outsider)

    def test_needs_a_submitted_review(self, lead, judge):
        review = ReviewFactory.create(lead=lead, state="RETURNED")

        with pytest.raises(actions.WrongState):
            approve(review, judge)


class TestPublishReview:
    def test_freezes_what_the_review_says(self, lead, judge):
        review = ReviewFactory.create(lead=lead, state="APPROVED")

        publish(review, judge)

        version = ReviewVersion.objects.get()
        spelled = json.dumps(
            version.content, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()
        assert version.sha256 == hashlib.sha256(spelled).hexdigest()
        assert version.content["findings"][0]["title"] == "Nobody searched the crowd"
        assert version.content == selectors.review_document(Review.objects.get(pk=review.pk))

    def test_twice_is_once(self, lead, judge):
        review = ReviewFactory.create(lead=lead, state="APPROVED")

        publish(review, judge)
        publish(review, judge)

        assert review.versions.count() == 1
        assert Event.objects.filter(verb=Verb.REVIEW_PUBLISHED).count() == 1

    def test_is_open_to_the_release_officer(self, lead):
        review = ReviewFactory.create(lead=lead, state="APPROVED")
        officer = UserFactory.create(release_officer=True, agency=lead.agency)

        assert publish(review, officer).published_by == officer

    def test_is_not_for_the_lead(self, lead):
        review = ReviewFactory.create(lead=lead, state="APPROVED")

        with pytest.raises(PermissionDenied):
            publish(review, lead)

    def test_is_not_for_a_publisher_on_the_team_and_says_who_may(self, lead, judge):
        review = ReviewFactory.create(lead=lead, state="APPROVED")
        writer = UserFactory.create(release_officer=True, agency=lead.agency)
        Member.objects.create(review=review, user=writer, role="MEMBER")

        with pytest.raises(actions.NeedsSecondPerson, match=judge.post):
            publish(review, writer)

        assert not ReviewVersion.objects.exists()

    def test_needs_an_approved_review(self, submitted, judge):
        with pytest.raises(actions.WrongState):
            publish(submitted, judge)

        assert not ReviewVersion.objects.exists()

    def test_is_invisible_to_an_outsider(self, lead, outsider):
        review = ReviewFactory.create(lead=lead, state="APPROVED")

        with pytest.raises(Review.DoesNotExist):
            publish(review, outsider)


class TestDatabase:
    """What no code path can get round."""

    @pytest.mark.parametrize("state", ["APPROVED", "PUBLISHED", "RETURNED"])
    def test_knows_the_way_of_a_review(self, draft, state):
        with pytest.raises(DatabaseError), transaction.atomic():
            Review.objects.filter(pk=draft.pk).update(state=state, submitted_at=NOON)

    def test_keeps_the_lead_from_approving(self, submitted, lead):
        with pytest.raises(IntegrityError), transaction.atomic():
            Review.objects.filter(pk=submitted.pk).update(
                state="APPROVED", approved_at=NOON, approved_by=lead
            )

    def test_keeps_writers_from_publishing(self, lead, judge):
        review = ReviewFactory.create(lead=lead, state="APPROVED")
        writer = UserFactory.create(commander=True, agency=lead.agency)
        Member.objects.create(review=review, user=writer, role="MEMBER")

        for person, rule in (
            (lead, r"publisher_is_not_the_lead|signed by who wrote"),
            (writer, "is not signed by"),
        ):
            with pytest.raises(IntegrityError, match=rule), transaction.atomic():
                Review.objects.filter(pk=review.pk).update(published_at=NOON, published_by=person)

    def test_keeps_who_signed_from_joining_the_team(self, lead):
        review = ReviewFactory.create(lead=lead, state="APPROVED")

        with pytest.raises(IntegrityError, match="does not join"), transaction.atomic():
            Member.objects.create(review=review, user=review.approved_by, role="MEMBER")

    @pytest.mark.parametrize("change", [{"tlp": "CLEAR"}, {"classification": "UNMARKED"}])
    def test_marks_no_review_lower(self, lead, change):
        review = ReviewFactory.create(lead=lead, tlp="GREEN", classification="RESTRICTED")

        with pytest.raises(DatabaseError, match=r"second person|clear_is_unmarked"):
            Review.objects.filter(pk=review.pk).update(**change)

    def test_keeps_reviews(self, draft):
        with pytest.raises(DatabaseError), transaction.atomic():
            Review.objects.filter(pk=draft.pk).delete()

    def test_keeps_signatures_and_versions_as_written(self, lead):
        review = ReviewFactory.create(lead=lead, state="PUBLISHED")

        for rows in (review.signoffs, review.versions):
            with pytest.raises(DatabaseError), transaction.atomic():
                rows.all().delete()
            with pytest.raises(DatabaseError), transaction.atomic():
                rows.all().update(review=review)
