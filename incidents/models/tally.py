"""Kept counts of incidents: what "where and when" shows without counting a million rows.

The database keeps them in the transaction of every write (migration `0016_tallies_kept`). A row
adds `n`, which may be negative, to one bar of one chart for one marking; the bar is the sum. Rows
are only ever added, so that no two writers wait for each other, and the worker sums them up.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models import Marked, MarkedQuerySet
from incidents.choices import Chart
from incidents.models.incident import IncidentShare


class Tally(Marked):
    """So many incidents more of one marking in one bar of one chart.

    It is read as an incident of this marking that was passed to nobody would be; what is passed to
    a reader beyond that is counted for that reader.
    """

    is_example = None  # type: ignore[assignment]
    chart = models.CharField(_("chart"), max_length=8, choices=Chart)
    # District number (0: in none), year, month, Hijri month, weekday from Monday 0, hour, occasion.
    key = models.CharField(max_length=20)
    n = models.IntegerField()

    objects = MarkedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"#{self.pk} {self.chart} {self.key}: {self.n}"

    @classmethod
    def shares_of(cls, pk: Any) -> "models.QuerySet[IncidentShare]":  # noqa: ARG003
        """None: a count is passed to nobody."""
        return IncidentShare.objects.none()
