"""Passing an incident to an agency, a group or a person."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from agencies.choices import TLP
from agencies.lock import deed
from agencies.models import Agency, SharingGroup, User
from audit.choices import Verb
from audit.record import record
from core.errors import SharingRefused
from incidents import policies
from incidents.actions._incident import fetch
from incidents.models import Incident, IncidentShare

Recipient = Agency | SharingGroup | User


class MarkingForbidsShare(SharingRefused):
    """The TLP label of the incident does not let it go to this reader."""


@deed
def share_incident(
    *, incident_id: int, recipient: Recipient, by: User, at: datetime
) -> IncidentShare:
    """Name a reader of the incident, within what its TLP label allows."""
    incident = fetch(incident_id, by)
    if not policies.can_share_incident(by, incident):
        raise PermissionDenied
    if incident.tlp == TLP.AMBER_STRICT:
        raise MarkingForbidsShare(_("TLP:AMBER+STRICT stays within the owner agency."))
    if incident.tlp == TLP.RED and not isinstance(recipient, User):
        raise MarkingForbidsShare(_("TLP:RED goes to named people only."))
    if not _knows(by, recipient):
        raise PermissionDenied
    if incident.tlp == TLP.RED and not _is_named(incident, recipient):
        raise MarkingForbidsShare(
            _(
                "A further reader of a TLP:RED record takes two people. Ask for it on the page of"
                " the incident: “Ask to widen the marking”."
            )
        )
    share, is_new = IncidentShare.objects.get_or_create(
        record=incident,
        to_agency=recipient if isinstance(recipient, Agency) else None,
        to_group=recipient if isinstance(recipient, SharingGroup) else None,
        to_person=recipient if isinstance(recipient, User) else None,
        defaults={"shared_at": at, "shared_by": by},
    )
    if is_new:
        record(Verb.INCIDENT_SHARED, by=by, target=incident, at=at, to=_words(recipient))
    return share


def _is_named(incident: Incident, recipient: Recipient) -> bool:
    named = IncidentShare.objects.filter(record=incident)
    return isinstance(recipient, User) and named.filter(to_person=recipient).exists()


def _knows(by: User, recipient: Recipient) -> bool:
    """A group is named by those only who may know of it."""
    if not isinstance(recipient, SharingGroup):
        return True
    return SharingGroup.objects.visible_to(by).filter(pk=recipient.pk).exists()


def _words(recipient: Recipient) -> str:
    return recipient.post_line() if isinstance(recipient, User) else recipient.name
