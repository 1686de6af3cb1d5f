"""What is sealed: the place of each event in the tree, the signed checkpoints, the keys."""

import pgtrigger
from django.db import models
from django.db.models import Q


class Leaf(models.Model):
    """The place of one event in the tree, and the hash that it had when it was sealed.

    Places have no gaps, unlike the numbers of events: those are given out before a transaction
    commits, so that a lower number may appear after a higher one.
    """

    position = models.BigIntegerField(primary_key=True)
    event_id = models.BigIntegerField(unique=True)
    hash = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(position__gt=0), name="leaf_position_is_counted"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} event {self.event_id}"


class SealKey(models.Model):
    """The public half of a key that has signed, under the number that seals name it by."""

    key_id = models.CharField(max_length=16, primary_key=True)
    public = models.BinaryField()
    first_used_at = models.DateTimeField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Seal(models.Model):
    """A signed checkpoint: the root of the tree over all events up to here, chained to the last."""

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    # Events in the tree, from the very first.
    size = models.BigIntegerField()
    root = models.BinaryField()
    # The roots of the whole subtrees, from the left: with these the tree grows without its leaves.
    frontier = models.BinaryField()
    # Every event of a transaction below this number was sealed here or before.
    horizon = models.BigIntegerField()
    # SHA-256 of the checkpoint before, signature included; zeros for the first.
    previous = models.BinaryField()
    key_id = models.CharField(max_length=16)
    signature = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gt=0), name="seal_number_is_counted"),
            models.UniqueConstraint(fields=["size"], name="seal_covers_something_new"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.size}"


class Verification(models.Model):
    """One run over the whole record, and what it found."""

    ran_at = models.DateTimeField()
    first_seal = models.BigIntegerField()
    last_seal = models.BigIntegerField()
    events = models.BigIntegerField()
    found = models.BigIntegerField()
    # The first of the findings, as sentences; the command names them all.
    findings = models.JSONField(default=list)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.found}"
