"""Roles unresolved across the reviews that somebody may see: by role, by district, by group."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.page_marking import PageMarking, highest_of
from core import text
from incidents.models import Incident
from reviews.choices import UNRESOLVED, NetworkRoleKind
from reviews.models import NetworkRole, Review, ReviewQuerySet

WHERE = "review__incident__district"


@dataclass(frozen=True)
class ByRole:
    """One role: its unresolved lines by status, and in how many reviews nobody looked at it."""

    kind: str
    label: str
    # Each status in words, and its lines.
    by_status: tuple[tuple[str, int], ...]
    total: int
    not_looked_at: int


@dataclass(frozen=True)
class Tally:
    """Unresolved lines of one district or of one group, and of how many incidents."""

    label: str
    lines: int
    incidents: int
    pk: int | None = None


@dataclass(frozen=True)
class Unresolved:
    """What is unresolved, counted."""

    reviews: int
    total: int
    roles: list[ByRole]
    districts: list[Tally]
    groups: list[Tally]
    marking: PageMarking | None


def unresolved_rows(user: User, kind: str, province: int | None) -> "QuerySet[NetworkRole]":
    """The unresolved lines themselves, each with its review and its incident."""
    rows = NetworkRole.objects.filter(
        review__in=_reviews(user, province), status__in=UNRESOLVED, **_of_kind(kind)
    )
    return rows.select_related("review__agency", "review__incident__district")


def unresolved(user: User, kind: str, province: int | None) -> Unresolved:
    """Counts over the reviews of standing incidents that `user` may see. Four queries.

    An amendment repeats the lines of its review and is not counted beside it.
    """
    reviews = _reviews(user, province)
    marks = list(
        reviews.values_list(
            *("tlp", "classification", "caveats"),
            *("incident__tlp", "incident__classification", "incident__caveats"),
        ).annotate(n=Count("pk"))
    )
    number = sum(mark[6] for mark in marks)
    open_lines = Q(status__in=UNRESOLVED)
    rows = NetworkRole.objects.filter(review__in=reviews, **_of_kind(kind))
    said = rows.values_list("kind").annotate(reviews=Count("review", distinct=True))
    by_kind = Counter({(each, status): n for each, status, n in rows.filter(open_lines)
                       .values_list("kind", "status").annotate(n=Count("pk"))})  # fmt: skip
    places = list(
        rows.filter(open_lines)
        .values_list(
            *("review__incident", f"{WHERE}_id", f"{WHERE}__name", f"{WHERE}__name_ur"),
            "review__adversary__group_named",
        )
        .annotate(n=Count("pk"))
    )
    return Unresolved(
        reviews=number,
        total=sum(by_kind.values()),
        roles=_by_role(kind, dict(said), by_kind, number),
        districts=_by_district(places),
        groups=_by_group(places),
        marking=highest_of([each for mark in marks for each in (mark[:3], mark[3:6])]),
    )


def _reviews(user: User, province: int | None) -> ReviewQuerySet:
    incidents = Incident.objects.visible_to(user).standing()
    if province is not None:
        incidents = incidents.filter(province=province)
    return Review.objects.visible_to(user).originals().filter(incident__in=incidents)


def _of_kind(kind: str) -> dict[str, str]:
    return {"kind": kind} if kind else {}


def _by_role(
    kind: str, said: dict[str, int], lines: "Counter[tuple[str, str]]", reviews: int
) -> list[ByRole]:
    found = []
    for each in NetworkRoleKind:
        if kind and each != kind:
            continue
        by_status = tuple((str(status.label), lines[each.value, status]) for status in UNRESOLVED)
        found.append(
            ByRole(
                kind=each.value,
                label=str(each.label),
                by_status=by_status,
                total=sum(n for _label, n in by_status),
                not_looked_at=reviews - said.get(each.value, 0),
            )
        )
    return sorted(found, key=lambda role: -role.total)


Place = tuple[int, int | None, str | None, str | None, str | None, int]


def _by_district(places: list[Place]) -> list[Tally]:
    named: dict[int | None, tuple[str, Counter[int]]] = {}
    for incident, pk, name, name_ur, _group, n in places:
        label = (name_ur if text.language() == "ur" else "") or name or _("District not known")
        named.setdefault(pk, (label, Counter()))[1][incident] += n
    return _tallied([(label, counts, pk) for pk, (label, counts) in named.items()])


def _by_group(places: list[Place]) -> list[Tally]:
    named: dict[str, tuple[str, Counter[int]]] = {}
    for incident, _pk, _name, _ur, group, n in places:
        label = (group or "").strip() or _("No group named")
        named.setdefault(label.casefold(), (label, Counter()))[1][incident] += n
    return _tallied([(label, counts, None) for label, counts in named.values()])


def _tallied(found: list[tuple[str, "Counter[int]", int | None]]) -> list[Tally]:
    tallies = [
        Tally(label=label, lines=counts.total(), incidents=len(counts), pk=pk)
        for label, counts, pk in found
    ]
    return sorted(tallies, key=lambda each: (-each.lines, each.label))
