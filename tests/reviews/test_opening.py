from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from agencies.choices import TLP
from audit.choices import Verb
from audit.models import Event
from incidents.details import When
from incidents.models import Incident
from reviews import actions
from reviews.choices import Letter, MemberRole, ReviewState, SectionState
from reviews.models import Member, Review
from tests.factories import NOON, DistrictFactory, UserFactory
from tests.incidents.factories import IncidentFactory
from tests.reviews.factories import CLOSED_MARKING, OPEN_MARKING, ReviewFactory

NEXT_WEEK = NOON.date() + timedelta(days=7)


@pytest.fixture
def incident(lead):
    when = When(on_date=date(2026, 11, 9))
    return IncidentFactory.create(by=lead, when=when, district=DistrictFactory.create(code="PK220"))


def open_it(incident, by, **marking):
    return actions.open_review(
        incident_id=incident.pk, by=by, at=NOON, tier="T2", **(CLOSED_MARKING | marking)
    )


class TestOpenReview:
    def test_makes_a_draft_with_ten_sections_and_a_clock(self, incident, lead):
        review = open_it(incident, lead)

        assert review.state == ReviewState.DRAFT
        assert review.reference == "AAR-PK220-2026-1109-01"
        assert review.due_at.date() == date(2026, 12, 9)
        assert review.members.get().role == MemberRole.LEAD
        assert list(review.sections.order_by("letter").values_list("letter", flat=True)) == (
            Letter.values
        )
        assert set(review.sections.values_list("state", flat=True)) == {SectionState.NOT_STARTED}

    def test_is_recorded(self, incident, lead):
        review = open_it(incident, lead)

        event = Event.objects.about(review).get()
        assert (event.verb, event.actor_id, event.at) == (Verb.REVIEW_OPENED, lead.pk, NOON)

    def test_twice_is_once(self, incident, lead):
        first = open_it(incident, lead)

        assert open_it(incident, lead) == first
        assert Event.objects.filter(verb=Verb.REVIEW_OPENED).count() == 1

    def test_numbers_a_second_incident_of_the_day(self, incident, lead):
        other = IncidentFactory.create(
            by=lead, when=When(on_date=date(2026, 11, 9)), district=incident.district
        )
        open_it(incident, lead)

        assert open_it(other, lead).reference == "AAR-PK220-2026-1109-02"

    def test_refuses_a_second_review_of_the_agency(self, incident, lead):
        open_it(incident, lead)
        colleague = UserFactory.create(agency=lead.agency)

        with pytest.raises(actions.AlreadyOpened, match="Ask its lead"):
            open_it(incident, colleague)

    def test_refuses_another_role(self, incident, judge):
        with pytest.raises(PermissionDenied):
            open_it(incident, judge)

        assert not Review.objects.exists()

    def test_is_not_for_who_cannot_see_the_incident(self, incident):
        stranger = UserFactory.create()

        with pytest.raises(Incident.DoesNotExist):
            open_it(incident, stranger)

    def test_refuses_a_marking_below_the_incident(self, incident, lead):
        with pytest.raises(actions.NotSound, match="at least as high"):
            open_it(incident, lead, **OPEN_MARKING)

    def test_refuses_a_classification_above_the_clearance(self, incident, lead):
        with pytest.raises(actions.NotSound, match="not cleared"):
            open_it(incident, lead, classification="CONFIDENTIAL")

    def test_names_the_lead_as_reader_of_a_red_review(self, incident, lead):
        review = open_it(incident, lead, tlp=TLP.RED)

        assert review.shares.get().to_person == lead


class TestDeferReview:
    def test_keeps_the_day_the_reason_and_the_post(self, draft, lead):
        actions.defer_review(
            review_id=draft.pk, until=NEXT_WEEK, reason="Scene still closed.", by=lead, at=NOON
        )

        draft.refresh_from_db()
        assert (draft.deferred_until, draft.deferred_by) == (NEXT_WEEK, lead)
        event = Event.objects.get(verb=Verb.REVIEW_DEFERRED)
        assert event.data["reason"] == "Scene still closed."

    @pytest.mark.parametrize(
        ("until", "reason", "words"),
        [(NEXT_WEEK, "  ", "Give the reason"), (NOON.date(), "Busy.", "still to come")],
    )
    def test_refuses_no_reason_and_no_later_day(self, draft, lead, until, reason, words):
        with pytest.raises(actions.NotSound, match=words):
            actions.defer_review(review_id=draft.pk, until=until, reason=reason, by=lead, at=NOON)

        assert not Event.objects.filter(verb=Verb.REVIEW_DEFERRED).exists()

    def test_refuses_who_does_not_answer_for_it(self, submitted, judge):
        with pytest.raises(PermissionDenied):
            actions.defer_review(
                review_id=submitted.pk, until=NEXT_WEEK, reason="Busy.", by=judge, at=NOON
            )

    def test_is_invisible_to_an_outsider(self, draft, outsider):
        with pytest.raises(Review.DoesNotExist):
            actions.defer_review(
                review_id=draft.pk, until=NEXT_WEEK, reason="Busy.", by=outsider, at=NOON
            )

    def test_opens_the_review_where_there_is_none(self, incident, lead):
        review = actions.open_deferred_review(
            incident_id=incident.pk,
            tier="T2",
            until=NEXT_WEEK,
            reason="Scene still closed.",
            by=lead,
            at=NOON,
            **CLOSED_MARKING,
        )

        assert review.deferred_until == NEXT_WEEK
        assert Review.objects.count() == 1


class TestAddMember:
    def test_lets_the_person_in(self, draft, lead):
        person = UserFactory.create(agency=lead.agency)

        actions.add_member(review_id=draft.pk, user=person, role="RECORDER", by=lead, at=NOON)

        assert Review.objects.visible_to(person).get() == draft
        assert Event.objects.get(verb=Verb.MEMBER_ADDED).data["post"] == person.post

    def test_refuses_who_is_not_cleared(self, draft, lead):
        person = UserFactory.create(clearance="UNMARKED")

        with pytest.raises(actions.NotSound, match="not cleared"):
            actions.add_member(review_id=draft.pk, user=person, role="MEMBER", by=lead, at=NOON)

        assert Member.objects.count() == 1

    def test_refuses_who_may_not_read_the_incident(self, draft, lead, outsider):
        with pytest.raises(actions.NotSound, match="may not read the incident"):
            actions.add_member(review_id=draft.pk, user=outsider, role="MEMBER", by=lead, at=NOON)

        assert Member.objects.count() == 1

    def test_refuses_a_second_lead(self, draft, lead):
        with pytest.raises(actions.NotSound, match="one lead"):
            actions.add_member(
                review_id=draft.pk,
                user=UserFactory.create(agency=lead.agency),
                role="LEAD",
                by=lead,
                at=NOON,
            )

    def test_is_the_leads_alone(self, lead):
        review = ReviewFactory.create(lead=lead)
        member = UserFactory.create(agency=lead.agency)
        actions.add_member(review_id=review.pk, user=member, role="MEMBER", by=lead, at=NOON)

        with pytest.raises(PermissionDenied):
            actions.add_member(
                review_id=review.pk, user=UserFactory.create(), role="MEMBER", by=member, at=NOON
            )
