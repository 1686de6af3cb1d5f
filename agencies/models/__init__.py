from agencies.models.marking import Marked, MarkedQuerySet, Person, Share
from agencies.models.people import Agency, SharingGroup, User

__all__ = ["Agency", "Marked", "MarkedQuerySet", "Person", "Share", "SharingGroup", "User"]
