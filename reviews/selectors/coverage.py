"""Whether every incident is reviewed: by district, agency and tier, with the missing named.

Only what the reader may see is counted, incidents and reviews alike. An incident counts where it
happened, for the agency that recorded it, by the tier that its dead ask for; its reviews count by
the one that has come furthest. The database counts: nothing is read a row at a time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Agency, User
from core.keyset import Turn, encode
from incidents.choices import CasualtyState
from incidents.models import CasualtyCount, Incident, IncidentQuerySet
from places.models import Area
from reviews.choices import RELEASED_STATES, ReviewState, ReviewTier
from reviews.models import Review
from reviews.rules import MAJOR_KILLED
from reviews.selectors.standing import killed_at_least, past_its_limit

MOST_NAMED = 100
# The missing: the longest past first.
ORDER, FORWARD = ("sort_date", "id"), "newer"
FIRST = Turn(ORDER, older=False, after=[])
# How far the reviews of an incident have come, the furthest first: the first letter orders them.
IN_TIME, LATE, APPROVED, WRITTEN, DEFERRED = "a_in_time", "b_late", "c_approved", "d_written", "e"
# One pass for the whole and its three parts. Half took no longer than the median; P90 is the
# nearest rank, a number of days that some review took.
COUNTED = """
    WITH told AS MATERIALIZED ({incidents}), i AS (
        SELECT id, district_id, agency_id,
            CASE WHEN killed >= %s THEN 'T3' WHEN killed > 0 THEN 'T2' ELSE 'T1' END AS asks_for,
            ended < CASE WHEN killed >= %s THEN %s WHEN killed > 0 THEN %s ELSE %s END AS is_past
        FROM told), r AS MATERIALIZED (
        SELECT incident_id, reached,
            CASE WHEN published IS NOT NULL THEN greatest(published - ended, 0) END AS days
        FROM ({reviews}) f JOIN told ON told.id = f.incident_id)
    SELECT grouping(i.district_id, i.agency_id, i.asks_for), i.district_id, i.agency_id, i.asks_for,
        count(*),
        count(*) FILTER (WHERE r.reached = 'a_in_time'),
        count(*) FILTER (WHERE r.reached = 'b_late'),
        count(*) FILTER (WHERE r.reached = 'c_approved'),
        count(*) FILTER (WHERE r.reached = 'd_written'),
        count(*) FILTER (WHERE r.reached = 'e'),
        count(*) FILTER (WHERE r.reached IS NULL AND i.is_past),
        count(r.days),
        percentile_cont(0.5) WITHIN GROUP (ORDER BY r.days),
        percentile_disc(0.9) WITHIN GROUP (ORDER BY r.days)
    FROM i LEFT JOIN r ON r.incident_id = i.id
    GROUP BY GROUPING SETS ((), (i.district_id), (i.agency_id), (i.asks_for))
"""
# What `grouping` says of each set: a bit for each column that is not in it.
ALL, DISTRICT, AGENCY, TIER = 0b111, 0b011, 0b101, 0b110


@dataclass(frozen=True)
class Asked:
    """Which incidents are looked at; a blank narrows nothing."""

    since: date
    until: date
    province: int | None = None
    agency: int | None = None
    tier: str = ""


@dataclass(frozen=True)
class Row:
    """One district, agency or tier; incidents, by how far their reviews have come."""

    name: str
    incidents: int = 0
    # Published within the limit.
    in_time: int = 0
    # Published after it.
    late: int = 0
    # Approved, not yet published.
    approved: int = 0
    # Being written or judged.
    written: int = 0
    # Put off with a signed reason, to a day that is still to come.
    deferred: int = 0
    # With no review, past the limit of their tier.
    missing: int = 0
    # Of how many the days are told.
    measured: int = 0
    # Days from the incident to the published review: half took no longer; None where none is.
    middle: int | None = None
    # Days that nine in ten took no longer than: the nearest rank.
    ninth: int | None = None

    @property
    def published(self) -> int:
        """With a published review, in time or late."""
        return self.in_time + self.late

    @property
    def waiting(self) -> int:
        """With no review, still within the limit."""
        reached = self.published + self.approved + self.written + self.deferred
        return self.incidents - reached - self.missing


@dataclass
class Coverage:
    """The whole, its parts, and what is missing; `more` is where its next page begins, if any."""

    total: Row
    districts: list[Row]
    agencies: list[Row]
    tiers: list[Row]
    missing: list[Incident]
    more: str = ""


def coverage(user: User, asked: Asked, *, cursor: str = "") -> Coverage:
    """Counted by the database, whatever the number of incidents. Four queries.

    `cursor` is where the page of the missing before this one ended. Raises BadCursor.
    """
    rows = _incidents(user, asked)
    counted = _counted(user, rows)
    names: dict[int, Mapping[Any, str]] = {
        ALL: {None: _("All incidents")},
        DISTRICT: {
            each.pk: each.label
            for each in Area.objects.only("name", "name_ur")
            .in_bulk(_keys(counted, DISTRICT))
            .values()
        },
        AGENCY: {
            each.pk: each.label for each in Agency.objects.in_bulk(_keys(counted, AGENCY)).values()
        },
        TIER: {each.value: str(each.label) for each in ReviewTier},
    }
    missing, more = _missing(user, rows, cursor)
    return Coverage(
        total=_table(counted, ALL, names)[0],
        districts=_table(counted, DISTRICT, names),
        agencies=_table(counted, AGENCY, names),
        tiers=_table(counted, TIER, names),
        missing=missing,
        more=more,
    )


def _incidents(user: User, asked: Asked) -> IncidentQuerySet:
    rows = (
        Incident.objects.visible_to(user)
        .standing()
        .filter(sort_date__gte=asked.since, sort_date__lte=asked.until)
    )
    if asked.province:
        rows = rows.filter(province=asked.province)
    if asked.agency:
        rows = rows.filter(agency=asked.agency)
    if asked.tier:
        rows = rows.filter(_asks_for(asked.tier))
    return rows


def _asks_for(tier: str) -> Q:
    """Incidents whose dead ask for this tier: `rules.suggested_tier` as a condition."""
    counted, many = Q(killed_at_least(1)), Q(killed_at_least(MAJOR_KILLED))
    return {ReviewTier.T3: many, ReviewTier.T2: counted & ~many}.get(ReviewTier(tier), ~counted)


def _counted(user: User, rows: IncidentQuerySet) -> list[tuple[Any, ...]]:
    """A row for each part, as COUNTED says."""
    incidents, of_incidents = _told(rows).query.sql_with_params()
    reviews, of_reviews = _furthest(user).query.sql_with_params()
    query = COUNTED.format(incidents=incidents, reviews=reviews)
    with connection.cursor() as cursor:
        cursor.execute(query, [*of_incidents, *_limits(), *of_reviews])
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _limits() -> list[Any]:
    """What COUNTED tells the tiers by, and the days before which their limits are past."""
    today = timezone.localdate()
    heaviest_first = (ReviewTier.T3, ReviewTier.T2, ReviewTier.T1)
    days = [today - timedelta(hours=tier.limit_hours) for tier in heaviest_first]
    return [MAJOR_KILLED, MAJOR_KILLED, *days]


def _told(rows: IncidentQuerySet) -> QuerySet[Any, Any]:
    """With the most victims reported killed, and the last day of it: read once each."""
    counts = CasualtyCount.objects.of_victims().filter(
        incident=OuterRef("pk"), state=CasualtyState.KILLED
    )
    most = Case(When(high__gt=0, then=F("high")), default=Coalesce("best", "low", "high", Value(0)))
    highest = counts.order_by().values("incident").annotate(most=Max(most)).values("most")
    return rows.annotate(
        killed=Coalesce(Subquery(highest), Value(0)), ended=Coalesce("until_date", "sort_date")
    ).values("id", "district_id", "agency_id", "killed", "ended")


def _furthest(user: User) -> QuerySet[Any, Any]:
    """Of each reviewed incident among those told of, the review that has come furthest."""
    released = Q(state__in=RELEASED_STATES, published_at__isnull=False)
    put_off = Q(deferred_until__gte=timezone.localdate())
    return (
        Review.objects.visible_to(user)
        .originals()
        .filter(incident__in=RawSQL("SELECT id FROM told", []))
        .annotate(
            reached=Case(
                When(released & Q(published_at__lte=F("due_at")), then=Value(IN_TIME)),
                When(released, then=Value(LATE)),
                When(state=ReviewState.APPROVED, then=Value(APPROVED)),
                When(put_off, then=Value(DEFERRED)),
                default=Value(WRITTEN),
                output_field=CharField(),
            ),
            published=Case(When(released, then=TruncDate("published_at"))),
        )
        .order_by("incident_id", "reached", "id")
        .distinct("incident_id")
        .values("incident_id", "reached", "published")
    )


def _keys(counted: list[tuple[Any, ...]], of: int) -> list[int]:
    place = {DISTRICT: 1, AGENCY: 2}[of]
    return [each[place] for each in counted if each[0] == of and each[place] is not None]


def _table(
    counted: list[tuple[Any, ...]], of: int, names: Mapping[int, Mapping[Any, str]]
) -> list[Row]:
    """The parts of one kind, the most missing first."""
    place = {ALL: 1, DISTRICT: 1, AGENCY: 2, TIER: 3}[of]
    rows = []
    for each in counted:
        if each[0] != of:
            continue
        *counts, middle, ninth = each[4:]
        figures = [*counts, None if middle is None else round(middle), ninth]
        rows.append(Row(names[of].get(each[place], _("not known")), *figures))
    return sorted(rows, key=lambda row: (-row.missing, -row.incidents, row.name))


def _missing(user: User, rows: IncidentQuerySet, cursor: str) -> tuple[list[Incident], str]:
    """Past their limit with no review that the reader may see, the longest past first."""
    turn = Turn.read(cursor, ORDER) if cursor else FIRST
    turn.must_be(date, int)
    reviewed = Review.objects.visible_to(user).originals().filter(incident=OuterRef("pk"))
    rows = rows.filter(past_its_limit(timezone.localdate())).filter(~Exists(reviewed))
    found = list(
        turn.sorted(turn.beyond(rows.select_related("district", "agency")))[: MOST_NAMED + 1]
    )
    named = found[:MOST_NAMED]
    if len(found) <= MOST_NAMED:
        return named, ""
    return named, encode(FORWARD, [named[-1].sort_date, named[-1].pk])
