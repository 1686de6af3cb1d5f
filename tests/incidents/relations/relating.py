"""Saying and asking what belongs together, as the tests do it."""

from agencies.choices import TLP
from incidents import actions
from incidents.selectors.relations import related
from tests.bulletins.factories import DAY, IncidentFactory
from tests.factories import NOON

WHY = "The same device, by the report of the bomb disposal squad."


def beside(incident, *, on=DAY, **said):
    """Another record of the same agency."""
    plain = {"agency": incident.agency, "tlp": TLP.GREEN, "recorded_by": incident.recorded_by}
    made = IncidentFactory.create(**plain | {"on_date": on, "sort_date": on} | said)
    made.refresh_from_db()
    return made


def relate(incident, other, *, kind="SERIES", note="", by=None):
    return actions.relate_incidents(
        incident_id=incident.pk,
        other_id=other.pk,
        kind=kind,
        note=note,
        by=by or incident.recorded_by,
        at=NOON,
    )


def refuse(incident, other, *, reason=WHY, by=None):
    return actions.refuse_relation(
        incident_id=incident.pk,
        other_id=other.pk,
        reason=reason,
        by=by or incident.recorded_by,
        at=NOON,
    )


def take_back(relation, *, reason=WHY, by=None):
    return actions.take_back_relation(
        relation_id=relation.pk, reason=reason, by=by or relation.said_by, at=NOON
    )


def suggested(incident, by=None):
    """Each incident that may be related, with the reasons in words, without marks of direction."""
    found = related(by or incident.recorded_by, incident).suggested
    return {
        each.incident: [reason.translate({0x2068: "", 0x2069: ""}) for reason in each.reasons]
        for each in found
    }


def page_of(client, user, incident):
    client.force_login(user)
    return client.get(incident.get_absolute_url()).text
