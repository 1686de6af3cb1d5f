"""The published counts of an incident, one report a row."""

from collections.abc import Iterable

from bulletins.rendering.documents import CountRow
from bulletins.rendering.gathering import SourceBook
from incidents.choices import CasualtyGroup, CasualtyState
from incidents.models import CasualtyCount


def count_rows(counts: Iterable[CasualtyCount], book: SourceBook) -> tuple[CountRow, ...]:
    """Killed and injured of one report in one row; other groups stay in the register."""
    rows: dict[tuple[object, ...], dict[str, CasualtyCount]] = {}
    for count in counts:
        if count.group == CasualtyGroup.VICTIMS:
            key = (count.as_of, count.as_of_text, count.position, count.source_id)
            rows.setdefault(key, {})[count.state] = count
    return tuple(_count_row(states, book) for states in rows.values() if _speaks(states))


def _speaks(states: dict[str, CasualtyCount]) -> bool:
    return CasualtyState.KILLED in states or CasualtyState.INJURED in states


def _count_row(states: dict[str, CasualtyCount], book: SourceBook) -> CountRow:
    killed, injured = states.get(CasualtyState.KILLED), states.get(CasualtyState.INJURED)
    told = next(iter(states.values()))
    return CountRow(
        day=told.as_of,
        day_text=told.as_of_text,
        killed=killed.text if killed else "",
        injured=injured.text if injured else "",
        said_by=told.reported_by,
        cite=book.cite(told.source),
        figure=killed.figure if killed else None,
        is_open_ended=killed.is_open_ended if killed else False,
    )
