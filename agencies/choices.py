"""Roles and markings. Order matters: each list runs from the widest to the most guarded."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is here to do."""

    INVESTIGATOR = "INVESTIGATOR", _("Investigator")
    COMMANDER = "COMMANDER", _("Commander")
    RELEASE_OFFICER = "RELEASE_OFFICER", _("Release officer")
    AGENCY_ADMIN = "AGENCY_ADMIN", _("Agency admin")
    AUDITOR = "AUDITOR", _("Auditor")
    SYSTEM_ADMIN = "SYSTEM_ADMIN", _("System admin")


class Tier(models.TextChoices):
    """Where an agency stands in the state."""

    FEDERAL = "FEDERAL", _("Federal")
    PROVINCIAL = "PROVINCIAL", _("Provincial")
    TERRITORY = "TERRITORY", _("Territory")


# The kinds of the shipped list; an admin may write others.
KIND_WORDS = {
    "police": _("Police"),
    "ctd": _("Counter-terrorism department"),
    "levies": _("Levies"),
    "law_enforcement": _("Law enforcement"),
    "civil_armed_force": _("Civil armed force"),
    "military": _("Military"),
    "intelligence": _("Intelligence"),
    "fusion": _("Intelligence fusion"),
    "investigation": _("Investigation"),
    "forensics": _("Forensics"),
    "eod": _("Bomb disposal"),
    "emergency": _("Emergency and rescue"),
    "health": _("Health"),
    "surveillance": _("Surveillance"),
    "communication": _("Communications"),
    "data": _("Data and registration"),
    "ministry": _("Ministry or department"),
    "coordination": _("Coordination"),
    "oversight": _("Oversight"),
    "regulator": _("Regulator"),
    "justice": _("Justice"),
}


class TLP(models.TextChoices):
    """Traffic Light Protocol 2.0 (FIRST, August 2022): how far a record may be passed on."""

    CLEAR = "CLEAR", "TLP:CLEAR"
    GREEN = "GREEN", "TLP:GREEN"
    AMBER = "AMBER", "TLP:AMBER"
    AMBER_STRICT = "AMBER_STRICT", "TLP:AMBER+STRICT"
    RED = "RED", "TLP:RED"

    @property
    def rank(self) -> int:
        """0 for CLEAR to 4 for RED."""
        return list(TLP).index(self)

    @property
    def colour(self) -> str:
        """The class of the stylesheet that carries the colour FIRST prescribes."""
        return "amber" if self is TLP.AMBER_STRICT else self.value.lower()


class Classification(models.TextChoices):
    """National security classification, as printed top and bottom centre of every page."""

    UNMARKED = "UNMARKED", _("UNMARKED")
    RESTRICTED = "RESTRICTED", _("RESTRICTED")
    CONFIDENTIAL = "CONFIDENTIAL", _("CONFIDENTIAL")
    SECRET = "SECRET", _("SECRET")
    TOP_SECRET = "TOP_SECRET", _("TOP SECRET")

    @property
    def rank(self) -> int:
        """0 for UNMARKED to 4 for TOP SECRET."""
        return list(Classification).index(self)

    @classmethod
    def up_to(cls, highest: str) -> list[str]:
        """The classifications that a person cleared to `highest` may read."""
        return cls.values[: cls.values.index(highest) + 1]

    @classmethod
    def at_least(cls, lowest: str) -> list[str]:
        """The clearances that suffice for a record classified `lowest`."""
        return cls.values[cls.values.index(lowest) :]


# SECRET and above are refused unless the deployment is accredited for them.
ORDINARY_CLASSIFICATIONS = (
    Classification.UNMARKED,
    Classification.RESTRICTED,
    Classification.CONFIDENTIAL,
)


class WideningState(models.TextChoices):
    """How a request to let a record go further stands."""

    ASKED = "ASKED", _("Asked for")
    GRANTED = "GRANTED", _("Granted")
    REFUSED = "REFUSED", _("Refused")
    # The marking changed meanwhile, so that the question is no longer the one that was asked.
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


# Who answers for it that a record of their agency goes further.
WIDENERS = (Role.COMMANDER, Role.RELEASE_OFFICER, Role.AGENCY_ADMIN)


class Caveat(models.TextChoices):
    """What the reader must mind besides TLP and classification."""

    ORCON = "ORCON", _("Originator controlled")
    EYES = "EYES", _("Eyes only")
    LIMDIS = "LIMDIS", _("Limited distribution")
    SUBJUDICE = "SUBJUDICE", _("Sub judice")
    SOURCE = "SOURCE", _("Source protection")


class TryKind(models.TextChoices):
    """Whose failed tries are counted together; in the order in which they are locked."""

    ACCOUNT = "ACCOUNT", _("Account")
    ADDRESS = "ADDRESS", _("Network address")
    DEVICE = "DEVICE", _("Known device")
    FACTOR = "FACTOR", _("Second factor")
