"""What every line of the form has: who wrote it last, and how two people never lose a line."""

from django.db import models
from django.db.models import Q

from agencies.models import User
from core.labelled import Labelled

# What no two lines of a review may share is held at each statement, but where an amendment is
# carried back: there two lines may exchange it, and it is held once all are written.
AT_ONCE = models.Deferrable.IMMEDIATE


class Row(Labelled):
    """A line of a section, such as an entry or a finding.

    `version` rises with each change, so that nobody overwrites unseen what another saved; `key`
    comes from the form that added the line, so that a second click adds nothing.
    """

    key = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    edited_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(edited_at=None, edited_by=None)
                | Q(edited_at__isnull=False, edited_by__isnull=False),
                name="%(class)s_edited_by_somebody",
            ),
        ]
