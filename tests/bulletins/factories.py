"""Bulletins and what they stand on: an incident, its review, a finding, an endorsed lesson."""

from datetime import date, timedelta

import factory

from agencies.choices import TLP, Classification
from bulletins.actions.bulletins import compose_bulletin, issue_bulletin
from bulletins.actions.releases import release_to_agency
from bulletins.choices import Ask
from bulletins.inputs import Asked, BulletinText
from bulletins.models import Rendering
from incidents.choices import CasualtyState, Precision
from incidents.models import CasualtyCount, DisputedFact, FactAccount, Incident, Source
from lessons.choices import LessonState
from lessons.models import Lesson
from reviews.choices import FindingKind, ReviewState
from reviews.models import Finding, Recommendation, Review
from tests.factories import NOON, AgencyFactory, DistrictFactory, UserFactory

DAY = date(2023, 9, 29)


class IncidentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Incident

    agency = factory.SubFactory(AgencyFactory)
    tlp = TLP.AMBER
    classification = Classification.RESTRICTED
    reference = factory.Sequence(lambda n: f"TD-2023-0929-{n}")
    title = "Attack on a procession"
    summary = "A device went off beside the crowd."
    on_date = DAY
    sort_date = DAY
    precision = Precision.DAY
    district = factory.SubFactory(DistrictFactory)
    attack_type = "3"
    recorded_at = NOON
    recorded_by = factory.LazyAttribute(lambda made: UserFactory.create(agency=made.agency))


class ReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Review

    incident = factory.SubFactory(IncidentFactory)
    agency = factory.SelfAttribute("incident.agency")
    tlp = TLP.AMBER
    classification = Classification.RESTRICTED
    reference = factory.Sequence(lambda n: f"AAR-TD-2023-0929-{n}")
    tier = "T2"
    state = ReviewState.PUBLISHED
    lead = factory.LazyAttribute(lambda made: UserFactory.create(agency=made.agency))
    opened_at = NOON
    due_at = NOON + timedelta(days=30)
    submitted_at = NOON
    approved_at = NOON
    approved_by = factory.LazyAttribute(
        lambda made: UserFactory.create(agency=made.agency, commander=True)
    )
    published_at = NOON
    published_by = factory.SelfAttribute("approved_by")


class LessonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lesson

    agency = factory.SubFactory(AgencyFactory)
    tlp = TLP.AMBER
    classification = Classification.RESTRICTED
    reference = factory.Sequence(lambda n: f"L-2026-{n:04d}")
    title = "The first check belongs outside the blast"
    observation = "The only check stood at the edge of the crowd."
    recommendation = "Put the first check where a blast reaches nobody else."
    state = LessonState.ENDORSED
    drawn_at = NOON
    drawn_by = factory.LazyAttribute(lambda made: UserFactory.create(agency=made.agency))
    endorsed_at = NOON
    endorsed_by = factory.LazyAttribute(
        lambda made: UserFactory.create(agency=made.agency, commander=True)
    )


def evidence(agency, **marking):
    """An incident with counts that differ, its published review, and a finding of it."""
    incident = IncidentFactory.create(agency=agency, **marking)
    early = Source.objects.create(
        incident=incident, title="First paper", reliability="C", credibility="3"
    )
    late = Source.objects.create(
        incident=incident, title="Second paper", reliability="B", credibility="2"
    )
    for position, (killed, source) in enumerate([(15, early), (34, early), (60, late)]):
        CasualtyCount.objects.create(
            incident=incident,
            state=CasualtyState.KILLED,
            best=killed,
            as_of=DAY + timedelta(days=position),
            position=position,
            source=source,
            recorded_at=NOON,
            recorded_by=incident.recorded_by,
        )
    dispute = DisputedFact.objects.create(incident=incident, name="Charge")
    FactAccount.objects.create(dispute=dispute, said="6 to 8 kg", source=early)
    FactAccount.objects.create(dispute=dispute, said="10 to 15 kg", source=late)
    review = ReviewFactory.create(incident=incident, agency=agency, **marking)
    finding = Finding.objects.create(
        review=review, number=1, kind=FindingKind.FAILURE, title="One check, at the crowd"
    )
    recommendation = Recommendation.objects.create(
        review=review,
        number=1,
        reference=f"{review.reference}-R1",
        text="Move the first check outward",
        owner_post="District police officer",
        due_date=NOON.date() + timedelta(days=30),
    )
    recommendation.findings.add(finding)
    return finding


def text(**changes):
    """What an editor writes."""
    plain = {
        "title": "Crowds beside a single vehicle",
        "bottom_line": "Move the first check outward.",
        "audience": "District police officers",
        "actions": "Walk the route.\nName who may stop the procession.",
        "act_by": NOON.date() + timedelta(days=14),
    }
    return BulletinText(**{**plain, **changes})


class Story:
    """An editor of one agency, an endorsed lesson of theirs, and a second agency's commander."""

    def __init__(self, **marking):
        self.editor = UserFactory.create(release_officer=True)
        self.agency = self.editor.agency
        # Who writes what the editor issues and releases.
        self.writer = UserFactory.create(agency_admin=True, agency=self.agency)
        self.lesson = LessonFactory.create(agency=self.agency, **marking)
        self.commander = UserFactory.create(commander=True)

    def composed(self, **changes):
        return compose_bulletin(
            text=text(**changes), lesson_ids=[self.lesson.pk], by=self.writer, at=NOON
        )

    def issued(self, **changes):
        return issue_bulletin(bulletin_id=self.composed(**changes).pk, by=self.editor, at=NOON)

    def released(self, ask=Ask.ACT, **changes):
        bulletin = self.issued(**changes)
        release_to_agency(
            bulletin_id=bulletin.pk,
            agency_id=self.commander.agency_id,
            asked=asked(ask),
            by=self.editor,
            at=NOON,
        )
        return bulletin


def asked(ask=Ask.ACT):
    """A request with all its dates."""
    return Asked(
        ask=ask,
        acknowledge_by=NOON + timedelta(days=3),
        act_by=NOON.date() + timedelta(days=14),
    )


def rendering_of(bulletin):
    return Rendering.objects.get(bulletin=bulletin)
