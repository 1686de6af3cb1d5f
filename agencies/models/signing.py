"""What the door remembers: failed tries, and forms that were sent too late."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from agencies.choices import TryKind
from agencies.models.people import User

# A form that nobody came back for is forgotten.
KEPT_FOR = timedelta(hours=1)
# Failed tries older than this count no more.
REMEMBERED_FOR = timedelta(days=1)


class TriesQuerySet(models.QuerySet["Tries"]):
    def forgotten(self, at: datetime) -> "TriesQuerySet":
        """Tries that count no more."""
        return self.filter(last_at__lt=at - REMEMBERED_FOR)


class Tries(models.Model):
    """Failed tries of one account, address, device or factor, and until when it must wait.

    `key` is a keyed hash: the table tells nobody which accounts exist or who tried.
    """

    kind = models.CharField(max_length=10, choices=TryKind)
    key = models.CharField(max_length=64)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)

    objects = TriesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "tries"
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="tries_counted_once"),
            models.CheckConstraint(
                condition=Q(kind__in=TryKind.values), name="tries_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"


class KeptFormQuerySet(models.QuerySet["KeptForm"]):
    def of(self, person: User, at: datetime) -> "KeptFormQuerySet":
        """What this very person may have back."""
        return self.filter(person=person, kept_at__gt=at - KEPT_FOR)

    def forgotten(self, at: datetime) -> "KeptFormQuerySet":
        """What nobody came back for."""
        return self.filter(kept_at__lte=at - KEPT_FOR)


class KeptForm(models.Model):
    """What a person typed and sent when the session had ended or the proof was stale; sealed."""

    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    kept_at = models.DateTimeField()
    sealed = models.BinaryField()

    objects = KeptFormQuerySet.as_manager()

    def __str__(self) -> str:
        return f"#{self.pk} {self.kept_at:%Y-%m-%d}" if self.kept_at else f"#{self.pk}"
