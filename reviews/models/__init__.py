from reviews.models.categories import Category, FailureCategory, RecommendationCategory
from reviews.models.findings import Finding, Recommendation
from reviews.models.review import (
    Member,
    Review,
    ReviewQuerySet,
    ReviewShare,
    Section,
)
from reviews.models.rows import Row
from reviews.models.signoff import Dissent, ReviewVersion, SignOff
from reviews.models.story import Account, NetworkRole, PlannedMeasure, TimelineEntry

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
