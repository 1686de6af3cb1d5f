from agencies.models.marking import Marked, MarkedQuerySet, Share
from agencies.models.people import Agency, SharingGroup, User
from agencies.models.signing import KeptForm, Tries

__all__ = [
    "Agency",
    "KeptForm",
    "Marked",
    "MarkedQuerySet",
    "Share",
    "SharingGroup",
    "Tries",
    "User",
]
