"""The directory of agencies, and the page of one."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, F, Prefetch

from agencies.choices import Role, Tier
from agencies.models import Agency, SharingGroup, User
from places.models import Area


@dataclass(frozen=True)
class Shelf:
    """Agencies of one tier in one province, or of the whole state where there is none."""

    tier: str
    province: Area | None
    agencies: list[Agency]


@dataclass(frozen=True)
class AgencyPage:
    """One agency with what `user` may know of it."""

    agency: Agency
    people: list[tuple[str, int]]
    groups: list[SharingGroup]


def directory(words: str) -> list[Shelf]:
    """Active agencies whose names fit, by tier, province and name. One query."""
    agencies = (
        Agency.objects.active()
        .named(words)
        .select_related("province")
        .defer("province__shape")
        .order_by("tier", F("province__name").asc(nulls_first=True), "name", "id")
    )
    return [
        Shelf(str(Tier(tier).label), rows[0].province, rows)
        for (tier, _province), group in groupby(agencies, key=lambda a: (a.tier, a.province_id))
        if (rows := list(group))
    ]


def agency_page(user: User, agency: Agency) -> AgencyPage:
    """What `user` may know of an agency. Three queries."""
    members = Agency.objects.active().order_by("name", "id")
    groups = SharingGroup.objects.visible_to(user).with_agency(agency.pk).order_by("name")
    return AgencyPage(
        agency=agency,
        people=_people(agency),
        groups=list(groups.prefetch_related(Prefetch("agencies", queryset=members))),
    )


def _people(agency: Agency) -> list[tuple[str, int]]:
    """How many hold each role; never who."""
    rows = User.objects.filter(agency=agency, is_active=True).values_list("role")
    counted = dict(rows.annotate(number=Count("pk")).order_by())
    return [(str(role.label), counted[role]) for role in Role if role in counted]
