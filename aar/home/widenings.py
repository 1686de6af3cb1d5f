"""Requests to let a record go further that wait for this person."""

from django.utils.translation import gettext as _

from aar.home.owed import Owed
from agencies.choices import TLP, Classification
from agencies.models import User
from bulletins.models import Consent
from incidents.models import Incident, IncidentWidening


def consents_to_give(user: User) -> list[Owed]:
    """What other agencies ask this person's agency to let go on, oldest first."""
    rows = Consent.objects.visible_to(user).waiting_for(user).select_related("agency")
    return [
        Owed(
            deed=_("Answer as originator"),
            url=each.get_absolute_url(),
            note=each.agency.label,
            due=None,
            shows=Incident(tlp=TLP.CLEAR, classification=Classification.UNMARKED),
            ref=each.reference,
        )
        for each in rows.order_by("asked_at", "id")[:20]
    ]


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
