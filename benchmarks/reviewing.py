"""What reading a long review costs: its lanes, its causes, its queries, its whole page."""

from collections.abc import Callable
from importlib import import_module
from statistics import median, quantiles
from time import perf_counter, process_time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aar.examples.people import person
from agencies.choices import Role
from agencies.lock import acting
from agencies.models import User
from benchmarks import long_review
from benchmarks.long_review import AGENCIES, ENTRIES, FINDINGS, LINKS, RECOMMENDATIONS
from benchmarks.table import Case, at_most, for_orientation, interleaved
from reviews import selectors
from reviews.causes import Link, Node, chains_of
from reviews.choices import CauseKind, FindingKind
from reviews.lanes import lanes_by_day
from reviews.models import Review, TimelineEntry
from reviews.rendering import swim_lanes
from reviews.rendering_causes import cause_graph
from reviews.selectors.gathering import hold
from reviews.timeline_order import in_place
from tests.signed_in import through_the_door

ROUNDS, PAGES = 50, 25
# What begins, marks and ends a transaction asks for nothing.
MARKS = ("BEGIN", "SAVEPOINT", "RELEASE SAVEPOINT", "COMMIT")


def measure() -> list[Case]:
    """Drawings from what is in memory; then a published review, gathered and as its page."""
    return [*_drawings(), *_reading()]


def _drawings() -> list[Case]:
    entries = _entries()
    nodes, links = _causes()
    lanes = _median_ms(lambda: _lanes(entries))
    graph = _median_ms(lambda: _graph(nodes, links))
    return [
        at_most(15, "swim_lane", f"{ENTRIES} by {AGENCIES}", lanes, "ms"),
        at_most(15, "graph of causes", f"{FINDINGS} and {LINKS}", graph, "ms"),
    ]


def _median_ms(deed: Callable[[], None]) -> float:
    times = []
    for _round in range(ROUNDS + 1):
        begun = process_time()
        deed()
        times.append((process_time() - begun) * 1000)
    return median(times[1:])


def _lanes(entries: list[TimelineEntry]) -> None:
    drawn = [swim_lanes(lanes) for lanes in lanes_by_day(entries)]
    if len(drawn) != 1 or drawn[0].count("<title>") < ENTRIES:
        raise RuntimeError("the lanes lack entries")


def _graph(nodes: list[Node], links: list[Link]) -> None:
    drawn = [
        cause_graph(chain, url_of=lambda number: f"#finding-{number}", uid=f"cg{place}")
        for place, chain in enumerate(chains_of(nodes, links))
    ]
    if not drawn:
        raise RuntimeError("no chain was drawn")


def _entries() -> list[TimelineEntry]:
    """Two in five are told on; as a query with its accounts leaves them."""
    made = [long_review.entry(n) for n in range(ENTRIES)]
    for n, entry in enumerate(made):
        entry.pk = n + 1
        hold(entry, accounts=[])
    return in_place(made)


def _causes() -> tuple[list[Node], list[Link]]:
    kinds = FindingKind.values
    title = "The search lane at the gate was planned and nobody had been told who opens it"
    nodes = [
        Node(n, f"{title}, part {n}", kinds[n % len(kinds)], str(FindingKind(kinds[0]).label))
        for n in range(1, FINDINGS + 1)
    ]
    links = [
        Link(cause + 1, effect + 1, CauseKind.values[cause % len(CauseKind.values)])
        for cause, effect in map(long_review.ends, range(LINKS))
    ]
    return nodes, links


def _reading() -> list[Case]:
    lead, facilitator, commander = (
        person("BL-POLICE", role) for role in (Role.INVESTIGATOR, Role.AGENCY_ADMIN, Role.COMMANDER)
    )
    review = long_review.published(lead, facilitator, commander)
    page = _page(review, commander)
    asked = _asked(page)
    queries = [sql for sql in asked if not sql.startswith(MARKS)]
    bare = _bare(queries, commander)
    whole = interleaved(page, bare, rounds=PAGES, clock=perf_counter)
    gathered = interleaved(_gathering(review, commander), bare, rounds=PAGES, clock=perf_counter)
    size = f"{ENTRIES}, {FINDINGS}, {RECOMMENDATIONS}"
    return [
        at_most(12, "review page, queries", size, len(queries), ""),
        for_orientation("review page, with begin, savepoint, commit", size, len(asked), ""),
        at_most(3, "review page ÷ its bare SQL", size, whole.ratio, "×"),
        at_most(3, "review gathered ÷ bare SQL of the page", size, gathered.ratio, "×"),
        *_spread("review page", size, whole.ours),
        *_spread("bare SQL of the review page", size, whole.theirs),
        *_spread("review gathered", size, gathered.ours),
    ]


def _spread(case: str, size: str, times: list[float]) -> list[Case]:
    return [
        for_orientation(f"{case}, p50", size, median(times), "ms"),
        for_orientation(f"{case}, p95", size, quantiles(times, n=20)[-1], "ms"),
    ]


def _page(review: Review, reader: User) -> Callable[[], None]:
    """The whole request, from the session to the last byte."""
    import_module("aar.wsgi")  # as a web process: what is loaded stays, and is not looked through
    client = Client(headers={"host": "localhost"})
    through_the_door(client, reader)
    address = f"/reviews/{review.pk}/read/"

    def fetch() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"the page answered {answer.status_code}")

    fetch()  # the first reading is put on record
    return fetch


def _asked(deed: Callable[[], None]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        deed()
    return [each["sql"] for each in captured.captured_queries]


def _bare(queries: list[str], reader: User) -> Callable[[], None]:
    """The same statements through a cursor in the same rights; every row is fetched."""

    def ask() -> None:
        with acting(reader), connection.cursor() as cursor:
            for sql in queries:
                cursor.execute(sql)
                cursor.fetchall()

    return ask


def _gathering(review: Review, reader: User) -> Callable[[], None]:
    """The review as its templates are given it, without them."""

    def gather() -> None:
        with acting(reader):
            found = Review.objects.select_related("incident", "agency", "lead").get(pk=review.pk)
            selectors.read(found, reader)

    return gather
