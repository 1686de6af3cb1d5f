"""Letting an incident go further: one person asks, another of the agency grants or refuses.

Narrowing needs nobody else: it is a correction of the record (`change_incident`).
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from agencies.choices import WideningState
from agencies.lock import deed
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken
from incidents import policies, rules, selectors
from incidents.actions._incident import fetch
from incidents.details import Wish
from incidents.models import Incident, IncidentWidening


class WideningRefused(RuleBroken):
    """The request cannot be made or decided like this."""


class NeedsSecondPerson(RuleBroken):
    """Who asks for a widening does not decide on it."""


@deed
def ask_to_widen(*, incident_id: int, wish: Wish, by: User, at: datetime) -> IncidentWidening:
    """Ask another of the agency to let the incident go further. The same twice is once."""
    incident = fetch(incident_id, by)
    if not policies.can_ask_to_widen(by, incident):
        raise PermissionDenied
    rules.refuse(rules.broken_by_wish(wish, incident, by=by))
    asked = IncidentWidening.objects.filter(record=incident, state=WideningState.ASKED).first()
    if asked is not None:
        if wish == Wish.of(asked) and asked.asked_by_id == by.pk:
            return asked
        raise WideningRefused(_("A widening of this record is asked for already."))
    widening = IncidentWidening.objects.create(
        record=incident,
        agency_id=incident.agency_id,
        reference=incident.reference,
        from_tlp=incident.tlp,
        from_classification=incident.classification,
        from_caveats=incident.caveats,
        asked_at=at,
        asked_by=by,
        **wish.columns(),
    )
    record(
        Verb.WIDENING_ASKED, by=by, target=incident, at=at, widening=widening.pk, **_words(widening)
    )
    return widening


@deed
def grant_widening(*, widening_id: int, by: User, at: datetime) -> IncidentWidening:
    """Let the record go as far as was asked; the database marks it in the same moment."""
    widening = _undecided(widening_id, by, twice=WideningState.GRANTED)
    if widening.state == WideningState.GRANTED:
        return widening
    widening.state = WideningState.GRANTED
    widening.decided_at, widening.decided_by = at, by
    widening.save(update_fields=["state", "decided_at", "decided_by"])
    _tell(verb=Verb.WIDENING_GRANTED, widening=widening, by=by, at=at)
    return widening


@deed
def refuse_widening(*, widening_id: int, answer: str, by: User, at: datetime) -> IncidentWidening:
    """Leave the record as it is marked, and say why."""
    widening = _undecided(widening_id, by, twice=WideningState.REFUSED)
    if widening.state == WideningState.REFUSED:
        return widening
    if not answer.strip():
        raise WideningRefused(_("Say why; who asked is shown your words."))
    widening.state, widening.answer = WideningState.REFUSED, answer.strip()
    widening.decided_at, widening.decided_by = at, by
    widening.save(update_fields=["state", "answer", "decided_at", "decided_by"])
    _tell(verb=Verb.WIDENING_REFUSED, widening=widening, by=by, at=at)
    return widening


@deed
def withdraw_widenings(*, incident: Incident, by: User, at: datetime) -> None:
    """The marking changed: what was asked of the old one is no longer the question."""
    asked = IncidentWidening.objects.filter(record=incident, state=WideningState.ASKED)
    asked.update(state=WideningState.WITHDRAWN, decided_at=at, decided_by=by)


def _undecided(widening_id: int, by: User, *, twice: str) -> IncidentWidening:
    """The request, locked, for somebody else to decide; as it is where it is decided so already."""
    rows = IncidentWidening.objects.visible_to(by).select_related("asked_by")
    widening = rows.select_for_update(of=("self",)).get(pk=widening_id)
    if not policies.can_decide_widening(by, widening):
        raise PermissionDenied
    if widening.state == twice:
        return widening
    if widening.state != WideningState.ASKED:
        raise WideningRefused(_("This request is decided already."))
    if widening.asked_by_id == by.pk:
        raise NeedsSecondPerson(selectors.second_person_sentence(widening))
    return widening


@deed
def _tell(*, verb: Verb, widening: IncidentWidening, by: User, at: datetime) -> None:
    # Who decides need not be a reader of the record: it is named, not fetched.
    incident = Incident(
        pk=widening.record_id, reference=widening.reference, agency_id=widening.agency_id
    )
    record(verb, by=by, target=incident, at=at, widening=widening.pk, **_words(widening))


def _words(widening: IncidentWidening) -> dict[str, object]:
    return {
        "from": [widening.from_tlp, widening.from_classification, *widening.from_caveats],
        "to": [widening.tlp, widening.classification, *widening.caveats],
        "reader": widening.reader_id,
    }
