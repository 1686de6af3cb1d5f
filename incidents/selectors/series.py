"""The casualty series of one incident: as a table, as a chart, in a sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext, ngettext

from core import text
from core.charts import CountPoint
from incidents.choices import CasualtyGroup, CasualtyState
from incidents.models import CasualtyCount

IN_COLUMNS = (CasualtyState.KILLED, CasualtyState.INJURED)


@dataclass(frozen=True)
class ReportRow:
    """One report: what stands in one row of the table."""

    # Number and state of each of its counts, for what is attached to them.
    counts: list[tuple[int, str]]
    as_of: str
    group: str
    killed: str
    injured: str
    others: list[str]
    said_by: str
    note: str
    source: str
    url: str
    grade: str


@dataclass(frozen=True)
class Series:
    """All counts of one incident."""

    reports: list[ReportRow]
    points: list[CountPoint]
    killed: str
    injured: str
    # The latest count with who said it and when, as it stands behind the range.
    latest: str
    undated: int
    # Some counts are of one group only, or of attackers: the table then says whom each counts.
    has_parts: bool
    lead: str
    description: str


def series(counts: Sequence[CasualtyCount]) -> Series:
    """The series as it was reported; attackers stand in rows of their own."""
    dead = [each for each in counts if _is_total(each) and each.state == CasualtyState.KILLED]
    hurt = [each for each in counts if _is_total(each) and each.state == CasualtyState.INJURED]
    dated = [each for each in dead if each.as_of]
    return Series(
        reports=_reports(counts),
        points=[_point(each) for each in dated],
        killed=range_words(dead),
        injured=range_words(hurt),
        latest=_latest(dead),
        undated=len(dead) - len(dated),
        has_parts=not all(map(_is_total, counts)),
        lead=_lead(dead),
        description=_description(dated),
    )


def range_words(counts: Sequence[CasualtyCount]) -> str:
    """`15–60`, `70–149`, `50+`; blank where there is no count."""
    if not counts:
        return ""
    numbers = [n for each in counts for n in (each.low, each.best, each.high) if n is not None]
    least, most = min(numbers), max(numbers)
    floors = [each.low for each in counts if each.is_open_ended]
    ends = f"{least}–{most}" if least < most else f"{most}"
    return f"{ends}+" if most in floors else ends


def _is_total(count: CasualtyCount) -> bool:
    return count.group == CasualtyGroup.VICTIMS


def _reports(counts: Iterable[CasualtyCount]) -> list[ReportRow]:
    rows = []
    for _position, each in groupby(counts, key=lambda count: (count.position, count.group)):
        report = list(each)
        first = report[0]
        figures = {count.state: count.text for count in report}
        source = first.source
        rows.append(
            ReportRow(
                counts=[(count.pk, str(CasualtyState(count.state).label)) for count in report],
                as_of=_day(first),
                group=str(CasualtyGroup(first.group).label),
                killed=figures.get(CasualtyState.KILLED, ""),
                injured=figures.get(CasualtyState.INJURED, ""),
                others=[
                    f"{CasualtyState(state).label}: {figure}"
                    for state, figure in figures.items()
                    if state not in IN_COLUMNS
                ],
                said_by=first.reported_by,
                note=first.note,
                source=source.title if source else "",
                url=source.url if source else "",
                grade=source.grade if source else "",
            )
        )
    return rows


def _day(count: CasualtyCount) -> str:
    day = text.short_date(count.as_of) if count.as_of else ""
    if count.as_of_text:
        return f"{day} ({count.as_of_text})" if day else count.as_of_text
    return day or gettext("date not given")


def _point(count: CasualtyCount) -> CountPoint:
    assert count.as_of is not None  # noqa: S101 - the caller keeps dated counts only
    said_by = count.reported_by
    if count.source:
        said_by = f"{said_by} ({count.source.title})"
    return CountPoint(
        day=count.as_of,
        value=count.figure,
        label=count.text,
        said_by=said_by,
        low=count.low,
        high=count.high,
        vague=count.is_open_ended,
    )


def _latest(dead: Sequence[CasualtyCount]) -> str:
    if not dead:
        return ""
    # Counts of a day that nobody gave come before every day.
    count = max(dead, key=lambda each: (each.as_of or date.min, each.position, each.pk))
    who = count.source.title if count.source else count.reported_by
    comma = "، " if text.language() == "ur" else ", "
    said = comma.join(filter(None, (who and text.isolated(who), _day(count))))
    return gettext("latest %(figure)s, %(said)s") % {
        "figure": text.isolated(count.text),
        "said": said,
    }


def _lead(dead: Sequence[CasualtyCount]) -> str:
    if not dead:
        return gettext("No number of killed is recorded yet.")
    whole = range_words(dead)
    if len(dead) == 1:
        return gettext("%(killed)s killed, as %(who)s said.") % {
            "killed": whole,
            "who": dead[0].reported_by,
        }
    if dead[0].text == whole:
        return gettext("%(killed)s killed in all %(n)d reports.") % {
            "killed": whole,
            "n": len(dead),
        }
    highest = max(dead, key=lambda each: each.figure)
    return gettext(
        "%(first)s killed in the first report, %(most)s in the highest; the latest says %(last)s."
    ) % {"first": dead[0].text, "most": highest.text, "last": dead[-1].text}


def _description(dated: Sequence[CasualtyCount]) -> str:
    return ngettext(
        "%(n)d published report. Each point is one row of the table below.",
        "%(n)d published reports. Each point is one row of the table below.",
        len(dated),
    ) % {"n": len(dated)}
