from agencies.models.agencies import Agency, SharingGroup
from agencies.models.marking import Marked, MarkedQuerySet, Person, Share, allowed_classifications
from agencies.models.people import User
from agencies.models.postings import Posting

__all__ = [
    "Agency",
    "Marked",
    "MarkedQuerySet",
    "Person",
    "Posting",
    "Share",
    "SharingGroup",
    "User",
    "allowed_classifications",
]
