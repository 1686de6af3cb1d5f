"""Who would read a record: the reading rule turned round, from a marking to the people.

`MarkedQuerySet.visible_to` goes from a person to the records. Before anything is widened the page
says whom that would reach; a test tries both on the same people and records, so they agree.
"""

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Self

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.choices import TLP, Caveat, Classification
from agencies.models import Agency, Marked, SharingGroup, User
from agencies.models.marking import BLIND_ROLES

# How many posts of one agency are named; the number of people is always whole.
MOST_NAMED = 50


@dataclass(frozen=True, kw_only=True)
class Reach:
    """A marking and those it names: as a record stands, or as it would."""

    agency_id: int
    tlp: str
    classification: str
    caveats: frozenset[str] = frozenset()
    agencies: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()

    @classmethod
    def of(cls, record: Marked) -> Self:
        """As the record stands."""
        named = list(record.shares_of(record.pk).values_list("to_agency", "to_group", "to_person"))
        agencies, groups, people = (
            frozenset(row[at] for row in named if row[at]) for at in range(3)
        )
        return cls(
            agency_id=record.agency_id,
            tlp=record.tlp,
            classification=record.classification,
            caveats=frozenset(record.caveats),
            agencies=agencies,
            groups=groups,
            people=people,
        )

    def with_recipient(self, recipient: Agency | SharingGroup | User) -> Self:
        """As it would be with one more that it is passed to."""
        name = {Agency: "agencies", SharingGroup: "groups", User: "people"}[type(recipient)]
        return replace(self, **{name: getattr(self, name) | {recipient.pk}})

    @property
    def is_public(self) -> bool:
        """Read without signing in."""
        unmarked = self.classification == Classification.UNMARKED
        return self.tlp == TLP.CLEAR and unmarked and not self.is_eyes_only

    @property
    def is_eyes_only(self) -> bool:
        """For its owner and whom it names, whatever its TLP."""
        return Caveat.EYES in self.caveats


def cleared(reach: Reach) -> Q:
    """People who may read what is classified like this at all."""
    levels = Classification.at_least(reach.classification)
    return Q(is_active=True, clearance__in=levels)


def marking_reaches(reach: Reach) -> Q:
    """People whom the marking lets read; the mirror of `MarkedQuerySet.marking_allows`."""
    if reach.is_public:
        return Q(is_active=True)
    named = Q(pk__in=reach.people)
    members = SharingGroup.agencies.through.objects.filter(sharinggroup_id__in=reach.groups)
    passed = named | Q(agency_id__in=reach.agencies) | Q(agency_id__in=members.values("agency_id"))
    own = Q(agency_id=reach.agency_id)
    by_tlp = {
        TLP.CLEAR: own | passed if reach.is_eyes_only else Q(),
        TLP.GREEN: own | passed if reach.is_eyes_only else Q(),
        TLP.AMBER: own | passed,
        TLP.AMBER_STRICT: own,
        TLP.RED: named,
    }[TLP(reach.tlp)]
    return cleared(reach) & ~Q(role__in=BLIND_ROLES) & by_tlp


@dataclass(frozen=True)
class AgencyReaders:
    """The people of one agency who would read it, by post."""

    agency: Agency
    people: int
    posts: list[str]

    @property
    def unnamed(self) -> int:
        """How many more there are than are named."""
        return self.people - len(self.posts)


@dataclass(frozen=True)
class Readers:
    """Who would read it, agency by agency, the owner first."""

    rows: list[AgencyReaders]
    is_public: bool

    @property
    def sentence(self) -> str:
        """`3 people in 2 agencies`, and whether anybody else."""
        people = sum(row.people for row in self.rows)
        counted = _("%(people)s in %(agencies)s.") % {
            "people": ngettext("%(n)s person", "%(n)s people", people) % {"n": people},
            "agencies": ngettext("%(n)s agency", "%(n)s agencies", len(self.rows))
            % {"n": len(self.rows)},
        }
        if self.is_public:
            return _("Anyone, without signing in. With a sign-in here: %(counted)s") % {
                "counted": counted
            }
        return counted


def count_readers(people: "QuerySet[User]", reach: Reach) -> Readers:
    """The people of a query, counted and named by agency. Two queries."""
    found = people.order_by("agency_id", "post", "pk").values_list("agency_id", "post")
    posts = {
        agency_id: [post for _agency, post in rows]
        for agency_id, rows in groupby(found, key=lambda row: row[0])
    }
    rows = [
        AgencyReaders(agency, len(posts[agency.pk]), posts[agency.pk][:MOST_NAMED])
        for agency in Agency.objects.filter(pk__in=posts).order_by("name", "pk")
    ]
    rows.sort(key=lambda row: row.agency.pk != reach.agency_id)
    return Readers(rows, reach.is_public)


def readers_of_marking(reach: Reach) -> "QuerySet[User]":
    """Everybody whom the marking lets read, where nothing else narrows or widens it."""
    return User.objects.filter(marking_reaches(reach))
