"""What can be wrong with the record, each in a sentence."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What was found."""

    ALTERED = "altered", _("Event %(event)s was altered after seal %(seal)s.")
    MISSING = "missing", _("Event %(event)s, sealed by seal %(seal)s, is gone.")
    REORDERED = "reordered", _("Event %(event)s was moved from its place in seal %(seal)s.")
    BACKDATED = "backdated", _("Event %(event)s says that it is older than a seal without it.")
    FORGED = "forged", _("Event %(event)s was put in behind seal %(seal)s, which should hold it.")
    PLACE = "place", _("Place %(place)s of seal %(seal)s is empty: its leaf is gone.")
    LOOSE = "loose", _("Event %(event)s has place %(place)s in the tree, which no seal covers.")
    ROOT = "root", _("The leaves of seal %(seal)s do not give its root: they were altered.")
    CHAIN = "chain", _("Seal %(seal)s does not follow the one before it.")
    SIGNATURE = "signature", _("The signature of seal %(seal)s is not valid.")
    KEY = "key", _("Seal %(seal)s is signed by a key that is not trusted.")
    PRINTED = "printed", _("Seal %(seal)s is not the one that was printed.")


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and where."""

    kind: Kind
    seal: int | None = None
    event: int | None = None
    place: int | None = None

    def __str__(self) -> str:
        return str(self.kind.label) % {"seal": self.seal, "event": self.event, "place": self.place}

    def plain(self) -> dict[str, Any]:
        """To be kept."""
        return {
            "kind": self.kind.value,
            "seal": self.seal,
            "event": self.event,
            "place": self.place,
        }


def from_plain(kept: dict[str, Any]) -> Finding:
    """What was kept."""
    return Finding(Kind(kept["kind"]), kept["seal"], kept["event"], kept["place"])
