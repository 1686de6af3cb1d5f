from agencies.models.agencies import Agency, SharingGroup
from agencies.models.marking import Marked, MarkedQuerySet, Person, Share, allowed_classifications
from agencies.models.people import User
from agencies.models.postings import Posting
from agencies.models.signing import KeptForm, Tries
from agencies.models.widening import NeverWider, Widening

__all__ = [
    "Agency",
    "KeptForm",
    "Marked",
    "MarkedQuerySet",
    "NeverWider",
    "Person",
    "Posting",
    "Share",
    "SharingGroup",
    "Tries",
    "User",
    "Widening",
    "allowed_classifications",
]
