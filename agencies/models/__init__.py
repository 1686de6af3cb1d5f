from agencies.models.marking import Marked, MarkedQuerySet, Share
from agencies.models.people import Agency, SharingGroup, User

__all__ = ["Agency", "Marked", "MarkedQuerySet", "Share", "SharingGroup", "User"]
