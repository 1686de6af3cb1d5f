"""The generalised lesson, and the recurrences that show whether it was learned."""

from typing import Any, Self

import pgtrigger
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.choices import Classification
from agencies.models import Marked, MarkedQuerySet, NeverWider, Share, User
from agencies.models.marking import BLIND_ROLES, Person
from core.text import Shape
from incidents.choices import Occasion, TargetType
from incidents.models import Incident
from lessons.choices import ENDORSED_STATES, LessonKind, LessonState
from places.models import Area
from reviews.models import FailureCategory, Finding

SEARCH_CONFIG = "english"
STATE_SHAPES: dict[LessonState, Shape] = {
    LessonState.OBSERVATION: "none",
    LessonState.IDENTIFIED: "progress",
    LessonState.ENDORSED: "submitted",
    LessonState.IMPLEMENTING: "submitted",
    LessonState.VALIDATED: "ok",
    LessonState.REJECTED: "closed",
}


def words_vector() -> SearchVector:
    """The words by which what was found is put in order; found it is by the table of words.

    The English configuration stems English words and leaves Urdu ones as they are.
    """
    return SearchVector("title", "observation", "recommendation", config=SEARCH_CONFIG)


class LessonQuerySet(MarkedQuerySet["Lesson"]):
    def visible_to(self, user: Person) -> Self:
        """Endorsed lessons by their marking; before that, the owner agency's people only."""
        endorsed = Q(state__in=ENDORSED_STATES) & self.marking_allows(user)
        if not isinstance(user, User) or not user.is_active or user.role in BLIND_ROLES:
            return self.filter(endorsed)
        own = Q(
            agency_id=user.agency_id, classification__in=Classification.up_to(user.clearance)
        ) & (~Q(tlp="RED") | self.shared_with_person(user))
        return self.filter(endorsed | own)

    def endorsed(self) -> Self:
        """Lessons that a bulletin may carry."""
        return self.filter(state__in=ENDORSED_STATES)


class Lesson(Marked):
    """What others should do differently, standing on findings but readable without them."""

    reference = models.CharField(_("reference"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=LessonKind, default=LessonKind.LESSON)
    title = models.CharField(_("title"), max_length=160)
    title_ur = models.CharField(_("title in Urdu"), max_length=160, blank=True)
    observation = models.TextField(_("observation: what was seen"))
    discussion = models.TextField(_("discussion: why it matters"), blank=True)
    conclusion = models.TextField(_("conclusion: what it means"), blank=True)
    recommendation = models.TextField(_("recommendation: what to do"))
    state = models.CharField(
        _("state"), max_length=12, choices=LessonState, default=LessonState.OBSERVATION
    )
    findings = models.ManyToManyField(Finding, related_name="lessons", blank=True)
    category = models.ForeignKey(
        FailureCategory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lessons",
        verbose_name=_("category"),
    )
    # Where, at what and when it applies; empty means everywhere, anything, always.
    areas = models.ManyToManyField(
        Area, related_name="lessons", blank=True, verbose_name=_("areas")
    )
    target_type = models.CharField(
        _("applies to"), max_length=2, choices=TargetType, blank=True, default=""
    )
    occasion = models.CharField(
        _("occasion"), max_length=12, choices=Occasion, blank=True, default=""
    )
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(User, models.PROTECT, related_name="lessons_drawn")
    endorsed_at = models.DateTimeField(null=True, blank=True)
    endorsed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="lessons_endorsed"
    )
    # Who last changed its text or its marking since it was drawn; nobody yet where empty.
    changed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="lessons_changed"
    )
    reason = models.TextField(_("reason for rejecting"), blank=True)
    lock_version = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=120, null=True, blank=True, unique=True)

    objects = LessonQuerySet.as_manager()

    class Meta(Marked.Meta):
        abstract = False
        constraints = [
            *Marked.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(observation="") & ~Q(recommendation=""),
                name="lesson_stands_alone",
            ),
            models.CheckConstraint(
                condition=Q(endorsed_at=None, endorsed_by=None)
                | Q(endorsed_at__isnull=False, endorsed_by__isnull=False),
                name="lesson_endorsed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(endorsed_by=None)
                | (
                    ~Q(endorsed_by=models.F("drawn_by"))
                    & (Q(changed_by=None) | ~Q(endorsed_by=models.F("changed_by")))
                ),
                name="lesson_endorser_is_not_its_writer",
                violation_error_message=_("Who wrote a lesson does not endorse it."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ENDORSED", "IMPLEMENTING", "VALIDATED"])
                | Q(endorsed_at__isnull=False),
                name="lesson_endorsement_is_recorded",
            ),
            models.CheckConstraint(
                condition=~Q(state=LessonState.REJECTED) | ~Q(reason=""),
                name="lesson_rejected_with_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["-drawn_at", "-id"], name="lesson_list"),
            models.Index(fields=["state", "-drawn_at", "-id"], name="lesson_by_state"),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            # Until then its agency alone reads it, and endorsing it is the second person's deed.
            NeverWider(unless="OLD.state IN ('OBSERVATION', 'IDENTIFIED')"),
            pgtrigger.FSM(
                name="state_moves",
                field="state",
                transitions=[
                    ("OBSERVATION", "IDENTIFIED"),
                    ("IDENTIFIED", "ENDORSED"),
                    ("ENDORSED", "IMPLEMENTING"),
                    ("IMPLEMENTING", "VALIDATED"),
                    ("VALIDATED", "IDENTIFIED"),
                    ("OBSERVATION", "REJECTED"),
                    ("IDENTIFIED", "REJECTED"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.reference} {self.title}"

    @property
    def label(self) -> str:
        """The title in the language of the page."""
        return self.title_ur if self.title_ur and get_language() == "ur" else self.title

    @property
    def shape(self) -> Shape:
        """The shape that stands for its state."""
        return STATE_SHAPES[LessonState(self.state)]

    def get_absolute_url(self) -> str:
        return reverse("lessons:lesson_detail", args=[self.pk])

    @classmethod
    def shares_of(cls, pk: Any) -> "models.QuerySet[LessonShare]":
        return LessonShare.objects.filter(record=pk)


class LessonShare(Share):
    """A lesson passed to an agency, a group or a person."""

    record = models.ForeignKey(Lesson, models.CASCADE, related_name="shares")

    class Meta(Share.Meta):
        abstract = False
        constraints = [
            *Share.Meta.constraints,
            models.UniqueConstraint(
                fields=["record", "to_agency", "to_group", "to_person"],
                nulls_distinct=False,
                name="lesson_shared_once",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} share of lesson {self.record_id}"


class Recurrence(Marked):
    """The same failure more than once: which incidents, what differed, what to test."""

    key = models.SlugField(max_length=60, unique=True)
    failure = models.CharField(_("failure"), max_length=300)
    what_differed = models.TextField(_("what differed"), blank=True)
    lesson_to_test = models.TextField(_("lesson to test"), blank=True)
    note = models.TextField(_("note"), blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = MarkedQuerySet.as_manager()

    class Meta(Marked.Meta):
        abstract = False
        constraints = [
            *Marked.Meta.constraints,
            models.CheckConstraint(condition=~Q(failure=""), name="recurrence_names_the_failure"),
        ]
        triggers = [NeverWider(named="NEW.key")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.key}"

    @classmethod
    def shares_of(cls, pk: Any) -> "models.QuerySet[RecurrenceShare]":
        return RecurrenceShare.objects.filter(record=pk)


class RecurrenceShare(Share):
    """A recurrence passed to an agency, a group or a person."""

    record = models.ForeignKey(Recurrence, models.CASCADE, related_name="shares")

    class Meta(Share.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"#{self.pk} share of recurrence {self.record_id}"


class RecurrenceCase(models.Model):
    """One occurrence in a recurrence: an incident of the register, or one named only in words."""

    recurrence = models.ForeignKey(Recurrence, models.CASCADE, related_name="cases")
    incident = models.ForeignKey(
        Incident, models.PROTECT, null=True, blank=True, related_name="recurrence_cases"
    )
    text = models.CharField(max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(incident__isnull=False) | ~Q(text=""), name="case_names_something"
            ),
            models.UniqueConstraint(
                fields=["recurrence", "incident"],
                condition=Q(incident__isnull=False),
                name="case_once_a_recurrence",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} case of {self.recurrence_id}"
