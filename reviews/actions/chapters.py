"""The chapters of a major review: narrative that stands under the heading of its section."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from agencies.lock import deed
from agencies.models import User
from core.errors import RuleBroken
from reviews import selectors
from reviews.actions._doors import Hand, check_version, fetch_open
from reviews.actions._rows import add_row, change_row, remove_row
from reviews.choices import CHAPTERS, ChapterCode, ReviewTier
from reviews.models import Chapter, Review


class NotMajor(RuleBroken):
    """Only a major review is told in chapters."""


@deed
def save_chapters(
    *, review_id: int, letter: str, texts: Mapping[str, str], version: int, by: User, at: datetime
) -> Review:
    """Keep the chapters of one section; an emptied one is taken out. The same again is nothing.

    `version` is the fingerprint of what they were read with. Raises StaleEdit if they moved on.
    """
    review = fetch_open(review_id, by)
    if review.tier != ReviewTier.T3:
        raise NotMajor(_("Only a major review is told in chapters. Choose tier T3 in section A."))
    held = selectors.chapter_texts(review, letter)
    typed = {code: texts.get(code, held[code]) for code in CHAPTERS[letter]}
    if typed == held:
        return review
    check_version(version, selectors.fingerprint(held))
    rows = {row.code: row for row in Chapter.objects.filter(review=review)}
    for code, text in typed.items():
        _keep(review, letter, code, text, rows.get(code), Hand(by, at))
    return review


def _keep(
    review: Review, letter: str, code: ChapterCode, text: str, row: Chapter | None, hand: Hand
) -> None:
    if row is None and text:
        place = list(ChapterCode).index(code)
        new = Chapter(review=review, code=code, text=text, position=place)
        add_row(new, review, letter=letter, key=None, hand=hand)
    elif row is not None and text:
        values = {"text": text}
        change_row(row, review, values, letter=letter, version=row.version, hand=hand)
    elif row is not None:
        remove_row(row, review, letter=letter, hand=hand)
