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
    OTHER = "other", _("Others")
