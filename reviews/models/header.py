"""Section A: who took part, what was left out, who was heard and who was not."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from incidents.choices import YesNoUnknown
from reviews.choices import ExclusionKind, HeardAs, PartyStanding, SourceAnswer, SourceKind
from reviews.models.review import Review
from reviews.models.rows import AT_ONCE, Row


class Body(models.Model):
    """An agency of this deployment, or another body in words: private, foreign, disbanded."""

    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )
    body = models.CharField(_("another body"), max_length=160, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False, body="") | (Q(agency=None) & ~Q(body="")),
                name="%(class)s_names_one_body",
                violation_error_message=_("Choose the agency, or write the body; one of the two."),
            ),
        ]

    @property
    def who(self) -> str:
        """Its name, in the language of the page where it has one."""
        return self.agency.label if self.agency else self.body


class Participant(Row, Body):
    """A body that took part in the review, or was asked to and did not come."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="bodies")
    part = models.CharField(_("what part it had"), max_length=300, blank=True)
    asked = models.CharField(
        _("asked to take part"), max_length=7, choices=YesNoUnknown, default=YesNoUnknown.UNKNOWN
    )
    came = models.CharField(
        _("took part"), max_length=7, choices=YesNoUnknown, default=YesNoUnknown.UNKNOWN
    )
    standing = models.CharField(
        _("in what right"), max_length=8, choices=PartyStanding, blank=True, default=""
    )
    # Such as the families that one body of lawyers spoke for.
    people = models.PositiveIntegerField(_("for how many it stands"), null=True, blank=True)

    class Meta(Row.Meta, Body.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            *Body.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    asked__in=YesNoUnknown.values,
                    came__in=YesNoUnknown.values,
                    standing__in=["", *PartyStanding.values],
                ),
                name="participant_codes_are_known",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} participant of review {self.review_id}"


class Exclusion(Row):
    """What the review leaves out or does not print, on whose order, and why."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="exclusions")
    what = models.CharField(_("what is left out"), max_length=300)
    why = models.CharField(_("why"), max_length=1000, blank=True)
    kind = models.CharField(
        _("how it is left out"),
        max_length=9,
        choices=ExclusionKind,
        default=ExclusionKind.SCOPE,
    )
    ordered_by = models.CharField(_("on whose order"), max_length=300, blank=True)
    on_date = models.DateField(_("ordered on"), null=True, blank=True)
    # Where it would stand, or where the open text says that it is missing.
    source_reference = models.CharField(_("place in the source"), max_length=300, blank=True)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(condition=~Q(what=""), name="exclusion_says_what"),
            models.CheckConstraint(
                condition=Q(kind__in=ExclusionKind.values), name="exclusion_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.what[:40]}"


class SourceAsked(Row):
    """A source that was asked for and did not speak, or spoke too late."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="sources_asked")
    what = models.CharField(_("who or what was asked"), max_length=300)
    asked_date = models.DateField(_("asked on"), null=True, blank=True)
    answer = models.CharField(
        _("answer"), max_length=13, choices=SourceAnswer, default=SourceAnswer.NOT_ANSWERED
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(what="") & Q(answer__in=SourceAnswer.values),
                name="source_asked_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.what[:40]}"


class SourceHeard(Row):
    """How many sources of one kind were heard in one way. Numbers only: nobody is named."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="sources_heard")
    kind = models.CharField(_("kind of source"), max_length=9, choices=SourceKind)
    way = models.CharField(
        _("how they were heard"), max_length=7, choices=HeardAs, blank=True, default=""
    )
    number = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    # Where it is not people that are counted: pages, hours.
    unit = models.CharField(_("counted in"), max_length=40, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=SourceKind.values, way__in=["", *HeardAs.values]),
                name="source_heard_kind_is_known",
            ),
            models.UniqueConstraint(
                fields=["review", "kind", "way"],
                name="source_heard_once_a_kind",
                deferrable=AT_ONCE,
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} heard for review {self.review_id}"
