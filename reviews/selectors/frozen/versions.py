"""The versions of a review."""

from reviews.models import Review, ReviewVersion
from reviews.selectors.document import digest


def is_as_frozen(version: ReviewVersion) -> bool:
    """Whether its content still gives the SHA-256 that was kept beside it."""
    return digest(version.content) == version.sha256


def newest(review: Review) -> ReviewVersion | None:
    """The version that readers read; none before it is published."""
    return review.versions.order_by("-number").first()


def version_numbers(review: Review) -> list[int]:
    """All numbers, the newest first."""
    return list(review.versions.order_by("-number").values_list("number", flat=True))
