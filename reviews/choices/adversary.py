"""Codes of section C: adversary and network roles."""

from django.db import models
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
