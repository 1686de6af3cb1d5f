"""Codes of section A: who took part, what was heard, in which language it is written."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """The language that words are written in, for the eye, the ear and the printer."""

    ENGLISH = "en", _("English")
    URDU = "ur", _("Urdu")
    OTHER = "other", _("Another language")

    @property
    def tag(self) -> str:
        """As HTML names it (BCP 47); `und` where it is neither of the two."""
        return "und" if self is Language.OTHER else self.value


class SourceAnswer(models.TextChoices):
    """What became of a request for a source."""

    NOT_ANSWERED = "NOT_ANSWERED", _("Not answered")
    REFUSED = "REFUSED", _("Refused")
    NOT_AVAILABLE = "NOT_AVAILABLE", _("Not available")
    HEARD_LATER = "HEARD_LATER", _("Heard later")


class PartyStanding(models.TextChoices):
    """In what right a body takes part in an inquiry."""

    CORE = "CORE", _("Party or core participant")
    WITNESS = "WITNESS", _("Gives evidence, is no party")
    EXPERT = "EXPERT", _("Advises the review")
    COUNSEL = "COUNSEL", _("Counsel or staff of the review")
    OBSERVER = "OBSERVER", _("Observes")


class ExclusionKind(models.TextChoices):
    """In what way something does not stand in the open review."""

    SCOPE = "SCOPE", _("Outside the scope")
    CLOSED = "CLOSED", _("Heard or written in closed session")
    WITHHELD = "WITHHELD", _("Withheld or blacked out by order")
    PRIVILEGE = "PRIVILEGE", _("Not given up: privilege or secrecy of the state")
    ELSEWHERE = "ELSEWHERE", _("Left to another inquiry or court")


class HeardAs(models.TextChoices):
    """How a source was heard."""

    ORAL = "ORAL", _("Spoke in open session")
    CLOSED = "CLOSED", _("Spoke in closed session")
    READ = "READ", _("Statement read out or summarised")
    WRITTEN = "WRITTEN", _("In writing")


class SittingKind(models.TextChoices):
    """How the review sat."""

    PRELIMINARY = "PRELIMINARY", _("Preliminary hearing")
    OPEN = "OPEN", _("Open hearing")
    FAMILIES = "FAMILIES", _("Hearing in memory of the dead")
    CLOSED = "CLOSED", _("Closed hearing")
    INTERVIEWS = "INTERVIEWS", _("Interviews in private")
    VISIT = "VISIT", _("Visit to the place")
    MONITORING = "MONITORING", _("Hearing on progress with recommendations")


# Sat without the public: of these it is said why.
NOT_PUBLIC = (SittingKind.CLOSED, SittingKind.INTERVIEWS)


class SourceKind(models.TextChoices):
    """Kinds of source that a review hears."""

    WITNESS = "witness", _("Witnesses")
    OFFICIAL = "official", _("Officers and officials")
    FAMILY = "family", _("Victims and families")
    EXPERT = "expert", _("Experts")
    ORDER = "order", _("Orders and plans")
    LOG = "log", _("Control-room logs and daily diaries")
    CASE = "case", _("Case papers")
    FORENSIC = "forensic", _("Forensic and post-blast reports")
    MEDICAL = "medical", _("Hospital records")
    RECORDING = "recording", _("Cameras, calls and telephones")
    MEDIA = "media", _("Press and social media")
    DOCUMENT = "document", _("Documents disclosed")
    OTHER = "other", _("Others")
