"""Incidents as people record them: through the actions."""

import uuid
from datetime import date, time
from decimal import Decimal
from itertools import count

from agencies.choices import TLP, Classification
from incidents import actions
from incidents.choices import CasualtyState
from incidents.details import CountReport, Figure, IncidentDetails, When
from incidents.models import (
    Arrest,
    Attackers,
    Fir,
    ForensicExamination,
    PriorAlert,
    ResponseTime,
    SecurityPlan,
    Weapon,
)
from tests.factories import NOON, DistrictFactory, UserFactory

DAY = date(2023, 9, 29)
_numbers = count(1)


def details(**said):
    """What a person says of an incident; a district of its own unless one is given."""
    district = said.pop("district", None) or DistrictFactory.create()
    return IncidentDetails(
        **{
            "title": "Explosion beside the market gate",
            "when": When(on_date=DAY),
            "province": district.province,
            "district": district,
            **said,
        }
    )


def report(*, killed=None, injured=None, said_by="District Health Officer", **said):
    """One casualty report; a number is the best figure, a dict names low, best, high."""
    figures = tuple(
        Figure(state=state, **(number if isinstance(number, dict) else {"best": number}))
        for state, number in ((CasualtyState.KILLED, killed), (CasualtyState.INJURED, injured))
        if number is not None
    )
    return CountReport(**{"figures": figures, "said_by": said_by, "as_of": DAY, **said})


class IncidentFactory:
    """`IncidentFactory.create(by=investigator, tlp=TLP.GREEN)`."""

    @classmethod
    def create(cls, *, by=None, at=NOON, counts=None, **said):
        """An incident recorded by `by`, an investigator of an agency of its own by default."""
        return actions.record_incident(
            details=details(**said),
            report=counts,
            origin=f"test:{next(_numbers)}",
            by=by or UserFactory.create(),
            at=at,
        )


def details_of_each_section():
    """One of every kind that is added section by section, not stored."""
    return [
        PriorAlert(reference="802 of 2023", issued_by="Home Department"),
        SecurityPlan(in_force="NO"),
        Weapon(kind="6", explosive="13", switch="CMD-MANUAL", charge_kg=Decimal("6.5")),
        Attackers(fate="died_attack", number=1),
        ResponseTime(step="ALERT", on_date=DAY, at_time=time(11, 40), precision="MINUTE"),
        Fir(number="112/2023", police_station="City", law="302 PPC; 7 ATA"),
        Arrest(number=2, arrested_date=DAY, law="11-EEEE ATA"),
        ForensicExamination(what="DNA samples", sent_date=DAY, due_date=date(2023, 10, 14)),
    ]


def public(**said):
    """Markings of a record that anybody may read."""
    return {"tlp": TLP.CLEAR, "classification": Classification.UNMARKED, **said}


def typed(**said):
    """A sound form of an incident."""
    district = said.pop("district", None) or DistrictFactory.create()
    return {
        "key": str(uuid.uuid4()),
        "title": "Explosion beside the market gate",
        "on_date": "2023-09-29",
        "precision": "DAY",
        "province": district.province_id,
        "district": district.pk,
        "attack_type": "3",
        "suicide": "UNKNOWN",
        "target_type": "20",
        "tlp": "AMBER",
        "classification": "RESTRICTED",
        **said,
    }
