"""The one figure that the owner agency gives when it is asked: which count, and why."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from incidents.choices import CasualtyState
from incidents.models.casualties import CasualtyCount
from incidents.models.incident import Incident

# A count that attackers are in, or may be in, is no figure of victims.
OF_VICTIMS = """
    IF EXISTS (SELECT 1 FROM incidents_casualtycount c WHERE c.id = NEW.count_id
        AND (c."group" <> 'victims' OR c.incident_id <> NEW.incident_id
            OR c.state <> NEW.state)) THEN
        RAISE EXCEPTION 'count % is not of all victims of this incident', NEW.count_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'adopted_of_all_victims';
    END IF;
    RETURN NEW;
"""


class AdoptedFigureQuerySet(models.QuerySet["AdoptedFigure"]):
    def standing(self) -> "AdoptedFigureQuerySet":
        """Those that no later one replaced."""
        return self.filter(replaced_at=None)


class AdoptedFigure(models.Model):
    """A count of the series that is given in public; the series stays beside it."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="adopted_figures")
    count = models.ForeignKey(CasualtyCount, models.PROTECT, related_name="+")
    state = models.CharField(max_length=13, choices=CasualtyState)
    why = models.CharField(_("why this figure"), max_length=300)
    adopted_at = models.DateTimeField()
    adopted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = AdoptedFigureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "state"],
                condition=Q(replaced_at=None),
                name="adopted_one_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="adopted_with_reason"),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="only_replaced",
                fields=["incident", "count", "state", "why", "adopted_at", "adopted_by"],
            ),
            pgtrigger.Trigger(
                name="of_all_victims",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=OF_VICTIMS,
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state} of incident {self.incident_id}"
