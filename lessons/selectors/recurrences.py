"""What happened before: recurrences as far as the reader may see their incidents."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from agencies.models.marking import Person
from core import text
from incidents.models import Incident
from lessons.models import Recurrence, RecurrenceCase


@dataclass(frozen=True)
class SeenCase:
    """One occurrence: an incident that the reader may open, or words only."""

    incident: Incident | None
    text: str
    day: date | None
    is_here: bool


@dataclass(frozen=True)
class SeenRecurrence:
    """A recurrence with the occurrences that the reader may know of."""

    recurrence: Recurrence
    cases: Sequence[SeenCase]

    @property
    def days(self) -> int | None:
        """Days from the first to the last; None where the day of any occurrence is not known."""
        known = self._days_known()
        return text.days_between(known[0], known[-1]) if len(known) > 1 else None

    @property
    def gap(self) -> int | None:
        """Days from the last but one to the last; None where the day of any is not known."""
        known = self._days_known()
        return text.days_between(known[-2], known[-1]) if len(known) > 1 else None

    def _days_known(self) -> list[date]:
        """The days in order; none at all where an occurrence stands in words only."""
        known = sorted(case.day for case in self.cases if case.day)
        return known if len(known) == len(self.cases) else []

    @property
    def times(self) -> int:
        """How many occurrences the reader may know of."""
        return len(self.cases)


def recurrences_of(user: Person, incident: Incident) -> list[SeenRecurrence]:
    """Recurrences that this incident is part of and that show something beside it."""
    rows = visible_recurrences(user).filter(
        pk__in=RecurrenceCase.objects.filter(incident=incident).values("recurrence")
    )
    seen = [see(row, here=incident.pk) for row in rows.order_by("-recorded_at", "-id")]
    return [each for each in seen if each.times > 1 or each.recurrence.note]


def visible_recurrences(user: Person) -> QuerySet[Recurrence]:
    """Recurrences that `user` may read, with their cases; unseen incidents are left out."""
    cases = RecurrenceCase.objects.filter(incident__isnull=True) | RecurrenceCase.objects.filter(
        incident__in=Incident.objects.visible_to(user)
    )
    return Recurrence.objects.visible_to(user).prefetch_related(
        Prefetch(
            "cases",
            queryset=cases.select_related("incident__area").order_by("position"),
            to_attr="seen_cases",
        )
    )


def see(recurrence: Recurrence, *, here: int | None = None) -> SeenRecurrence:
    """A recurrence fetched by `visible_recurrences`, as it is shown; `here` is this page's."""
    rows: list[RecurrenceCase] = getattr(recurrence, "seen_cases")  # noqa: B009
    return SeenRecurrence(
        recurrence,
        [
            SeenCase(
                incident=row.incident,
                text=row.text,
                day=row.incident.on_date if row.incident else None,
                is_here=here is not None and row.incident_id == here,
            )
            for row in rows
        ],
    )
