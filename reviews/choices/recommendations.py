"""Codes of section F: what next."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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


class CapabilityElement(models.TextChoices):
    """Which lever repairs it (after HSEEP's capability elements, POETE)."""

    PLANNING = "P", _("Planning")
    ORGANISATION = "O", _("Organisation")
    EQUIPMENT = "E", _("Equipment")
    TRAINING = "T", _("Training")
    EXERCISES = "X", _("Exercises")


class CostBand(models.TextChoices):
    """What it costs once, in rupees of the year in which it is asked. The bands are ours.

    They follow who can usually decide such a sum: a district from its contingency, a head of
    department from his budget, a government by a scheme of its own.
    """

    NONE = "NONE", _("No cost")
    WITHIN = "WITHIN", _("Within the present budget")
    TO_1M = "TO_1M", _("Needs funding: up to Rs 1 million")
    TO_10M = "TO_10M", _("Needs funding: Rs 1 to 10 million")
    TO_100M = "TO_100M", _("Needs funding: Rs 10 to 100 million")
    OVER_100M = "OVER_100M", _("Needs funding: more than Rs 100 million")


class AuthorityLevel(models.TextChoices):
    """The lowest level of post that is able to decide it."""

    STATION = "STATION", _("Station or post: SHO")
    CIRCLE = "CIRCLE", _("Circle or tehsil: SDPO, Assistant Commissioner")
    DISTRICT = "DISTRICT", _("District: DPO, Deputy Commissioner")
    DIVISION = "DIVISION", _("Division: RPO, Commissioner")
    FORCE = "FORCE", _("Head of a force or department: IGP, Director General")
    PROVINCE = "PROVINCE", _("Provincial government: Secretary, Cabinet")
    FEDERAL = "FEDERAL", _("Federal ministry or authority")
    NATIONAL = "NATIONAL", _("National: Cabinet, Apex Committee, Parliament")
    OUTSIDE = "OUTSIDE", _("A private or foreign body decides it itself")


class Priority(models.TextChoices):
    """What comes first."""

    FIRST = "FIRST", _("First: before the next such day")
    SOON = "SOON", _("Soon")
    LATER = "LATER", _("When the rest is done")


class ReplyKind(models.TextChoices):
    """What an addressee, or whoever monitors it, said or wrote about a recommendation."""

    RESPONSE = "RESPONSE", _("Response")
    PROGRESS = "PROGRESS", _("Progress statement")
    SIGNED = "SIGNED", _("Statement signed by a named officer")
    HEARING = "HEARING", _("Evidence at a hearing")
    CHECK = "CHECK", _("Check by others")
    ASSESSED = "ASSESSED", _("Judged by whoever monitors it")
    CLOSING = "CLOSING", _("Closing letter")


class Stance(models.TextChoices):
    """Whether the addressee takes a recommendation up."""

    ACCEPTED = "ACCEPTED", _("Accepted")
    PRINCIPLE = "PRINCIPLE", _("Accepted in principle")
    IN_PART = "IN_PART", _("Accepted in part")
    NOTED = "NOTED", _("Noted")
    REJECTED = "REJECTED", _("Rejected")
    LATER = "LATER", _("Decision put off")


class AssuranceStep(models.TextChoices):
    """When a monitored recommendation is asked about, counted from its issue.

    After the staged monitoring of the Manchester Arena Inquiry and the 90 days of ICAO Annex 13,
    6.10.
    """

    T90 = "T90", _("Written response")
    T180 = "T180", _("Statement signed by a named officer")
    T270 = "T270", _("Account before the review board")
    T365 = "T365", _("Independent check that it works")

    @property
    def days(self) -> int:
        """Days from the issue."""
        return int(self.value[1:])
