"""The chapters of a major review, by section."""

import json
from collections.abc import Iterable, Mapping
from zlib import crc32

from reviews.choices import CHAPTERS, SECTION_OF, ChapterCode
from reviews.models import Chapter, Review


def chapter_texts(review: Review, letter: str) -> dict[ChapterCode, str]:
    """What each chapter of a section says, empty where nobody wrote it."""
    said = dict(Chapter.objects.filter(review=review).values_list("code", "text"))
    return {code: said.get(code, "") for code in CHAPTERS.get(letter, ())}


def fingerprint(texts: Mapping[ChapterCode, str]) -> int:
    """A number that differs where the words do."""
    return crc32(json.dumps(texts, ensure_ascii=False, sort_keys=True).encode())


def chapters_by_section(review: Review) -> dict[str, list[Chapter]]:
    """The chapters that somebody wrote, under the section that each stands in: one query."""
    return by_section(Chapter.objects.filter(review=review).order_by("position", "id"))


def by_section(rows: Iterable[Chapter]) -> dict[str, list[Chapter]]:
    """The same from rows in their order."""
    found: dict[str, list[Chapter]] = {}
    for row in rows:
        found.setdefault(SECTION_OF[ChapterCode(row.code)], []).append(row)
    place = list(SECTION_OF)
    for chapters in found.values():
        chapters.sort(key=lambda row: place.index(ChapterCode(row.code)))
    return found
