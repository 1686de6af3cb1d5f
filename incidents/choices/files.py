"""Codes of files that are handed in: evidence, and lists of incidents."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EvidenceKind(models.TextChoices):
    """What a piece of evidence is to the people who handed it in."""

    PHOTOGRAPH = "PHOTOGRAPH", _("Photograph")
    VIDEO = "VIDEO", _("Video")
    STATEMENT = "STATEMENT", _("Statement")
    REPORT = "REPORT", _("Report or letter")
    PLAN = "PLAN", _("Map, plan or sketch")
    RECORDS = "RECORDS", _("Log, list or table")
    OTHER = "OTHER", _("Something else")


class MediaGroup(models.TextChoices):
    """Kinds of files that are limited alike."""

    IMAGE = "IMAGE", _("pictures")
    DOCUMENT = "DOCUMENT", _("documents")
    TEXT = "TEXT", _("text and tables")
    VIDEO = "VIDEO", _("videos")


class EvidenceState(models.TextChoices):
    """Whether a file may be handed out."""

    HELD = "HELD", _("Held until it is checked")
    CLEAN = "CLEAN", _("Kept")
    REFUSED = "REFUSED", _("Refused by the virus scanner")


class HeldBecause(models.TextChoices):
    """Why a file is still held after somebody tried to check it."""

    AWAY = "AWAY", _("The virus scanner does not answer.")
    SLOW = "SLOW", _("The virus scanner took too long.")
    UNREADABLE = "UNREADABLE", _("The virus scanner could not read it.")
    MISSING = "MISSING", _("The file could not be read from the storage.")


class CustodyKind(models.TextChoices):
    """How a piece of evidence changed hands."""

    RECEIVED = "RECEIVED", _("Put on the record")
    HANDED_OVER = "HANDED_OVER", _("Handed over")


class CopyState(models.TextChoices):
    """How far the copy for the screen is."""

    WAITING = "WAITING", _("Waiting")
    DRAWING = "DRAWING", _("Being drawn")
    DONE = "DONE", _("Ready")
    FAILED = "FAILED", _("Could not be drawn")


class CopyFault(models.TextChoices):
    """Why a picture could not be drawn anew."""

    TIME = "time", _("The picture took too long to draw and was stopped.")
    MEMORY = "memory", _("The picture needed too much memory and was stopped.")
    BROKEN = "broken", _("The picture is damaged or is no picture.")
    STORAGE = "storage", _("The copy could not be stored; the disk may be full.")
    WORKER = "worker", _("The worker stopped before the copy was ready.")
    ALTERED = "altered", _("The stored file is not the one that was handed in.")


MAX_COPY_ATTEMPTS = 3


class ImportState(models.TextChoices):
    """How far the loading of a file is."""

    RECEIVED = "RECEIVED", _("Received, not checked yet")
    CHECKING = "CHECKING", _("Being checked")
    CHECKED = "CHECKED", _("Checked, nothing stored yet")
    RUNNING = "RUNNING", _("Being stored")
    DONE = "DONE", _("Stored")
    STOPPED = "STOPPED", _("Stopped")


# States in which a worker has something to do.
IMPORT_AT_WORK = (ImportState.CHECKING, ImportState.RUNNING)
