"""Looking through the register at a thousand, a hundred thousand and a million incidents.

Words and filters as the page asks them, each for its reader behind both locks; turning the pages;
where and when, unfiltered, as its page asks it. Times on the clock on the wall.
"""

from collections.abc import Iterator
from functools import partial
from statistics import median, quantiles

from django.http import QueryDict

from aar.examples.people import person
from agencies.choices import Role
from agencies.lock import acting
from agencies.models import User
from benchmarks.crowd import gather
from benchmarks.table import Case, at_most, for_orientation, interleaved, wall_ms
from core import keyset
from incidents.forms import read_filters
from incidents.selectors import Filters, register
from incidents.selectors.summaries import summary
from places.models import Area

SIZES = (1_000, 100_000, 1_000_000)
ASKED = (
    *("q=blast", "q=mastung", "q=explosion+market", "q=suicide+blast+mosque", "q=pishawar+bank"),
    *("q=سکیورٹی", "q=سیکیورٹی+حملہ", "q=nothing+of+this", "q=INC-CROWD-0000123", "q=street+12"),
    *("q=hospital+convoy", "q=college&until=1996-01-01", "q=police&kind=3", "q=shr", "q=a3f1b"),
    *("kind=3", "kind=9", "kind=1&target=7", "target=15", "target=19&occasion=election"),
    *("occasion=milad", "occasion=friday", "suicide=YES", "suicide=YES&target=8&kind=6"),
    *("group=group+ab", "group=zz", "killed=1", "killed=50", "killed=140", "killed=20&kind=4"),
    *("tlp=GREEN", "tlp=AMBER_STRICT", "tlp=RED", "year=2010", "year=2010&kind=7"),
    *("since=2010-01-01&until=2010-02-01", "since=2010-01-01&until=2010-01-02&kind=6"),
)
TURNS = 3


def measure() -> list[Case]:
    """At each size the 95th percentile of the filters, the pages, the counts."""
    reader = person("BL-POLICE", Role.COMMANDER)
    cases: list[Case] = []
    have = 0
    for size in SIZES:
        gather(have, size)
        have = size
        label = f"{size:,} incidents"
        times = list(_filtered(reader))
        cases += [
            at_most(150, "filters and words of the register, p95", label, _p95(times), "ms"),
            for_orientation(
                "filters and words of the register, median", label, median(times), "ms"
            ),
        ]
        counting = [wall_ms(partial(_summed, reader)) for _ in range(2 * TURNS)]
        cases.append(at_most(50, "district map and year chart", label, median(counting), "ms"))
        cases.append(_turned(reader, label))
    return cases


def _filtered(reader: User) -> Iterator[float]:
    district = Area.objects.districts().order_by("pk").values_list("pk", flat=True)[3]
    for asked in (*ASKED, f"district={district}", f"district={district}&kind=4"):
        filters = read_filters(QueryDict(asked))
        for _ in range(TURNS):
            with acting(reader):
                yield wall_ms(partial(register, reader, filters))


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


def _summed(reader: User) -> None:
    with acting(reader):
        summary(reader, Filters())


def _turned(reader: User, label: str) -> Case:
    """The page in the middle of the register beside the first, turn by turn."""
    middle = keyset.encode("older", ["2010-01-20", 1])

    def first() -> None:
        with acting(reader):
            register(reader, Filters())

    def deep() -> None:
        with acting(reader):
            register(reader, Filters(), cursor=middle)

    pair = interleaved(deep, first, rounds=100)
    return at_most(1.2, "register, page in its middle ÷ first page", label, pair.ratio, "×")
