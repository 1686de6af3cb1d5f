from agencies.models.agencies import Agency, SharingGroup
from agencies.models.marking import Marked, MarkedQuerySet, Person, Share, allowed_classifications
from agencies.models.people import User
from agencies.models.postings import Posting
from agencies.models.signing import KeptForm, Tries

__all__ = [
    "Agency",
    "KeptForm",
    "Marked",
    "MarkedQuerySet",
    "Person",
    "Posting",
    "Share",
    "SharingGroup",
    "Tries",
    "User",
    "allowed_classifications",
]
