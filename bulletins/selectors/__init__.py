"""What the pages of bulletins show, gathered from several tables in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.choices import TLP, Classification
from agencies.models import Agency, SharingGroup, User
from agencies.models.marking import BLIND_ROLES, Person
from audit.models import Event
from bulletins import policies
from bulletins.choices import BulletinState
from bulletins.models import Brief, Bulletin, Receipt, Release, Rendering
from bulletins.models.bulletin import SECONDS, BulletinQuerySet
from bulletins.selectors.editions import only_newest
from core import keyset
from lessons.models import Lesson

BULLETIN_ORDER = ("composed_at", "id")
BRIEF_ORDER = ("requested_at", "id")
RECALL_SHOWN = timedelta(days=30)


def bulletin_page(user: User, *, state: str = "", cursor: str = "") -> keyset.Page[Bulletin]:
    """One page of the bulletins that the person may read, newest first. Raises BadCursor."""
    rows = only_newest(listed_bulletins(user, state=state), user)
    rows = rows.select_related("agency").defer("content")
    return keyset.page(rows, BULLETIN_ORDER, cursor=cursor)


def listed_bulletins(user: Person, *, state: str = "") -> BulletinQuerySet:
    """The bulletins that the person may read, narrowed as the list narrows them, in no order."""
    rows = Bulletin.objects.visible_to(user)
    return rows.filter(state=state) if state in BulletinState.values else rows


def issued_by(user: Person, agency: Agency) -> QuerySet[Bulletin]:
    """Issued bulletins of an agency that the person may read, newest first."""
    bulletins = Bulletin.objects.visible_to(user).filter(agency=agency, state=BulletinState.ISSUED)
    return bulletins.defer("content").order_by("-issued_at", "-id")


def brief_page(user: User, *, cursor: str = "") -> keyset.Page[Brief]:
    """One page of the briefs of the person's agency, newest first. Raises BadCursor."""
    rows = Brief.objects.visible_to(user).select_related("requested_by").defer("content")
    return keyset.page(rows, BRIEF_ORDER, cursor=cursor)


def inbox(user: User) -> QuerySet[Receipt]:
    """What was sent to the person's agency and can be read by the person, newest first."""
    return (
        Receipt.objects.live()
        .filter(agency=user.agency_id, bulletin__in=Bulletin.objects.visible_to(user))
        .select_related("bulletin__agency", "release")
        .order_by("-release__shared_at", "-pk")
    )


@dataclass(frozen=True)
class Recalled:
    """A bulletin that was taken back: its number, by whom, when and why, and none of its words."""

    reference: str
    agency: Agency
    recalled_at: datetime
    reason: str


def recalled_from(user: User, now: datetime) -> list[Recalled]:
    """What was taken back from the person's agency of late and reached it by no other way."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM bulletins_recalled(%s)", [now - RECALL_SHOWN])
        rows = cursor.fetchall()
    still = set(
        Bulletin.objects.visible_to(user)
        .filter(pk__in=[row[0] for row in rows])
        .values_list("pk", flat=True)
    )
    gone = [row for row in rows if row[0] not in still]
    agencies = Agency.objects.in_bulk({row[2] for row in gone})
    return [Recalled(row[1], agencies[row[2]], row[3], row[4]) for row in gone]


def own_receipt(user: User, bulletin: Bulletin) -> Receipt | None:
    """What the person's agency did with this bulletin; the release that asks most comes first."""
    receipts = (
        Receipt.objects.live()
        .filter(agency=user.agency_id, bulletin=bulletin)
        .select_related(
            *("release", "opened_by", "acknowledged_by", "briefed_by", "acted_by", "declined_by")
        )
    )
    weight = {"ACT": 0, "ACKNOWLEDGE": 1, "READ": 2}
    return min(receipts, key=lambda each: (weight[each.release.ask], each.pk), default=None)


def receipts_of(bulletin: Bulletin) -> list[Receipt]:
    """Every agency it was sent to and what it did, recalled releases left out."""
    return list(
        Receipt.objects.live()
        .filter(bulletin=bulletin)
        .select_related("agency", "release__to_group")
        .order_by("agency__name", "pk")
    )


def receipt_counts(receipts: list[Receipt]) -> list[tuple[str, int]]:
    """How many agencies have come how far: column and number, in the order of the table."""
    return [
        (_("Sent"), len(receipts)),
        (_("Delivered"), sum(bool(each.delivered_at or each.opened_at) for each in receipts)),
        (_("Opened"), sum(each.opened_at is not None for each in receipts)),
        (_("Acknowledged"), sum(each.acknowledged_at is not None for each in receipts)),
        (_("Briefed"), sum(each.briefed_at is not None for each in receipts)),
        (_("Acted"), sum(each.acted_at is not None for each in receipts)),
    ]


def standing(receipts: list[Receipt], now: datetime) -> str:
    """One sentence on how an issued bulletin stands with those it was sent to."""
    if not receipts:
        return _("Issued, and released to nobody yet.")
    sent = ngettext("Released to %(n)s agency.", "Released to %(n)s agencies.", len(receipts)) % {
        "n": len(receipts)
    }
    asked = [each for each in receipts if each.release.acknowledge_by]
    have = sum(each.acknowledged_at is not None for each in asked)
    late = sum(
        each.acknowledged_at is None
        and each.release.acknowledge_by is not None
        and each.release.acknowledge_by < now
        for each in asked
    )
    words = [sent]
    if asked:
        words.append(
            _("%(have)s of %(asked)s have acknowledged.") % {"have": have, "asked": len(asked)}
        )
    if late:
        words.append(ngettext("%(n)s is late.", "%(n)s are late.", late) % {"n": late})
    return " ".join(words)


def releases_of(bulletin: Bulletin) -> list[Release]:
    """All releases, recalled ones too: what was sent stays on the record."""
    return list(
        bulletin.releases.select_related(
            "to_agency", "to_group", "shared_by", "recalled_by"
        ).order_by("-shared_at", "-pk")
    )


def parts_of(bulletin: Bulletin) -> list[Lesson]:
    """The lessons in their order, with their owners."""
    return list(
        Lesson.objects.filter(placements__bulletin=bulletin)
        .select_related("agency")
        .order_by("placements__position")
    )


def lesson_ids(references: list[str]) -> list[int]:
    """The lessons with these references; whether they may be read, the form asks."""
    return list(Lesson.objects.filter(reference__in=references).values_list("pk", flat=True))


def seconds_of(bulletin: Bulletin) -> list[User]:
    """Who of the agency may issue and release it: reads it, has the post, did not write it."""
    people = User.objects.filter(
        agency=bulletin.agency_id,
        is_active=True,
        role__in=SECONDS,
        clearance__in=Classification.at_least(bulletin.classification),
    ).exclude(pk__in=[bulletin.composed_by_id, bulletin.changed_by_id or 0])
    if bulletin.tlp == TLP.RED:
        people = people.filter(pk__in=bulletin.releases.live().values("to_person"))
    return list(people.order_by("post", "pk"))


def second_person_sentence(user: User, bulletin: Bulletin) -> str:
    """Said to who wrote the bulletin: who may issue and release it. Blank for anybody else."""
    if not bulletin.is_written_by(user):
        return ""
    return policies.second_person_refusal(bulletin, seconds_of(bulletin))


def last_deed(bulletin: Bulletin) -> Event | None:
    """Who did something to it last, and when."""
    return Event.objects.about(bulletin).order_by("-at", "-pk").first()


def newest_rendering(product: Bulletin | Brief) -> Rendering | None:
    """Where the document is; a finished one first."""
    return product.renderings.select_related("document").order_by("-requested_at", "-pk").first()


@dataclass(frozen=True)
class Readers:
    """How many people of one agency can open a record, and why."""

    agency: Agency
    people: int
    because: str
    through: str


def readers_of(bulletin: Bulletin) -> list[Readers]:
    """Who can read an issued bulletin: the reading rule of the site, counted by agency."""
    ways = _ways(bulletin)
    cleared = Q(
        people__is_active=True,
        people__clearance__in=Classification.at_least(bulletin.classification),
    ) & ~Q(people__role__in=BLIND_ROLES)
    agencies = Agency.objects.annotate(readers=Count("people", filter=cleared))
    reached = Q(readers__gt=0) if ways is None else Q(pk__in=ways)
    level = Classification(bulletin.classification).label
    found = []
    for agency in agencies.filter(reached).order_by("name"):
        people: int = getattr(agency, "readers", 0)
        through = ways[agency.pk] if ways is not None else str(TLP(bulletin.tlp).label)
        because = _("cleared to %(level)s") if people else _("nobody cleared to %(level)s")
        found.append(Readers(agency, people, because % {"level": level}, through))
    return sorted(found, key=lambda each: each.agency.pk != bulletin.agency_id)


def _ways(bulletin: Bulletin) -> dict[int, str] | None:
    """Agency to how it reaches it; None when the label opens it to every agency."""
    if bulletin.tlp in {TLP.CLEAR, TLP.GREEN}:
        return None
    ways = {bulletin.agency_id: _("owner")}
    if bulletin.tlp != TLP.AMBER:
        return ways
    for release in bulletin.releases.live().select_related("to_group"):
        if release.to_agency_id:
            ways.setdefault(release.to_agency_id, _("named agency"))
        elif release.to_group:
            for agency_id in release.to_group.agencies.values_list("pk", flat=True):
                ways.setdefault(agency_id, release.to_group.name)
    return ways


def recipients(user: User, bulletin: Bulletin) -> tuple[QuerySet[Agency], QuerySet[SharingGroup]]:
    """Whom a release can name: not the owner, not who has it, not where nobody is cleared."""
    live = bulletin.releases.live()
    cleared = User.objects.filter(
        agency=OuterRef("pk"),
        is_active=True,
        clearance__in=Classification.at_least(bulletin.classification),
    ).exclude(role__in=BLIND_ROLES)
    agencies = (
        Agency.objects.active()
        .filter(Exists(cleared))
        .exclude(pk=bulletin.agency_id)
        .exclude(pk__in=live.exclude(to_agency=None).values("to_agency"))
        .order_by("name")
    )
    groups = (
        SharingGroup.objects.filter(agencies=user.agency_id)
        .exclude(pk__in=live.exclude(to_group=None).values("to_group"))
        .order_by("name")
    )
    return agencies, groups
