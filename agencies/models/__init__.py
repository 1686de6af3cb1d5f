from agencies.models.marking import Marked, MarkedQuerySet, Person, Share
from agencies.models.people import Agency, SharingGroup, User
from agencies.models.widening import NeverWider, Widening

__all__ = [
    "Agency",
    "Marked",
    "MarkedQuerySet",
    "NeverWider",
    "Person",
    "Share",
    "SharingGroup",
    "User",
    "Widening",
]
