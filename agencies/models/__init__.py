from agencies.models.agencies import Agency, SharingGroup
from agencies.models.marking import Marked, MarkedQuerySet, Share, allowed_classifications
from agencies.models.people import User
from agencies.models.postings import Posting

__all__ = [
    "Agency",
    "Marked",
    "MarkedQuerySet",
    "Posting",
    "Share",
    "SharingGroup",
    "User",
    "allowed_classifications",
]
