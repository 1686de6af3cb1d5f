"""Requests to let a record go further that wait for this person."""

from django.utils.translation import gettext as _

from aar.home.owed import Owed
from agencies.models import User
from incidents.models import Incident, IncidentWidening


def widenings_to_decide(user: User) -> list[Owed]:
    """What another of the agency asked and this person may grant or refuse, oldest first."""
    rows = IncidentWidening.objects.waiting_for(user).order_by("asked_at", "id")[:20]
    return [
        Owed(
            deed=_("Decide how far a record goes"),
            url=each.get_absolute_url(),
            note="",
            due=None,
            # The record itself may be closed to who decides: its marking is that of the request.
            shows=Incident(
                tlp=each.from_tlp,
                classification=each.from_classification,
                caveats=each.from_caveats,
            ),
            ref=each.reference,
        )
        for each in rows
    ]
