"""Evidence attached to the single fact that it supports."""

from functools import reduce
from operator import or_

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import User
from agencies.models.marking import Person
from incidents.models.casualties import CasualtyCount
from incidents.models.evidence import Evidence
from incidents.models.facts import Claim, Fact, FactAccount, LogEntry
from incidents.models.incident import Incident

# What a piece may be attached to: the column that names it, which is also the word in addresses.
TARGETS = ("fact", "count", "claim", "account", "entry")
# Asked after the lock, which says first who may add a row at all.
OF_ONE_INCIDENT = """
    IF (SELECT e.incident_id FROM incidents_evidence e WHERE e.id = NEW.evidence_id)
        = coalesce(
            (SELECT t.incident_id FROM incidents_fact t WHERE t.id = NEW.fact_id),
            (SELECT t.incident_id FROM incidents_casualtycount t WHERE t.id = NEW.count_id),
            (SELECT t.incident_id FROM incidents_claim t WHERE t.id = NEW.claim_id),
            (SELECT d.incident_id FROM incidents_factaccount t
                JOIN incidents_disputedfact d ON d.id = t.dispute_id WHERE t.id = NEW.account_id),
            (SELECT t.incident_id FROM incidents_logentry t WHERE t.id = NEW.entry_id)) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'evidence % and what it supports are not of one incident', NEW.evidence_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'support_of_one_incident';
"""


def _alone(target: str) -> Q:
    """This one is named and none of the others."""
    return Q(**{f"{each}__isnull": each != target for each in TARGETS})


class SupportQuerySet(models.QuerySet["Support"]):
    def visible_to(self, user: Person) -> "SupportQuerySet":
        """Those whose piece of evidence the person may see."""
        return self.filter(evidence__in=Evidence.objects.visible_to(user).values("pk"))

    def of(self, incident: Incident) -> "SupportQuerySet":
        """Of the evidence of one incident."""
        return self.filter(evidence__incident=incident)


class Support(models.Model):
    """A piece of evidence that supports one fact of its incident.

    Seen with the piece, whose marking may be higher than the fact's. Taken off, the row goes; that
    it stood is in the record of deeds.
    """

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="supports")
    fact = models.ForeignKey(Fact, models.PROTECT, null=True, blank=True, related_name="+")
    count = models.ForeignKey(
        CasualtyCount, models.PROTECT, null=True, blank=True, related_name="+"
    )
    claim = models.ForeignKey(Claim, models.PROTECT, null=True, blank=True, related_name="+")
    account = models.ForeignKey(
        FactAccount, models.PROTECT, null=True, blank=True, related_name="+"
    )
    entry = models.ForeignKey(LogEntry, models.PROTECT, null=True, blank=True, related_name="+")
    attached_at = models.DateTimeField()
    attached_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence attached to a fact")
        constraints = [
            models.CheckConstraint(
                condition=reduce(or_, map(_alone, TARGETS)), name="support_of_one_fact"
            ),
            models.UniqueConstraint(
                fields=["evidence", *TARGETS], nulls_distinct=False, name="support_once_a_fact"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="of_one_incident",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=OF_ONE_INCIDENT,
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} of evidence {self.evidence_id}"

    @property
    def what(self) -> str:
        """What kind of fact it is attached to: one of TARGETS."""
        return next(each for each in TARGETS if getattr(self, f"{each}_id") is not None)

    @property
    def number(self) -> int:
        """The number of that fact."""
        number: int = getattr(self, f"{self.what}_id")
        return number
