"""What commanders asked of sections, and what the team did about it."""

from collections import Counter

from django.db.models import QuerySet

from reviews.models import Review, SectionComment


def comments_on(review: Review, letter: str = "") -> "QuerySet[SectionComment]":
    """All of a review, or of one section: the newest return first, each with its answer."""
    rows = review.section_comments.select_related("signoff__by", "answered_by")
    if letter:
        rows = rows.filter(letter=letter)
    return rows.order_by("-signoff__at", "-signoff_id", "letter")


def open_comments(review: Review) -> Counter[str]:
    """How many of each section wait for an answer."""
    rows = review.section_comments.filter(answered_at=None)
    return Counter(rows.values_list("letter", flat=True))
