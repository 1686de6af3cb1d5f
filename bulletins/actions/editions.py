"""A further edition of what is issued: a draft of the same number that starts as its copy."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from agencies.choices import TLP, Classification
from agencies.lock import deed
from agencies.models import Marked, User
from audit.choices import Verb
from audit.record import record
from bulletins import policies
from bulletins.actions._kinds import BulletinNotReady, hold_incident, require_incident
from bulletins.actions.consents import OriginatorNotAsked, require_consent
from bulletins.choices import BulletinState
from bulletins.inputs import BulletinText
from bulletins.models import Bulletin, BulletinLesson
from incidents.models import Incident
from lessons.models import Lesson


@deed
def begin_edition(*, bulletin_id: int, change_note: str, by: User, at: datetime) -> Bulletin:
    """Start the next edition as a copy of the one that is issued. Twice finds the same draft.

    A lesson that may not go on any more is left out, and a part that is marked higher by now marks
    the draft up. The edition before stands until the draft is issued.
    """
    of_incident = Bulletin.objects.visible_to(by).filter(pk=bulletin_id)
    hold_incident(of_incident.values_list("incident_id", flat=True).first(), by=by)
    former = Bulletin.objects.visible_to(by).select_for_update(of=("self",)).get(pk=bulletin_id)
    if not policies.can_begin_edition(by, former):
        raise PermissionDenied
    if draft := Bulletin.objects.visible_to(by).filter(supersedes=former).first():
        if draft.state == BulletinState.DRAFT:
            return draft
        raise BulletinNotReady(
            _("Edition %(edition)d is issued already; begin from that one.")
            % {"edition": draft.edition}
        )
    if not change_note.strip():
        raise BulletinNotReady(_("Say in a sentence what changes."))
    draft = _copy(former, change_note.strip(), by)
    draft.composed_at = at
    lessons = _lessons_still(former, by)
    incident = Incident.objects.visible_to(by).filter(pk=former.incident_id or 0).first()
    _mark_up(draft, [*lessons, *([incident] if incident else [])])
    draft.incident = require_incident(draft, former.incident_id, by=by)
    draft.save(force_insert=True)
    BulletinLesson.objects.bulk_create(
        BulletinLesson(bulletin=draft, lesson=lesson, position=position)
        for position, lesson in enumerate(lessons, start=1)
    )
    record(Verb.BULLETIN_COMPOSED, by=by, target=draft, at=at, supersedes=former.edition)
    return draft


def _copy(former: Bulletin, change_note: str, by: User) -> Bulletin:
    """The words and the marking of the edition before, one higher."""
    words = {each.name: getattr(former, each.name) for each in fields(BulletinText)}
    return Bulletin(
        **words,
        kind=former.kind,
        reference=former.reference,
        edition=former.edition + 1,
        supersedes=former,
        change_note=change_note,
        agency=by.agency,
        is_example=former.is_example,
        composed_by=by,
    )


def _lessons_still(former: Bulletin, by: User) -> list[Lesson]:
    """Its lessons in their order, as far as they may be read and passed on now; held still."""
    rows = Lesson.objects.visible_to(by).endorsed().filter(placements__bulletin=former)
    held = rows.select_related("agency").order_by("pk").select_for_update(of=("self",), no_key=True)
    by_key = {lesson.pk: lesson for lesson in held if _may_go_on(lesson, by)}
    places = former.parts.order_by("position").values_list("lesson_id", flat=True)
    return [by_key[key] for key in places if key in by_key]


def _may_go_on(lesson: Lesson, by: User) -> bool:
    try:
        require_consent([lesson], by=by)
    except OriginatorNotAsked:
        return False
    return lesson.agency_id == by.agency_id or lesson.tlp in policies.FREE


def _mark_up(draft: Bulletin, parts: Sequence[Marked]) -> None:
    """Mark the draft at least as its parts are marked now."""
    for part in parts:
        draft.tlp = max(draft.tlp, part.tlp, key=lambda each: TLP(each).rank)
        draft.classification = max(
            draft.classification,
            part.classification,
            key=lambda each: Classification(each).rank,
        )
        draft.caveats = sorted({*draft.caveats, *part.caveats})
