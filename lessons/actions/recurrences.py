"""Saying that the same failure came back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from incidents.models import Incident
from lessons import policies
from lessons.actions.marking import check_within_reach
from lessons.actions.refusals import LessonRefused
from lessons.models import Recurrence, RecurrenceCase
from lessons.selectors.marking import Marking, higher_than


@dataclass(frozen=True, kw_only=True)
class Case:
    """One occurrence: an incident of the register, words about it, or both."""

    incident_id: int | None = None
    text: str = ""


@deed
def record_recurrence(
    *,
    key: str,
    failure: str,
    cases: Sequence[Case],
    marking: Marking,
    by: User,
    at: datetime,
    what_differed: str = "",
    lesson_to_test: str = "",
    note: str = "",
) -> Recurrence:
    """Group incidents in which the same thing failed. The same key again changes nothing."""
    if not policies.can_record_recurrence(by):
        raise PermissionDenied
    if known := Recurrence.objects.visible_to(by).filter(key=key).first():
        return known
    if not cases:
        raise LessonRefused(_("Name at least one occurrence."))
    check_within_reach(marking, by=by)
    incidents = {case.incident_id for case in cases if case.incident_id is not None}
    found = list(Incident.objects.visible_to(by).filter(pk__in=incidents))
    if len(found) != len(incidents):
        raise Incident.DoesNotExist
    if higher := higher_than(marking, found):
        raise LessonRefused(
            _("%(parts)s is marked higher than this.")
            % {"parts": ", ".join(incident.reference for incident in higher)}
        )
    recurrence = Recurrence.objects.create(
        key=key,
        failure=failure,
        what_differed=what_differed,
        lesson_to_test=lesson_to_test,
        note=note,
        agency_id=by.agency_id,
        tlp=marking.tlp,
        classification=marking.classification,
        caveats=list(marking.caveats),
        is_example=any(incident.is_example for incident in found),
        recorded_at=at,
        recorded_by=by,
    )
    RecurrenceCase.objects.bulk_create(
        RecurrenceCase(
            recurrence=recurrence, incident_id=case.incident_id, text=case.text, position=position
        )
        for position, case in enumerate(cases)
    )
    record(Verb.RECURRENCE_RECORDED, by=by, target=recurrence, at=at, key=key)
    return recurrence
