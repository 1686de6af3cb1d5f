"""What an agency says of two incidents that may be related; each word is kept, and taken back."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from agencies.lock import deed
from agencies.models import User
from agencies.numbers import queue_up
from audit.choices import Verb
from audit.record import record
from core.errors import RuleBroken
from incidents import policies
from incidents.actions._incident import fetch_for_change
from incidents.choices import RelationKind, RelationWord
from incidents.models import Incident, Relation


class RelationRefused(RuleBroken):
    """These two cannot be said to be related, or not in these words."""


class SaidAlready(RuleBroken):
    """The agency's word on these two stands; it is taken back before another is given."""


@deed
def relate_incidents(
    *, incident_id: int, other_id: int, kind: str, note: str, by: User, at: datetime
) -> Relation:
    """Say that two incidents are related, and how. The same twice is once.

    Raises Incident.DoesNotExist where `by` may not see the other.
    """
    said = note.strip()
    if kind not in RelationKind.values:
        raise RelationRefused(_("Say how they are related."))
    if kind == RelationKind.OTHER and not said:
        raise RelationRefused(_("Say in a note what the relation is."))
    return _say(
        incident_id=incident_id,
        other_id=other_id,
        word=RelationWord.CONFIRMED,
        kind=kind,
        note=said,
        by=by,
        at=at,
    )


@deed
def refuse_relation(
    *, incident_id: int, other_id: int, reason: str, by: User, at: datetime
) -> Relation:
    """Say that two incidents are not related, and why not; it is no longer suggested."""
    said = reason.strip()
    if not said:
        raise RelationRefused(_("Say why they are not related."))
    word = RelationWord.REFUSED
    return _say(incident_id=incident_id, other_id=other_id, word=word, note=said, by=by, at=at)


@deed
def take_back_relation(*, relation_id: int, reason: str, by: User, at: datetime) -> Relation:
    """Take back what one's agency said of two incidents. The row stays, with both reasons."""
    relations = Relation.objects.visible_to(by).select_for_update(of=("self",))
    relation = relations.get(pk=relation_id)
    if not policies.can_take_back_relation(by, relation):
        raise PermissionDenied
    said = reason.strip()
    if not said:
        raise RelationRefused(_("Say why it is taken back."))
    if relation.taken_back_at is not None:
        return relation
    relation.taken_back_at = at
    relation.taken_back_by = by
    relation.taken_back_because = said
    relation.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_because"])
    record(Verb.RELATION_TAKEN_BACK, by=by, target=relation, at=at)
    return relation


@deed
def _say(
    *,
    incident_id: int,
    other_id: int,
    word: RelationWord,
    note: str,
    by: User,
    at: datetime,
    kind: str = "",
) -> Relation:
    incident = fetch_for_change(incident_id, by)
    other = Incident.objects.visible_to(by).standing().get(pk=other_id)
    if other.pk == incident.pk:
        raise RelationRefused(_("Name another incident than this one."))
    first, second = sorted((incident, other), key=lambda each: each.pk)
    # The other may be open at the same moment on a colleague's screen.
    queue_up(f"relation:{first.pk}:{second.pk}")
    known = (
        Relation.objects.visible_to(by)
        .standing()
        .between(first.pk, second.pk)
        .filter(agency_id=by.agency_id)
        .first()
    )
    if known is not None:
        return _same(known, word, kind, note)
    relation = Relation.objects.create(
        first=first,
        second=second,
        agency_id=by.agency_id,
        word=word,
        kind=kind,
        note=note,
        said_at=at,
        said_by=by,
    )
    confirmed = word == RelationWord.CONFIRMED
    verb = Verb.RELATION_CONFIRMED if confirmed else Verb.RELATION_REFUSED
    # Done to the relation and to neither incident: who reads the one may not see the other.
    record(verb, by=by, target=relation, at=at)
    return relation


def _same(known: Relation, word: str, kind: str, note: str) -> Relation:
    """A second click is the same word; another word waits until this one is taken back."""
    if (known.word, known.kind, known.note) == (word, kind, note):
        return known
    if known.word == RelationWord.REFUSED:
        raise SaidAlready(_("Your agency said that they are not related. Take that back first."))
    raise SaidAlready(_("Your agency said that they are related. Take that back first."))
