"""What is added to an incident section by section.

One row of `Particular` for each, and beside it one of the table of its section (`sections.py`). A
row is never changed: a correction is a later row, and the earlier one stays as it was.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from incidents.choices.particulars import DetailSection
from incidents.models.incident import Incident
from incidents.models.sources import Source

KEPT = ("incident", "section", "source", "note", "recorded_at", "recorded_by", "corrects")
# From a row of Particular to the row of its section.
WAYS = {
    DetailSection.ALERT: "prioralert",
    DetailSection.PLAN: "securityplan",
    DetailSection.WEAPON: "weapon",
    DetailSection.ATTACKERS: "attackers",
    DetailSection.RESPONSE: "responsetime",
    DetailSection.FIR: "fir",
    DetailSection.ARREST: "arrest",
    DetailSection.FORENSIC: "forensicexamination",
}


class ParticularQuerySet(models.QuerySet["Particular"]):
    def standing(self) -> "ParticularQuerySet":
        """Those that nobody corrected or withdrew."""
        return self.filter(replaced_at=None)

    def whole(self, sections: Iterable[str] = DetailSection.values) -> "ParticularQuerySet":
        """Those of these sections, as they were recorded, each with its own row, in one query.

        Name the sections that are there: each costs its part of the rule of reading.
        """
        ways = [WAYS[DetailSection(section)] for section in sections]
        return self.filter(section__in=sections).select_related(*ways).order_by("id")


class Particular(models.Model):
    """One detail on the record of an incident: by whom, when, and whether it still stands."""

    SECTION: ClassVar[DetailSection]

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="particulars")
    section = models.CharField(max_length=9, choices=DetailSection)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(_("note"), max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected"
    )
    replaced_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    # Why it was taken back; blank where a later row corrects it.
    withdrawn_because = models.CharField(max_length=300, blank=True)

    objects = ParticularQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(section__in=DetailSection.values), name="particular_section_is_known"
            ),
            models.CheckConstraint(
                condition=Q(replaced_at=None, replaced_by=None, withdrawn_because="")
                | Q(replaced_at__isnull=False, replaced_by__isnull=False),
                name="particular_replaced_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(corrects=F("id")),
                name="particular_corrects_another",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="only_replaced", fields=list(KEPT)),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.section} of incident {self.incident_id}"

    @classmethod
    def columns(cls) -> list[str]:
        """The columns of the section's own table."""
        own = [field.name for field in cls._meta.local_fields if not field.primary_key]
        return [] if cls is Particular else own

    @property
    def told(self) -> dict[str, Any]:
        """What it says, its note included; without when and by whom it was recorded."""
        return {name: getattr(self, name) for name in (*self.columns(), "note")}

    @property
    def own(self) -> "Particular":
        """The row of its section, with what was fetched of its source."""
        row: Particular = getattr(self, WAYS[DetailSection(self.section)])
        if "source" in self._state.fields_cache:
            row.source = self.source
        return row
