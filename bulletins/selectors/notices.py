"""Who is told of a bulletin, and what a person was told."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q

from agencies.choices import Classification, Role
from agencies.models import Posting, User
from bulletins.choices import MailState, NoticeKind
from bulletins.models import Bulletin, Notice, ReceiptReminder
from bulletins.policies import ANSWERERS
from core import keyset

NOTICE_ORDER = ("at", "id")


@dataclass(frozen=True)
class Addressee:
    """A person, and the agency in whose post they are told."""

    person_id: int
    agency_id: int


def in_post(
    agencies: Iterable[int], level: str, roles: Iterable[Role] = ANSWERERS
) -> list[Addressee]:
    """Who holds one of these posts in one of these agencies and is cleared; each person once."""
    found = (
        Posting.objects.live()
        .filter(
            agency__in=agencies,
            role__in=roles,
            person__is_active=True,
            person__clearance__in=Classification.at_least(level),
        )
        .order_by("person", "pk")
        .values_list("person", "agency")
    )
    return _once(found)


def told_of_release(release_id: int, level: str) -> list[Addressee]:
    """Whom the recall of a release concerns: who was told of it, and who has had the bulletin."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person, agency FROM bulletins_told(%s)", [release_id])
        known = dict(cursor.fetchall())
    people = User.objects.filter(
        pk__in=known, is_active=True, clearance__in=Classification.at_least(level)
    )
    return [Addressee(pk, known[pk]) for pk in people.order_by("pk").values_list("pk", flat=True)]


def notice_page(user: User, *, cursor: str = "") -> keyset.Page[Notice]:
    """One page of what the person was told, newest first. Raises BadCursor."""
    rows = Notice.objects.visible_to(user).select_related("agency", "sender")
    return keyset.page(rows, NOTICE_ORDER, cursor=cursor)


def readable_of(user: User, notices: Iterable[Notice]) -> dict[int, Bulletin]:
    """Those of the bulletins that the person may read now, by number."""
    numbers = {each.bulletin_id for each in notices}
    return Bulletin.objects.visible_to(user).defer("content").in_bulk(numbers)


@dataclass(frozen=True)
class Mailed:
    """How the e-mails of one bulletin stand: how many of each, and what failed."""

    sent: int
    waiting: int
    unwanted: int
    failed: list[Notice]


def mailed_of(user: User, bulletin: Bulletin) -> Mailed | None:
    """The same for who sends the agency's bulletins; None where nobody was told."""
    rows = Notice.objects.sent_from(user).filter(bulletin=bulletin)
    counts = rows.aggregate(
        **{state.lower(): Count("pk", filter=Q(state=state)) for state in MailState.values}
    )
    if not any(counts.values()):
        return None
    failed = rows.filter(state=MailState.FAILED).select_related("person", "agency")
    return Mailed(
        counts["sent"], counts["waiting"], counts["unwanted"], list(failed.order_by("pk")[:50])
    )


def reminders_of(user: User, bulletin: Bulletin) -> list[ReceiptReminder]:
    """Who was reminded of what of this bulletin and when, the newest first."""
    rows = ReceiptReminder.objects.visible_to(user).filter(receipt__bulletin=bulletin)
    return list(rows.select_related("receipt__agency").order_by("-at", "-pk")[:200])


def is_overtaken(notice: Notice) -> bool:
    """Whether the release that it tells of was recalled before its e-mail went out."""
    later = Notice.objects.filter(
        release=notice.release_id, person=notice.person_id, kind=NoticeKind.RECALLED
    )
    return notice.kind != NoticeKind.RECALLED and later.exists()


def _once(pairs: Iterable[tuple[int, int]]) -> list[Addressee]:
    first: dict[int, int] = {}
    for person, agency in pairs:
        first.setdefault(person, agency)
    return [Addressee(person, agency) for person, agency in first.items()]
