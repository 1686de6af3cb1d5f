from bulletins.models.brief import Brief
from bulletins.models.bulletin import Bulletin, BulletinLesson, BulletinQuerySet, CarriedLesson
from bulletins.models.consent import Consent, ConsentQuerySet
from bulletins.models.release import Receipt, ReceiptQuerySet, Release, ReleaseQuerySet
from bulletins.models.rendering import Document, Rendering, RenderingQuerySet

__all__ = [
    "Brief",
    "Bulletin",
    "BulletinLesson",
    "BulletinQuerySet",
    "CarriedLesson",
    "Consent",
    "ConsentQuerySet",
    "Document",
    "Receipt",
    "ReceiptQuerySet",
    "Release",
    "ReleaseQuerySet",
    "Rendering",
    "RenderingQuerySet",
]
