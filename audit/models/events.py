"""The record of every deed: append-only, written in the transaction of the deed it records."""

from datetime import datetime

import pgtrigger
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from audit.choices import ROW_VERBS, Verb

POSTING = "NULLIF(current_setting('aar.posting', true), '')::bigint"
REQUEST = "NULLIF(current_setting('aar.request', true), '')::uuid"
ADDRESS = "left(COALESCE(current_setting('aar.address', true), ''), 64)"
TRANSACTION = "pg_current_xact_id()::text::bigint"


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

    def life_of(self, target_type: str, target_id: int) -> "EventQuerySet":
        """All that happened to one record: to it itself, and to the rows that are part of it."""
        return self.filter(
            Q(target_type=target_type, target_id=target_id)
            | Q(whole_type=target_type, whole_id=target_id)
        )


class _Deeds(models.Manager["Event"]):
    """The deeds, without the changes of rows that they made."""

    def get_queryset(self) -> models.QuerySet["Event"]:
        return super().get_queryset().exclude(verb__in=ROW_VERBS)


DeedManager = _Deeds.from_queryset(EventQuerySet)


class Event(models.Model):
    """One deed, or one change of a row: who, when, what, to which record.

    No foreign keys to what it describes: the record outlives its subjects. `objects` are the deeds;
    `everything` holds the changes of rows as well.
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
    # The record that a changed row is a part of; blank where the row is a record itself.
    whole_type = models.CharField(max_length=60, blank=True, db_default="")
    whole_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    # Filled in by the database, from the settings of the transaction.
    posting_id = models.BigIntegerField(null=True, db_default=Func(template=POSTING))
    request_id = models.UUIDField(null=True, db_default=Func(template=REQUEST))
    address = models.CharField(max_length=64, blank=True, db_default=Func(template=ADDRESS))
    transaction_id = models.BigIntegerField(db_default=Func(template=TRANSACTION))

    objects = DeedManager()
    everything = EventQuerySet.as_manager()

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
            models.Index(
                fields=["whole_type", "whole_id", "-at"],
                condition=Q(whole_id__isnull=False),
                name="event_by_whole",
            ),
            models.Index(fields=["transaction_id"], name="event_by_transaction"),
            models.Index(
                fields=["request_id"],
                condition=Q(request_id__isnull=False),
                name="event_by_request",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.verb} {self.target_ref}"
