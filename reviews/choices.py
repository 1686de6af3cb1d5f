"""Codes of the review. Doctrine and sources: docs/data-credits.md."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewTier(models.TextChoices):
    """How heavy the review is; the clock starts with the incident."""

    T1 = "T1", _("T1 hot debrief")
    T2 = "T2", _("T2 standard review")
    T3 = "T3", _("T3 major incident review")

    @property
    def limit_hours(self) -> int:
        """Hours from the incident to the day the review is due: 72 h, 30 d, 60 d."""
        return {"T1": 72, "T2": 30 * 24, "T3": 60 * 24}[self.value]


class ReviewState(models.TextChoices):
    """DRAFT -> SUBMITTED -> (RETURNED -> SUBMITTED)* -> APPROVED -> PUBLISHED -> AMENDED."""

    DRAFT = "DRAFT", _("Draft")
    SUBMITTED = "SUBMITTED", _("Submitted")
    RETURNED = "RETURNED", _("Returned")
    APPROVED = "APPROVED", _("Approved")
    PUBLISHED = "PUBLISHED", _("Published")
    AMENDED = "AMENDED", _("Amended")


# The team may write in these.
OPEN_STATES = (ReviewState.DRAFT, ReviewState.RETURNED)
# Read by marking from here on; before, by the team and its approvers only.
RELEASED_STATES = (ReviewState.PUBLISHED, ReviewState.AMENDED)
# Its findings may be drawn upon.
SETTLED_STATES = (ReviewState.APPROVED, *RELEASED_STATES)


class Standing(models.TextChoices):
    """How the reviews of an incident stand, as far as its reader may know of them."""

    NONE = "none", _("None that you may see")
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    OVERDUE = "overdue", _("Past its limit, none published")


class Letter(models.TextChoices):
    """The ten sections of the form."""

    A = "A", _("Header")
    B = "B", _("What was supposed to happen")
    C = "C", _("Adversary and network roles")
    D = "D", _("What happened")
    E = "E", _("Why")
    F = "F", _("What next")
    G = "G", _("Victims and families")
    H = "H", _("Justice")
    I = "I", _("Comments and dissent")  # noqa: E741 - the section's letter
    J = "J", _("Sign-off and release")


# Sections the team fills in and marks complete; I and J are written by deeds.
WRITTEN_LETTERS = (Letter.A, Letter.B, Letter.C, Letter.D, Letter.E, Letter.F, Letter.G, Letter.H)
# A review cannot be submitted while these say nothing.
REQUIRED_LETTERS = (Letter.B, Letter.D, Letter.E, Letter.F)


class SectionState(models.TextChoices):
    """How far a section is."""

    NOT_STARTED = "NOT_STARTED", _("Not started")
    IN_PROGRESS = "IN_PROGRESS", _("In progress")
    COMPLETE = "COMPLETE", _("Complete")


class MemberRole(models.TextChoices):
    """What a member does in the review."""

    LEAD = "LEAD", _("Lead")
    FACILITATOR = "FACILITATOR", _("Facilitator")
    RECORDER = "RECORDER", _("Recorder")
    MEMBER = "MEMBER", _("Member")


class InPlace(models.TextChoices):
    """Whether a planned measure was there."""

    YES = "YES", _("In place")
    PARTLY = "PARTLY", _("Partly")
    NO = "NO", _("Not in place")
    UNKNOWN = "UNKNOWN", _("Not known")


class Rating(models.TextChoices):
    """HSEEP: how a measure or capability worked."""

    PERFORMED = "P", _("P: performed without challenges")
    SOME = "S", _("S: performed with some challenges")
    MAJOR = "M", _("M: performed with major challenges")
    UNABLE = "U", _("U: unable to be performed")


class Phase(models.TextChoices):
    """When, in relation to the attack."""

    BEFORE = "BEFORE", _("Before")
    DURING = "DURING", _("During")
    AFTER = "AFTER", _("After")


class EntryKind(models.TextChoices):
    """What kind of thing happened at that moment."""

    SIGNAL = "SIGNAL", _("Signal")
    WARNING = "WARNING", _("Warning")
    DECISION = "DECISION", _("Decision")
    ACTION = "ACTION", _("Action")
    COMMUNICATION = "COMMUNICATION", _("Communication")
    EFFECT = "EFFECT", _("Effect")


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


class FindingKind(models.TextChoices):
    """What a finding says about how things worked."""

    STRENGTH = "strength", _("Strength")
    FAILURE = "failure", _("Failure")
    IMPROVEMENT = "afi", _("Area for improvement")
    NOTABLE = "notable", _("Notable practice")
    GAP = "gap", _("Information gap")
    NEAR_MISS = "near_miss", _("Near miss or foiled")


class Counterfactual(models.TextChoices):
    """Had this held, would harm have been less?"""

    YES = "YES", _("Yes")
    PROBABLY = "PROBABLY", _("Probably")
    NO = "NO", _("No")
    UNKNOWN = "UNKNOWN", _("Not known")


class RecommendationStatus(models.TextChoices):
    """Set by the issuer, never by the owner (after the NTSB's classes)."""

    OPEN_AWAIT_RESPONSE = "OAR", _("Open: await response")
    OPEN_RESPONSE_RECEIVED = "ORR", _("Open: response received")
    OPEN_ACCEPTABLE = "OAA", _("Open: acceptable response")
    OPEN_ACCEPTABLE_ALTERNATE = "OAAR", _("Open: acceptable alternate response")
    OPEN_UNACCEPTABLE = "OUA", _("Open: unacceptable response")
    CLOSED_EXCEEDS = "CEX", _("Closed: exceeds recommended action")
    CLOSED_ACCEPTABLE = "CAA", _("Closed: acceptable action")
    CLOSED_ALTERNATE = "CAAA", _("Closed: acceptable alternate action")
    CLOSED_UNACCEPTABLE = "CUA", _("Closed: unacceptable action")
    CLOSED_NO_RESPONSE = "CUAN", _("Closed: unacceptable, no response")
    CLOSED_RECONSIDERED = "CR", _("Closed: reconsidered")
    CLOSED_NOT_APPLICABLE = "CNLA", _("Closed: no longer applicable")
    CLOSED_SUPERSEDED = "CS", _("Closed: superseded")


class DissentKind(models.TextChoices):
    """What a comment or dissent disputes."""

    FACT = "fact", _("Disputes a fact")
    CAUSE = "cause", _("Disputes a cause")
    ATTRIBUTION = "attribution", _("Disputes an attribution")
    RECOMMENDATION = "recommendation", _("Disputes a recommendation")
    MARKING = "classification", _("Disputes the marking")
    COMMENT = "concur_comment", _("Agrees, with comment")


class SignOffDeed(models.TextChoices):
    """What was signed."""

    SUBMITTED = "SUBMITTED", _("Submitted")
    RETURNED = "RETURNED", _("Returned with comments")
    APPROVED = "APPROVED", _("Approved")
    PUBLISHED = "PUBLISHED", _("Published")
