"""What is added to an incident section by section; a correction is a later row."""

from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.lock import deed
from agencies.models import User
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken
from incidents import rules
from incidents.actions._incident import fetch_for_change, source_of
from incidents.choices.particulars import Fate
from incidents.details import SourceDetails
from incidents.models import Attackers, Incident, Particular, Source
from incidents.rules_of_details import broken_by_particular


class DetailRefused(RuleBroken):
    """The detail cannot be put on the record, corrected or withdrawn."""


@deed
def add_particular(
    *,
    incident_id: int,
    said: Particular,
    by: User,
    at: datetime,
    source: SourceDetails | None = None,
) -> Particular:
    """Put one detail on the record; `said` is a row of its section that is not stored yet.

    The same twice is one row.
    """
    incident = fetch_for_change(incident_id, by)
    return store_particular(
        incident=incident, said=said, source=source_of(incident, source), by=by, at=at
    )


@deed
def correct_particular(
    *,
    incident_id: int,
    particular_id: int,
    said: Particular,
    by: User,
    at: datetime,
    source: SourceDetails | None = None,
) -> Particular:
    """Let a later row stand in place of one that was wrong or is out of date; that one stays.

    Raises Particular.DoesNotExist.
    """
    incident = fetch_for_change(incident_id, by)
    old = incident.particulars.get(pk=particular_id)
    if old.section != said.SECTION:
        raise DetailRefused(_("That is a detail of another kind."))
    named = source_of(incident, source)
    standing = incident.particulars.standing()
    later = standing.whole([old.section]).filter(corrects=old).first()
    if later is not None and _is_same(later.own, said, named):
        return later.own
    _refuse_replaced(old)
    if _is_same(old.own, said, named):
        return old.own
    replace_particular(row=old, by=by, at=at)
    return store_particular(incident=incident, said=said, source=named, by=by, at=at, corrects=old)


@deed
def withdraw_particular(
    *, incident_id: int, particular_id: int, reason: str, by: User, at: datetime
) -> Particular:
    """Take back a detail recorded in error. It stays on the record with the reason.

    The same twice is once. Raises Particular.DoesNotExist.
    """
    incident = fetch_for_change(incident_id, by)
    row = incident.particulars.get(pk=particular_id)
    said = reason.strip()
    if not said:
        raise DetailRefused(_("Say why it is withdrawn."))
    if row.withdrawn_because:
        return row
    _refuse_replaced(row)
    replace_particular(row=row, because=said, by=by, at=at)
    told = {"kind": row.section, "number": row.pk, "reason": said}
    record(Verb.FACT_WITHDRAWN, by=by, target=incident, at=at, **told)
    return row


@deed
def store_particular(
    *,
    incident: Incident,
    said: Particular,
    source: Source | None,
    by: User,
    at: datetime,
    corrects: Particular | None = None,
) -> Particular:
    """Store a detail that breaks no rule, inside the caller's transaction."""
    rules.refuse(broken_by_particular(said, incident, at=at))
    standing = [each.own for each in _standing(incident, said)]
    known = next((each for each in standing if _is_same(each, said, source)), None)
    if known is not None:
        return known
    _refuse_second_number(said, standing)
    said.incident = incident
    said.section = said.SECTION
    said.source = source
    said.recorded_at = at
    said.recorded_by = by
    said.corrects = corrects
    said.save()
    told = {"kind": said.section, "number": said.pk}
    if corrects is None:
        record(Verb.FACT_ADDED, by=by, target=incident, at=at, **told)
    else:
        told["instead_of"] = corrects.pk
        record(Verb.FACT_CORRECTED, by=by, target=incident, at=at, **told)
    return said


def _standing(incident: Incident, said: Particular) -> list[Particular]:
    return list(incident.particulars.standing().whole([said.SECTION]))


def _is_same(known: Particular, said: Particular, source: Source | None) -> bool:
    return known.told == said.told and known.source_id == (source.pk if source else None)


def _refuse_second_number(said: Particular, standing: list[Particular]) -> None:
    """One number for each fate: two would be counted together."""
    if not isinstance(said, Attackers):
        return
    for each in standing:
        if isinstance(each, Attackers) and each.fate == said.fate:
            sentence = gettext("“%(fate)s” is on the record already. Correct that line instead.")
            raise DetailRefused(sentence % {"fate": Fate(said.fate).label})


def _refuse_replaced(row: Particular) -> None:
    if row.replaced_at is not None:
        raise DetailRefused(_("Somebody corrected or withdrew this line meanwhile. Look again."))


@deed
def replace_particular(*, row: Particular, by: User, at: datetime, because: str = "") -> None:
    """Let a detail stand no more, inside the caller's transaction."""
    row.replaced_at = at
    row.replaced_by = by
    row.withdrawn_because = because
    row.save(update_fields=["replaced_at", "replaced_by", "withdrawn_because"])
