from reviews.models.adversary import NetworkRole
from reviews.models.categories import Category, FailureCategory, RecommendationCategory
from reviews.models.findings import Finding
from reviews.models.planned import PlannedMeasure
from reviews.models.recommendations import Recommendation
from reviews.models.review import (
    Member,
    Review,
    ReviewQuerySet,
    ReviewShare,
    Section,
)
from reviews.models.rows import Row
from reviews.models.signoff import Dissent, ReviewVersion, SignOff
from reviews.models.timeline import Account, TimelineEntry

__all__ = [
    "Account",
    "Category",
    "Dissent",
    "FailureCategory",
    "Finding",
    "Member",
    "NetworkRole",
    "PlannedMeasure",
    "Recommendation",
    "RecommendationCategory",
    "Review",
    "ReviewQuerySet",
    "ReviewShare",
    "ReviewVersion",
    "Row",
    "Section",
    "SignOff",
    "TimelineEntry",
]
