"""The review's weight, its way, its sections and its people."""

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
    """DRAFT -> SUBMITTED -> (RETURNED -> SUBMITTED)* -> APPROVED -> PUBLISHED -> AMENDED.

    An amendment is written beside the published review and goes the same way; approved, it is
    CARRIED into the review, which is AMENDED by it.
    """

    DRAFT = "DRAFT", _("Draft")
    SUBMITTED = "SUBMITTED", _("Submitted")
    RETURNED = "RETURNED", _("Returned")
    APPROVED = "APPROVED", _("Approved")
    PUBLISHED = "PUBLISHED", _("Published")
    AMENDED = "AMENDED", _("Amended")
    CARRIED = "CARRIED", _("Carried into the review")


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
