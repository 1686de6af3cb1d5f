"""Telling people of a release and of its recall, and what they want to be told by e-mail."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from agencies.choices import Caveat
from agencies.lock import deed, machine
from agencies.models import Agency, User
from audit.choices import Verb
from audit.record import record
from bulletins.choices import Delivery, NoticeKind
from bulletins.models import Bulletin, Notice, NoticeChoice, Receipt, Release
from bulletins.noticing.mailing import DELIVERED
from bulletins.noticing.tasks import ring_mail
from bulletins.selectors.notices import Addressee, in_post, told_of_release


@deed
def tell_of_release(
    *, release: Release, bulletin: Bulletin, agencies: list[Agency], at: datetime
) -> None:
    """Tell who answers for the agencies it was sent to, or the person it names."""
    people = in_post([each.pk for each in agencies], bulletin.classification)
    if named := release.to_person:
        people = [Addressee(named.pk, named.agency_id)]
    _tell(NoticeKind.RELEASED, release, bulletin, people, at, due_at=release.acknowledge_by)


@deed
def tell_of_recall(*, release: Release, bulletin: Bulletin, at: datetime) -> None:
    """Tell whoever was told of the release or has had the bulletin through it, and why."""
    people = told_of_release(release.pk, bulletin.classification)
    _tell(NoticeKind.RECALLED, release, bulletin, people, at, reason=release.recall_reason)


@deed
def choose_notices(
    *, by_mail: Iterable[str], language: str, by: User, at: datetime
) -> NoticeChoice:
    """What the person wants by e-mail, and in which language. The same twice changes nothing."""
    wanted = sorted(set(by_mail))
    return _choose(person=by, by_mail=wanted, language=language, by=by, at=at)


@deed
def note_delivered(*, receipts: Iterable[Receipt], way: Delivery, by: User, at: datetime) -> None:
    """What was sent has come into the hands of somebody there. Noted once, the first time."""
    for receipt in receipts:
        if receipt.delivered_at is None and receipt.agency_id == by.agency_id:
            with connection.cursor() as cursor:
                cursor.execute(DELIVERED, [receipt.release_id, receipt.agency_id, at, way])
                noted = cursor.fetchall()
            if noted:
                record(Verb.RECEIPT_DELIVERED, by=by, target=receipt.bulletin, at=at, way=way)


def stop_mail(*, person_id: int, kinds: Iterable[str], at: datetime) -> None:
    """No more e-mails of these kinds to a person, by the link in one of them: nobody signs in."""
    with machine():
        person = User.objects.get(pk=person_id)
        now = NoticeChoice.objects.filter(person=person).first()
        wanted = set(now.by_mail if now else NoticeKind.values) - set(kinds)
        language = now.language if now else NoticeChoice._meta.get_field("language").default
        _choose(person=person, by_mail=sorted(wanted), language=language, by=None, at=at)


@deed
def _choose(
    *, person: User, by_mail: list[str], language: str, by: User | None, at: datetime
) -> NoticeChoice:
    now = NoticeChoice.objects.select_for_update().filter(person=person).first()
    if now is not None and (sorted(now.by_mail), now.language) == (by_mail, language):
        return now
    choice, _new = NoticeChoice.objects.update_or_create(
        person=person, defaults={"by_mail": by_mail, "language": language, "changed_at": at}
    )
    record(Verb.MAIL_CHOSEN, by=by, target=choice, at=at, by_mail=by_mail, language=language)
    return choice


def _tell(
    kind: NoticeKind,
    release: Release,
    bulletin: Bulletin,
    people: Iterable[Addressee],
    at: datetime,
    *,
    due_at: datetime | None = None,
    reason: str = "",
) -> None:
    """Write the notices; they leave when the deed is done."""
    told = [
        Notice(
            kind=kind,
            bulletin=bulletin,
            release=release,
            person_id=each.person_id,
            agency_id=each.agency_id,
            sender_id=bulletin.agency_id,
            at=at,
            try_at=at,
            reference=bulletin.reference,
            tlp=bulletin.tlp,
            classification=bulletin.classification,
            ask=release.ask,
            due_at=due_at,
            reason=reason,
        )
        for each in people
    ]
    for each in told:
        if each.is_open and Caveat.EYES not in bulletin.caveats:
            each.title = bulletin.title
    Notice.objects.bulk_create(told, ignore_conflicts=True)
    if told:
        transaction.on_commit(ring_mail)
