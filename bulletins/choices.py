from django.db import models
from django.utils.translation import gettext_lazy as _


class BulletinState(models.TextChoices):
    """A draft is its agency's; an issued bulletin is read by its marking."""

    DRAFT = "DRAFT", _("Draft")
    ISSUED = "ISSUED", _("Issued")


class BulletinKind(models.TextChoices):
    """What is issued and released."""

    LESSONS = "LESSONS", _("Lessons bulletin")
    FLASH = "FLASH", _("Flash bulletin")
    DRILL = "DRILL", _("Drill card")
    NOTICE = "NOTICE", _("Action notice")

    @property
    def prefix(self) -> str:
        """What the numbers of the kind begin with."""
        return {"LESSONS": "LB", "FLASH": "FB", "DRILL": "DC", "NOTICE": "AN"}[self.value]


class Purpose(models.TextChoices):
    """What an action notice asks for."""

    ACTION = "ACTION", _("For action")
    INFORMATION = "INFORMATION", _("For information")


class BriefKind(models.TextChoices):
    """What a brief is about."""

    INCIDENT = "INCIDENT", _("Incident brief")
    REVIEW = "REVIEW", _("Review brief")


class RenderingState(models.TextChoices):
    """Where a rendering is. The row says what is to be done; the broker only rings."""

    WAITING = "WAITING", _("Waiting for the worker")
    RENDERING = "RENDERING", _("Being rendered")
    DONE = "DONE", _("Ready")
    FAILED = "FAILED", _("Failed")


class Urgency(models.IntegerChoices):
    """What a worker takes up first, lowest number first."""

    FLASH = 0, _("Flash")
    SINGLE = 1, _("Asked for singly")
    BULK = 2, _("One of many")


class Ask(models.TextChoices):
    """What the recipient is asked to do."""

    READ = "READ", _("Read")
    ACKNOWLEDGE = "ACKNOWLEDGE", _("Acknowledge")
    ACT = "ACT", _("Acknowledge, brief units and report action")


class Language(models.TextChoices):
    """The language a document is set in. Two letters for both too: the column holds no more."""

    ENGLISH = "en", _("English")
    URDU = "ur", _("Urdu")
    BOTH = "bi", _("English, then Urdu")


# What a page or a line is set in, which cannot be both.
SPOKEN = (Language.ENGLISH, Language.URDU)
SPOKEN_CHOICES = [(each.value, each.label) for each in SPOKEN]


def spoken(language: str) -> str:
    """The language in which a document begins."""
    return Language.ENGLISH if language == Language.BOTH else language


class ExportSubject(models.TextChoices):
    """What an export takes along: the same as the list that it is asked for on."""

    INCIDENTS = "INCIDENTS", _("Incidents")
    REVIEWS = "REVIEWS", _("Reviews")
    BULLETINS = "BULLETINS", _("Bulletins")


class ExportState(models.TextChoices):
    """Where an export is. The row says what is to be done; the broker only rings."""

    WAITING = "WAITING", _("Waiting for the worker")
    RUNNING = "RUNNING", _("Being made")
    DONE = "DONE", _("Ready")
    CANCELLED = "CANCELLED", _("Cancelled")
    FAILED = "FAILED", _("Not made")


class ExportFault(models.TextChoices):
    """Why an export was not made."""

    RIGHTS = "RIGHTS", _("Whoever asked does not act in that post now, or may export no more.")
    EMPTY = "EMPTY", _("None of the documents could be made.")
    STORAGE = "STORAGE", _("The file could not be stored. Go on later, or tell your system admin.")


class ExportItemState(models.TextChoices):
    """What became of one document of an export."""

    WAITING = "WAITING", _("Waiting")
    DONE = "DONE", _("Made")
    LEFT_OUT = "LEFT_OUT", _("Left out")
    FAILED = "FAILED", _("Failed")


# A worker has it, or will have.
EXPORT_AT_WORK = (ExportState.WAITING, ExportState.RUNNING)
MOST_DOCUMENTS = 1_000
# So many files of one person at a time: the worker belongs to others too.
MOST_EXPORTS_AT_WORK = 3

MAX_ATTEMPTS = 3


class NoticeKind(models.TextChoices):
    """What a notice tells a person of a bulletin."""

    RELEASED = "RELEASED", _("A bulletin was sent to your agency")
    REMINDED = "REMINDED", _("Something is owed for a bulletin, or will be soon")
    ESCALATED = "ESCALATED", _("An agency is late and was reminded already")
    RECALLED = "RECALLED", _("A bulletin was recalled")


class MailState(models.TextChoices):
    """How far the e-mail of a notice is; the notice itself stands in the product at once."""

    WAITING = "WAITING", _("Waiting to be sent")
    SENT = "SENT", _("Taken by the mail server")
    UNWANTED = "UNWANTED", _("Not sent by e-mail")
    FAILED = "FAILED", _("Could not be sent")


class Owed(models.TextChoices):
    """What a recipient was asked for."""

    ACKNOWLEDGE = "ACKNOWLEDGE", _("Acknowledge")
    ACT = "ACT", _("Report what was done")


class ReminderStep(models.TextChoices):
    """How far the clock of what is owed has come, and who is told."""

    SOON = "SOON", _("Due soon: who answers for the agency")
    LATE = "LATE", _("Late: who answers for the agency")
    COMMANDER = "COMMANDER", _("Late for three days: the agency’s commanders")
    SENDER = "SENDER", _("Late for a week: the agency that sent it")


class Delivery(models.TextChoices):
    """What first showed that a release had come to an agency."""

    MAIL = "MAIL", _("our mail server took the notice")
    LIST = "LIST", _("it stood in the list of somebody there")
    API = "API", _("a program of theirs fetched it")
