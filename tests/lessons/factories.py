"""Stories that lessons are drawn from."""

from datetime import timedelta

import factory

from agencies.choices import TLP, Classification
from incidents.choices import AttackType, TargetType
from incidents.models import Incident
from lessons import actions
from lessons.models import Lesson
from reviews.choices import FindingKind, MemberRole, ReviewState, ReviewTier
from reviews.models import FailureCategory, Finding, Member, Review
from tests.factories import NOON, AgencyFactory, DistrictFactory, UserFactory


class IncidentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Incident

    agency = factory.SubFactory(AgencyFactory)
    tlp = TLP.GREEN
    classification = Classification.UNMARKED
    reference = factory.Sequence(lambda n: f"INC-TD-2026-1101-{n:02}")
    title = factory.Sequence(lambda n: f"Explosion at market {n}")
    on_date = NOON.date() - timedelta(days=20)
    sort_date = factory.SelfAttribute("on_date")
    district = factory.SubFactory(DistrictFactory)
    attack_type = AttackType.BOMBING
    target_type = TargetType.CITIZENS
    recorded_at = NOON
    recorded_by = factory.SubFactory(UserFactory, agency=factory.SelfAttribute("..agency"))


class ReviewFactory(factory.django.DjangoModelFactory):
    """A published review; `state=` for another, with the times that the state needs."""

    class Meta:
        model = Review
        skip_postgeneration_save = True

    incident = factory.SubFactory(IncidentFactory)
    agency = factory.SelfAttribute("incident.agency")
    tlp = TLP.GREEN
    classification = Classification.UNMARKED
    reference = factory.Sequence(lambda n: f"AAR-TD-2026-1101-{n:02}")
    tier = ReviewTier.T2
    state = ReviewState.PUBLISHED
    lead = factory.SubFactory(UserFactory, agency=factory.SelfAttribute("..agency"))
    opened_at = NOON - timedelta(days=19)
    due_at = NOON + timedelta(days=10)
    submitted_at = NOON - timedelta(days=3)
    approved_at = NOON - timedelta(days=2)
    approved_by = factory.SubFactory(
        UserFactory, commander=True, agency=factory.SelfAttribute("..agency")
    )
    published_at = NOON - timedelta(days=1)
    published_by = factory.SelfAttribute("approved_by")
    team = factory.RelatedFactory(
        "tests.lessons.factories.LeadFactory", factory_related_name="review"
    )

    class Params:
        draft = factory.Trait(
            state=ReviewState.DRAFT,
            submitted_at=None,
            approved_at=None,
            approved_by=None,
            published_at=None,
            published_by=None,
        )
        submitted = factory.Trait(
            state=ReviewState.SUBMITTED,
            approved_at=None,
            approved_by=None,
            published_at=None,
            published_by=None,
        )


class LeadFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Member

    user = factory.SelfAttribute("review.lead")
    role = MemberRole.LEAD


class CategoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FailureCategory

    code = factory.Sequence(lambda n: f"X{n}")
    label_en = factory.Sequence(lambda n: f"Failure {n}")


class FindingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Finding

    review = factory.SubFactory(ReviewFactory)
    number = factory.Sequence(lambda n: n + 1)
    kind = FindingKind.FAILURE
    title = "Nobody screened the crowd at the outer cordon"
    happened = "People reached the road unsearched."
    category = factory.SubFactory(CategoryFactory)


def text(**changes):
    """What a writer says; anything may be changed."""
    said = {
        "title": "Screen the crowd before it is a crowd",
        "observation": "People reached the road unsearched.",
        "discussion": "A standing crowd cannot be searched.",
        "conclusion": "The search must stand where people still walk.",
        "recommendation": "Put the outer cordon where people are still walking.",
        "tlp": TLP.GREEN,
        "classification": Classification.UNMARKED,
    }
    return actions.LessonText(**said | changes)


def drawn(*findings, by, origin="test:1", at=NOON, **changes) -> Lesson:
    """A lesson as its writer leaves it."""
    return actions.draw_lesson(
        finding_ids=[finding.pk for finding in findings],
        text=text(**changes),
        origin=origin,
        by=by,
        at=at,
    )


def identified(*findings, by, **changes) -> Lesson:
    """A lesson that is with the commander."""
    lesson = drawn(*findings, by=by, **changes)
    return actions.identify_lesson(lesson_id=lesson.pk, by=by, at=NOON)


def endorsed(*findings, by, commander, **changes) -> Lesson:
    """A lesson that its agency stands behind."""
    lesson = identified(*findings, by=by, **changes)
    return actions.endorse_lesson(
        lesson_id=lesson.pk, lock_version=lesson.lock_version, by=commander, at=NOON
    )


def typed(**changes):
    """A form as the browser sends it."""
    said = {
        "title": "Screen the crowd early",
        "observation": "Seen.",
        "recommendation": "Do.",
        "kind": "LESSON",
        "tlp": "GREEN",
        "classification": "UNMARKED",
    }
    return said | changes
