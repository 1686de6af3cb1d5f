"""Composing, changing and issuing bulletins."""

from dataclasses import fields, replace
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.choices import TLP, Classification
from agencies.lock import deed
from agencies.models import User
from agencies.models.marking import allowed_classifications
from audit.choices import Verb
from audit.record import record
from audit.sealing.printed import short_root
from bulletins import policies
from bulletins.actions._kinds import (
    BulletinNotReady,
    MarkedTooLow,
    hold_incident,
    require_incident,
    require_its_kind,
)
from bulletins.actions.consents import require_consent
from bulletins.actions.numbers import next_reference
from bulletins.actions.renderings import ask_for_rendering
from bulletins.actions.seconds import refuse_its_author
from bulletins.choices import BulletinKind, BulletinState
from bulletins.inputs import BulletinText
from bulletins.models import Bulletin, BulletinLesson
from bulletins.rendering.of_product import product_document
from bulletins.rendering.records import record_hash, to_record
from core.errors import StaleEdit
from lessons.models import Lesson, LessonQuerySet

__all__ = [
    "BulletinNotReady",
    "MarkedTooLow",
    "change_bulletin",
    "compose_bulletin",
    "issue_bulletin",
]


@deed
def compose_bulletin(
    *,
    text: BulletinText,
    lesson_ids: list[int],
    by: User,
    at: datetime,
    origin: str | None = None,
    kind: str = BulletinKind.LESSONS,
    incident_id: int | None = None,
) -> Bulletin:
    """Start a product; it stays a draft of the agency until it is issued.

    A flash is about an incident, every other kind rests on endorsed lessons.
    `origin` names the form it was written on: a second click gives the draft of the first.
    """
    if not policies.can_compose(by):
        raise PermissionDenied
    hold_incident(incident_id, by=by)
    number = next_reference(Bulletin, BulletinKind(kind).prefix, timezone.localdate(at).year)
    # Asked after the number: whoever clicked first has it by now.
    if origin and (composed := Bulletin.objects.visible_to(by).filter(origin=origin).first()):
        return composed
    bulletin = Bulletin(
        kind=kind,
        reference=number,
        origin=origin,
        agency=by.agency,
        composed_at=at,
        composed_by=by,
    )
    _write(bulletin, text, by)
    lessons = _lessons(bulletin, lesson_ids, by)
    bulletin.incident = require_incident(bulletin, incident_id, by=by)
    bulletin.is_example = _rests_on_examples(bulletin, lessons)
    bulletin.save(force_insert=True)
    _place(bulletin, lessons)
    record(
        Verb.BULLETIN_COMPOSED,
        by=by,
        target=bulletin,
        at=at,
        lessons=[lesson.reference for lesson in lessons],
    )
    return bulletin


@deed
def change_bulletin(
    *,
    bulletin_id: int,
    text: BulletinText,
    lesson_ids: list[int],
    lock_version: int,
    by: User,
    at: datetime,
) -> Bulletin:
    """Change a draft. Raises StaleEdit when somebody saved it since it was read."""
    _hold_still(Lesson.objects.visible_to(by).filter(pk__in=lesson_ids))
    hold_incident(_incident_of(bulletin_id, by), by=by)
    bulletin = Bulletin.objects.visible_to(by).select_for_update(of=("self",)).get(pk=bulletin_id)
    if not policies.can_change(by, bulletin):
        raise PermissionDenied
    if bulletin.lock_version != lock_version:
        raise StaleEdit(_("Somebody else saved this bulletin since you opened it."))
    _write(bulletin, text, by)
    lessons = _lessons(bulletin, lesson_ids, by)
    require_incident(bulletin, bulletin.incident_id, by=by)
    bulletin.is_example = bulletin.is_example or _rests_on_examples(bulletin, lessons)
    bulletin.changed_at, bulletin.changed_by = at, by
    bulletin.lock_version += 1
    bulletin.save()
    bulletin.parts.all().delete()
    _place(bulletin, lessons)
    record(
        Verb.BULLETIN_CHANGED,
        by=by,
        target=bulletin,
        at=at,
        lessons=[lesson.reference for lesson in lessons],
    )
    return bulletin


@deed
def issue_bulletin(*, bulletin_id: int, by: User, at: datetime) -> Bulletin:
    """Freeze what another has written and have its PDF made. Twice is the same as once."""
    _hold_still(Lesson.objects.visible_to(by).filter(bulletins=bulletin_id))
    hold_incident(_incident_of(bulletin_id, by), by=by)
    bulletin = Bulletin.objects.visible_to(by).select_for_update(of=("self",)).get(pk=bulletin_id)
    if bulletin.state == BulletinState.ISSUED and policies.can_release(by, bulletin):
        return bulletin
    if not policies.can_issue(by, bulletin):
        raise PermissionDenied
    refuse_its_author(bulletin, by)
    placed = list(bulletin.parts.order_by("position").values_list("lesson_id", flat=True))
    _lessons(bulletin, placed, by)
    require_incident(bulletin, bulletin.incident_id, by=by)
    if not bulletin.audience.strip():
        raise BulletinNotReady(_("Say for whom the bulletin is."))
    document = product_document(bulletin, by=by, at=at)
    content = to_record(replace(document, seal=short_root()))
    bulletin.content, bulletin.sha256 = content, record_hash(content)
    bulletin.state = BulletinState.ISSUED
    bulletin.issued_at, bulletin.issued_by = at, by
    bulletin.lock_version += 1
    bulletin.save()
    record(Verb.BULLETIN_ISSUED, by=by, target=bulletin, at=at, sha256=bulletin.sha256)
    ask_for_rendering(product=bulletin, by=by, at=at)
    return bulletin


def _write(bulletin: Bulletin, text: BulletinText, by: User) -> None:
    """Set what the editor wrote, or refuse it."""
    for each in fields(text):
        value = getattr(text, each.name)
        setattr(bulletin, each.name, list(value) if isinstance(value, tuple) else value)
    if not bulletin.title.strip() or not bulletin.bottom_line.strip():
        raise BulletinNotReady(_("Give the bulletin a title and a bottom line."))
    if bulletin.classification not in allowed_classifications():
        raise BulletinNotReady(_("This deployment may not hold this classification."))
    if bulletin.classification not in Classification.up_to(by.clearance):
        raise BulletinNotReady(_("You cannot mark higher than you are cleared to read."))
    if bulletin.tlp == TLP.CLEAR and bulletin.classification != Classification.UNMARKED:
        raise BulletinNotReady(_("TLP:CLEAR is public; a classified bulletin cannot be."))
    require_its_kind(bulletin)


def _lessons(bulletin: Bulletin, lesson_ids: list[int], by: User) -> list[Lesson]:
    """The lessons in the order given; refuses what is missing, not endorsed or marked higher."""
    if bulletin.kind == BulletinKind.FLASH and not lesson_ids:
        return []
    chosen = Lesson.objects.visible_to(by).filter(pk__in=lesson_ids)
    _hold_still(chosen)
    rows = chosen.select_related("agency").in_bulk()
    missing = [each for each in lesson_ids if each not in rows]
    if not lesson_ids or missing:
        raise BulletinNotReady(_("Choose at least one lesson that you may read."))
    lessons = [rows[each] for each in dict.fromkeys(lesson_ids)]
    endorsed = set(Lesson.objects.endorsed().filter(pk__in=lesson_ids).values_list("pk", flat=True))
    for lesson in lessons:
        if lesson.pk not in endorsed:
            raise BulletinNotReady(
                _("%(lesson)s is not endorsed; a bulletin carries endorsed lessons.")
                % {"lesson": lesson.reference}
            )
    if refusal := policies.marking_refusal(bulletin, lessons):
        raise MarkedTooLow(refusal)
    require_consent(lessons, by=by)
    return lessons


def _hold_still(lessons: LessonQuerySet) -> None:
    """Nobody marks these lessons up until this deed is done.

    Asked before the bulletin is locked: marking a lesson up takes the lesson first, then the
    drafts that carry it, so nobody waits for each other.
    """
    held = lessons.order_by("pk").select_for_update(of=("self",), no_key=True)
    list(held.values_list("pk", flat=True))


def _incident_of(bulletin_id: int, by: User) -> int | None:
    """The incident of a flash, which never changes; asked before the flash is locked."""
    found = Bulletin.objects.visible_to(by).filter(pk=bulletin_id)
    return found.values_list("incident_id", flat=True).first()


def _rests_on_examples(bulletin: Bulletin, lessons: list[Lesson]) -> bool:
    about = bulletin.incident
    return (about is not None and about.is_example) or any(each.is_example for each in lessons)


def _place(bulletin: Bulletin, lessons: list[Lesson]) -> None:
    BulletinLesson.objects.bulk_create(
        BulletinLesson(bulletin=bulletin, lesson=lesson, position=position)
        for position, lesson in enumerate(lessons, start=1)
    )
