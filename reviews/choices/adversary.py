"""Codes of section C: adversary and network roles."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class NetworkRoleKind(models.TextChoices):
    """A part somebody must have played behind the attack."""

    PLANNER = "planner", _("Planner")
    FINANCIER = "financier", _("Financier")
    IED_MAKER = "ied_maker", _("IED maker")
    TRANSPORTER = "transporter", _("Transporter")
    HANDLER = "handler", _("Handler")
    FACILITATOR = "facilitator", _("Local facilitator")
    RECRUITER = "recruiter", _("Recruiter")
    ATTACKER = "attacker", _("Attacker")
    RECCE = "recce", _("Reconnaissance")
    COMMANDER = "commander", _("Group commander or approver")
    INSIDER = "insider", _("Insider")
    PROPAGANDIST = "propagandist", _("Propagandist or claimant")
    SUPPLIER = "supplier", _("Supplier of arms or precursors")
    HARBOURER = "harbourer", _("Harbourer after the act")

    @property
    def meaning(self) -> Promise:
        """The part in a few words (vocab `network_role`)."""
        return MEANINGS[self]


MEANINGS: dict[str, Promise] = {
    NetworkRoleKind.PLANNER: _("chose target, time and method"),
    NetworkRoleKind.FINANCIER: _("gave or moved the money"),
    NetworkRoleKind.IED_MAKER: _("made the device, the vest or the switch"),
    NetworkRoleKind.TRANSPORTER: _("moved people, device, vehicle or money"),
    NetworkRoleKind.HANDLER: _("guided the attacker up to the act"),
    NetworkRoleKind.FACILITATOR: _("gave shelter, papers, SIM, vehicle or local knowledge"),
    NetworkRoleKind.RECRUITER: _("drew the attacker or others in"),
    NetworkRoleKind.ATTACKER: _("carried out the act"),
    NetworkRoleKind.RECCE: _("watched target, route and hours"),
    NetworkRoleKind.COMMANDER: _("ordered or approved it"),
    NetworkRoleKind.INSIDER: _("inside the target or an agency"),
    NetworkRoleKind.PROPAGANDIST: _("filmed, claimed or spread it"),
    NetworkRoleKind.SUPPLIER: _("sold or diverted explosives, arms or a vehicle"),
    NetworkRoleKind.HARBOURER: _("sheltered those who fled"),
}


class NetworkRoleStatus(models.TextChoices):
    """How far a role is resolved. No word of guilt before a court has spoken."""

    UNIDENTIFIED = "unidentified", _("Unidentified")
    SUSPECTED = "suspected", _("Suspected")
    IDENTIFIED = "identified", _("Identified")
    AT_LARGE = "at_large", _("At large")
    ARRESTED = "arrested", _("Arrested")
    CHARGED = "charged", _("Challaned")
    CONVICTED = "convicted", _("Convicted")
    ACQUITTED = "acquitted", _("Acquitted")
    KILLED_IN_OPERATION = "killed_op", _("Killed in operation")
    DIED_IN_ATTACK = "died_attack", _("Died in the attack")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


# Nobody stands before a court for it, and nobody is known to be dead.
UNRESOLVED = (
    NetworkRoleStatus.UNIDENTIFIED,
    NetworkRoleStatus.SUSPECTED,
    NetworkRoleStatus.IDENTIFIED,
    NetworkRoleStatus.AT_LARGE,
)
# In custody or before a court, which has not spoken.
IN_HAND = (NetworkRoleStatus.ARRESTED, NetworkRoleStatus.CHARGED)
# A court has spoken.
JUDGED = (NetworkRoleStatus.CONVICTED, NetworkRoleStatus.ACQUITTED)


class BoardState(models.TextChoices):
    """How a role stands on the board, the line that is least resolved deciding."""

    UNRESOLVED = "unresolved", _("Unresolved")
    NOT_LOOKED_AT = "not_looked_at", _("Not yet looked at")
    IN_HAND = "in_hand", _("In custody or before a court")
    SETTLED = "settled", _("Settled")
