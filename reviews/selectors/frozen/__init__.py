"""Frozen versions, read from what was frozen and nothing else."""

from reviews.selectors.frozen.changes import (
    FactChange,
    PartChange,
    Piece,
    SectionChange,
    changes,
    content_only,
    count_changes,
    word_changes,
)
from reviews.selectors.frozen.parts import ELSEWHERE, Fact, Part, Passage, parts_of, passages_of
from reviews.selectors.frozen.versions import is_as_frozen, newest, version_numbers

__all__ = [
    "ELSEWHERE",
    "Fact",
    "FactChange",
    "Part",
    "PartChange",
    "Passage",
    "Piece",
    "SectionChange",
    "changes",
    "content_only",
    "count_changes",
    "is_as_frozen",
    "newest",
    "parts_of",
    "passages_of",
    "version_numbers",
    "word_changes",
]
