"""Codes of the review. Doctrine and sources: docs/data-credits.md."""

from reviews.choices.adversary import NetworkRoleKind, NetworkRoleStatus
from reviews.choices.findings import Counterfactual, FindingKind
from reviews.choices.planned import InPlace, Rating
from reviews.choices.recommendations import RecommendationStatus
from reviews.choices.signing import DissentKind, SignOffDeed
from reviews.choices.timeline import EntryKind, Phase
from reviews.choices.workflow import (
    OPEN_STATES,
    RELEASED_STATES,
    REQUIRED_LETTERS,
    SETTLED_STATES,
    WRITTEN_LETTERS,
    Letter,
    MemberRole,
    ReviewState,
    ReviewTier,
    SectionState,
    Standing,
)

__all__ = [
    "OPEN_STATES",
    "RELEASED_STATES",
    "REQUIRED_LETTERS",
    "SETTLED_STATES",
    "WRITTEN_LETTERS",
    "Counterfactual",
    "DissentKind",
    "EntryKind",
    "FindingKind",
    "InPlace",
    "Letter",
    "MemberRole",
    "NetworkRoleKind",
    "NetworkRoleStatus",
    "Phase",
    "Rating",
    "RecommendationStatus",
    "ReviewState",
    "ReviewTier",
    "SectionState",
    "SignOffDeed",
    "Standing",
]
