"""Section C: who was behind it."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from incidents.choices import ClaimKind
from incidents.models import Graded
from reviews.choices import JUDGED, NetworkRoleKind, NetworkRoleStatus
from reviews.models.review import Review
from reviews.models.rows import Row

# What is said of the adversary, each with a grade of its own.
TOLD = ("intent", "recce", "method", "device", "claims")


class NetworkRole(Row, Graded):
    """A part somebody must have played, and how far it is resolved. Never a name.

    Several lines of one kind may stand on the board: of eight who are suspected of having played
    it, two may be before a court.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="network_roles")
    kind = models.CharField(_("Role"), max_length=12, choices=NetworkRoleKind)
    number = models.PositiveIntegerField(_("How many people"), null=True, blank=True)
    status = models.CharField(
        _("Status"),
        max_length=14,
        choices=NetworkRoleStatus,
        default=NetworkRoleStatus.UNIDENTIFIED,
    )
    status_date = models.DateField(_("Day of this status"), null=True, blank=True)
    court = models.CharField(_("Court"), max_length=200, blank=True)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    source = models.CharField(_("Source"), max_length=300, blank=True)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(status__in=JUDGED) | ~Q(court="") & Q(status_date__isnull=False),
                name="network_role_judged_by_a_court",
                violation_error_code="court",
                violation_error_message=_(
                    "Only a court convicts or acquits: give the court and the day."
                ),
            ),
            models.CheckConstraint(
                condition=Q(number=None) | Q(number__gte=1),
                name="network_role_number_above_zero",
                violation_error_code="number",
                violation_error_message=_("Give a number of one or more, or leave it empty."),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} {self.status}"


def _graded(name: str) -> models.CheckConstraint:
    """A grade is a letter and a figure, and stands only beside words."""
    grade = f"{name}_grade"
    return models.CheckConstraint(
        condition=Q(**{grade: ""}) | (Q(**{f"{grade}__regex": "^[A-F][1-6]$"}) & ~Q(**{name: ""})),
        name=f"adversary_{name}_graded",
        violation_error_code=grade,
        violation_error_message=_("A grade stands beside what it grades, such as B2."),
    )


class AdversaryAccount(Row):
    """What is known of the adversary's plan, a graded sentence on each side of it; one a review."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="adversary")
    # As reported; a claim or an allegation is not a finding.
    group_named = models.CharField(_("Group named, as reported"), max_length=120, blank=True)
    group_basis = models.CharField(
        _("On what grounds it is named"), max_length=10, choices=ClaimKind, blank=True, default=""
    )
    intent = models.CharField(_("Intent"), max_length=300, blank=True)
    intent_grade = models.CharField(max_length=2, blank=True, default="")
    recce = models.CharField(_("Reconnaissance"), max_length=300, blank=True)
    recce_grade = models.CharField(max_length=2, blank=True, default="")
    method = models.CharField(_("Method"), max_length=300, blank=True)
    method_grade = models.CharField(max_length=2, blank=True, default="")
    device = models.CharField(_("Device"), max_length=300, blank=True)
    device_grade = models.CharField(max_length=2, blank=True, default="")
    claims = models.CharField(_("Claims and denials"), max_length=300, blank=True)
    claims_grade = models.CharField(max_length=2, blank=True, default="")
    source = models.CharField(_("Sources"), max_length=300, blank=True)

    class Meta(Row.Meta):
        abstract = False
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(group_named="", intent="", recce="", method="", device="", claims=""),
                name="adversary_says_something",
                violation_error_code="intent",
                violation_error_message=_("Say one thing that is known of the adversary."),
            ),
            models.CheckConstraint(
                condition=Q(group_basis="") | ~Q(group_named=""),
                name="adversary_group_on_grounds",
                violation_error_code="group_named",
                violation_error_message=_("Name the group, or leave its grounds empty."),
            ),
            *(_graded(name) for name in TOLD),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} adversary of review {self.review_id}"

    @property
    def told(self) -> list[tuple[str, Any, str, str]]:
        """Each side of it: its name, its words on the page, what is said, the grade."""
        return [
            (
                name,
                self._meta.get_field(name).verbose_name,  # type: ignore[union-attr]
                getattr(self, name),
                getattr(self, f"{name}_grade"),
            )
            for name in TOLD
        ]
