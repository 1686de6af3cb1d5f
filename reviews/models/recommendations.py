"""Section F: what is to be done, by whom, by when."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from reviews.choices import (
    AuthorityLevel,
    CapabilityElement,
    CostBand,
    Priority,
    RecommendationStatus,
    ReplyKind,
    Stance,
)
from reviews.models.categories import NationalPlanPoint, RecommendationCategory
from reviews.models.findings import Finding
from reviews.models.header import Body
from reviews.models.review import Review
from reviews.models.rows import AT_ONCE, Row
from reviews.models.triggers import OwnedOnceIssued


class Recommendation(Row):
    """What one accountable post is to do by a day, and how it will be seen that it is done.

    In a draft it may be unfinished; `quality.py` says what it lacks. Once the review has left its
    team's hands it has an owner and a day, and the database keeps that.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="recommendations")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=60, unique=True)
    # As a published inquiry numbered it; its wording is then the inquiry's own.
    source_number = models.CharField(_("number in the source"), max_length=40, blank=True)
    source_reference = models.CharField(_("place in the source"), max_length=300, blank=True)
    issued_date = models.DateField(_("made on"), null=True, blank=True)
    # To whom it speaks as published; who answers for it here is the owner.
    addressed_to = models.TextField(_("addressed to, in the words of the source"), blank=True)
    text = models.TextField(_("what is to be done"))
    category = models.ForeignKey(
        RecommendationCategory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name=_("category"),
    )
    owner_post = models.CharField(_("owner: one post"), max_length=120, blank=True)
    owner_agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations_owned",
        verbose_name=_("owner's agency"),
    )
    due_date = models.DateField(_("due"), null=True, blank=True)
    closure_criterion = models.TextField(_("closed when"), blank=True)
    priority = models.CharField(
        _("priority"), max_length=5, choices=Priority, blank=True, default=""
    )
    authority = models.CharField(
        _("who is able to decide it"), max_length=8, choices=AuthorityLevel, blank=True, default=""
    )
    cost = models.CharField(_("cost"), max_length=9, choices=CostBand, blank=True, default="")
    elements = ArrayField(
        models.CharField(max_length=1, choices=CapabilityElement),
        default=list,
        blank=True,
        verbose_name=_("capability element"),
    )
    plan_points = models.ManyToManyField(
        NationalPlanPoint,
        related_name="recommendations",
        blank=True,
        verbose_name=_("points of the National Action Plan"),
    )
    # A quick fix: done already when the review was written.
    is_quick_fix = models.BooleanField(_("a quick fix, done already"), default=False)
    done_date = models.DateField(_("done on"), null=True, blank=True)
    is_monitored = models.BooleanField(_("monitored"), default=False)
    # One number of what is monitored may stand for several recommendations.
    monitored_number = models.CharField(_("number as monitored"), max_length=40, blank=True)
    monitored_by = models.CharField(_("monitored by"), max_length=200, blank=True)
    status = models.CharField(
        _("status"),
        max_length=4,
        choices=RecommendationStatus,
        default=RecommendationStatus.OPEN_AWAIT_RESPONSE,
    )
    status_published = models.CharField(
        _("status in the words of the source"), max_length=200, blank=True
    )
    findings = models.ManyToManyField(
        Finding, related_name="recommendations", blank=True, verbose_name=_("answers finding")
    )

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["review", "number"], name="recommendation_number_once", deferrable=AT_ONCE
            ),
            models.CheckConstraint(condition=~Q(text=""), name="recommendation_says_what"),
            models.CheckConstraint(
                condition=Q(priority__in=["", *Priority.values])
                & Q(authority__in=["", *AuthorityLevel.values])
                & Q(cost__in=["", *CostBand.values])
                & Q(elements__contained_by=CapabilityElement.values),
                name="recommendation_codes_are_known",
            ),
            models.CheckConstraint(
                condition=Q(done_date=None) | Q(is_quick_fix=True),
                name="recommendation_done_only_as_quick_fix",
                violation_error_message=_("A day on which it was done belongs to a quick fix."),
            ),
            models.CheckConstraint(
                condition=Q(is_monitored=True) | Q(monitored_number="", monitored_by=""),
                name="recommendation_monitored_by_somebody",
                violation_error_code="is_monitored",
                violation_error_message=_(
                    "A number as monitored, or who monitors, belongs to one that is monitored."
                ),
            ),
        ]
        triggers = [OwnedOnceIssued()]

    # Set where the whole review was gathered: selectors/lines.py.
    shown_parts: "list[RecommendationPart]"
    shown_stages: "list[RecommendationStage]"
    shown_replies: "list[RecommendationReply]"
    shown_points: list[NationalPlanPoint]
    # Set by selectors/remedies.py.
    shown_lacks: list[Any]

    def __str__(self) -> str:
        return f"#{self.pk} {self.reference}"

    @property
    def element_labels(self) -> list[str]:
        """The levers that it pulls, in words."""
        return [str(CapabilityElement(each).label) for each in self.elements]


class RecommendationPart(Row, Body):
    """What another body than the owner contributes to it; the owner still answers for the whole."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="parts")
    post = models.CharField(_("post"), max_length=120, blank=True)
    part = models.CharField(_("what part"), max_length=300, blank=True)
    reports = models.BooleanField(_("reports back on it"), default=False)
    due_date = models.DateField(_("due"), null=True, blank=True)

    class Meta(Row.Meta, Body.Meta):
        abstract = False
        constraints = [*Row.Meta.constraints, *Body.Meta.constraints]

    def __str__(self) -> str:
        return f"#{self.pk} part in recommendation {self.recommendation_id}"


class RecommendationStage(Row):
    """A step on the way, to be seen by a day of its own."""

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="stages")
    what = models.CharField(_("what"), max_length=300)
    due_date = models.DateField(_("by"), null=True, blank=True)
    done_date = models.DateField(_("done on"), null=True, blank=True)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(condition=~Q(what=""), name="stage_says_what"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} stage of recommendation {self.recommendation_id}"


class RecommendationReply(Row, Body):
    """What an addressee or whoever monitors it said of a recommendation, by day; kept as published.

    It never sets the status: that is the issuer's.
    """

    recommendation = models.ForeignKey(Recommendation, models.CASCADE, related_name="replies")
    kind = models.CharField(
        _("what it is"), max_length=8, choices=ReplyKind, default=ReplyKind.RESPONSE
    )
    stance = models.CharField(
        _("is it taken up?"), max_length=9, choices=Stance, blank=True, default=""
    )
    post = models.CharField(_("by which post"), max_length=120, blank=True)
    on_date = models.DateField(_("its date"), null=True, blank=True)
    text = models.TextField(_("what it says, or its reason"), blank=True)
    status_published = models.CharField(
        _("status in the words of the source"), max_length=200, blank=True
    )
    reference = models.CharField(_("where it is: letter, number"), max_length=300, blank=True)

    class Meta(Row.Meta, Body.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            *Body.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=ReplyKind.values, stance__in=["", *Stance.values]),
                name="reply_codes_are_known",
            ),
            models.CheckConstraint(
                condition=~Q(stance="", text="", status_published=""),
                name="reply_says_something",
                violation_error_code="text",
                violation_error_message=_(
                    "Say what it says, whether it is taken up, or the status it gives."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} to recommendation {self.recommendation_id}"
