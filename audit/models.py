"""The record of every deed: append-only, written in the transaction of the deed it records."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.choices import Verb


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, target: models.Model) -> "EventQuerySet":
        """Deeds done to one record."""
        return self.filter(target_type=target._meta.label_lower, target_id=target.pk)

    def asked(
        self,
        *,
        verb: str = "",
        record: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> "EventQuerySet":
        """Deeds that fit every filter that is given; `record` is a reference or its beginning.

        After `#7` stand words that no reader is shown, so nobody finds them by guessing either.
        """
        if record.startswith("#"):
            record = record.partition(" ")[0]
        wanted = {
            "verb": verb or None,
            "target_ref__istartswith": record or None,
            "at__gte": since,
            "at__lt": until,
        }
        return self.filter(**{name: said for name, said in wanted.items() if said is not None})


class Event(models.Model):
    """One deed: who, when, what, to which record.

    No foreign keys to what it describes: the record outlives its subjects.
    """

    at = models.DateTimeField(_("at"))
    verb = models.CharField(_("deed"), max_length=40, choices=Verb)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200, blank=True)
    agency_id = models.BigIntegerField(null=True)
    target_type = models.CharField(max_length=60)
    target_id = models.BigIntegerField(null=True)
    target_ref = models.CharField(max_length=200, blank=True)
    # The agency whose record it is: the auditor's and the admin's remit.
    target_agency_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verb__in=Verb.values), name="event_verb_is_known"
            ),
        ]
        indexes = [
            models.Index(fields=["target_type", "target_id", "-at"], name="event_by_target"),
            models.Index(fields=["-at", "-id"], name="event_by_time"),
            models.Index(fields=["target_agency_id", "-at", "-id"], name="event_by_agency"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.verb} {self.target_ref}"
