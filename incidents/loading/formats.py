"""The formats that are known by their columns, and any other by a mapping."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from incidents.loading import acled, gtd, mapped, ucdp
from incidents.loading.drafts import Draft
from incidents.loading.rows import Row
from places.gazetteer import Gazetteer

Reading = Callable[[Row, Gazetteer], Draft]


@dataclass(frozen=True)
class Format:
    """How the rows of one data set are read."""

    scheme: str
    name: str
    credit: str
    required: frozenset[str]
    # The column that the day stands in.
    day: str
    draft: Reading


KNOWN = tuple(
    Format(each.SCHEME, each.NAME, each.CREDIT, each.REQUIRED, each.DAY, each.draft)
    for each in (ucdp, gtd, acled)
)
BY_SCHEME = {each.scheme: each for each in KNOWN}


def recognised(columns: tuple[str, ...]) -> Format | None:
    """The data set that has these columns, None where it is no known one."""
    there = frozenset(columns)
    return next((each for each in KNOWN if each.required <= there), None)


def reading(scheme: str, mapping: Mapping[str, str]) -> Reading:
    """How rows of this scheme are read."""
    known = BY_SCHEME.get(scheme)
    return known.draft if known else mapped.drafting(mapping)


def day_column(scheme: str, mapping: Mapping[str, str]) -> str:
    """The column in which the rows of this scheme say their day."""
    known = BY_SCHEME.get(scheme)
    return known.day if known else mapping.get("date", "")
