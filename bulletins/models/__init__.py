from bulletins.models.brief import Brief
from bulletins.models.bulletin import (
    Bulletin,
    BulletinLesson,
    BulletinQuerySet,
    CarriedIncident,
    CarriedLesson,
)
from bulletins.models.consent import Consent, ConsentQuerySet
from bulletins.models.copy import Copy, CopyQuerySet
from bulletins.models.export import Export, ExportItem, ExportQuerySet
from bulletins.models.notice import (
    Notice,
    NoticeChoice,
    NoticeQuerySet,
    ReceiptReminder,
    ReceiptReminderQuerySet,
)
from bulletins.models.release import Receipt, ReceiptQuerySet, Release, ReleaseQuerySet
from bulletins.models.rendering import Document, Rendering, RenderingQuerySet, Worker

__all__ = [
    "Brief",
    "Bulletin",
    "BulletinLesson",
    "BulletinQuerySet",
    "CarriedIncident",
    "CarriedLesson",
    "Consent",
    "ConsentQuerySet",
    "Copy",
    "CopyQuerySet",
    "Document",
    "Export",
    "ExportItem",
    "ExportQuerySet",
    "Notice",
    "NoticeChoice",
    "NoticeQuerySet",
    "Receipt",
    "ReceiptQuerySet",
    "ReceiptReminder",
    "ReceiptReminderQuerySet",
    "Release",
    "ReleaseQuerySet",
    "Rendering",
    "RenderingQuerySet",
    "Worker",
]
