"""Passwords that are long and still guessed first: rows of keys, runs, words of the trade."""

import re
from functools import lru_cache
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# A guesser's first words here, beside the list of common passwords.
TRADE = (
    *("aar", "afteraction", "review", "incident", "lesson", "bulletin", "police", "levies", "ctd"),
    *("pakistan", "balochistan", "punjab", "sindh", "khyber", "islamabad", "karachi", "lahore"),
    *("quetta", "peshawar", "commander", "investigator", "officer", "admin", "password", "welcome"),
    *("nacta", "rangers", "frontier", "corps", "zindabad", "muhammad", "allah"),
)
ROWS = (
    *("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz"),
    *("qazwsxedcrfvtgbyhnujm", "1qaz2wsx3edc4rfv5tgb6yhn", "1q2w3e4r5t6y7u8i9o0p"),
)
LOOKALIKES = str.maketrans({"@": "a", "0": "o", "1": "l", "3": "e", "$": "s", "5": "s", "!": "i"})
SHORTEST_CHUNK = 4
# How many guesses a part of a password costs, as a power of two: a row of keys, a year or a word of
# the trade is among the first hundred or so, a common password or two letters in turn among twenty
# thousand.
FIRST_GUESSES, COMMON_GUESSES, LETTER_GUESSES = 7, 14, 5
# Twelve letters drawn at random cost 56; four common words as much.
LEAST_GUESSES = 46
LONGEST_LOOKED_AT = 64


class GuessablePasswordValidator:
    """Refuses what is made of little more than the chunks that guessing programs begin with."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 - Django's signature
        """Raises ValidationError with what to do instead."""
        text = password.casefold()[:LONGEST_LOOKED_AT]
        if any(_is_guessable(each) for each in {text, text.translate(LOOKALIKES)}):
            raise ValidationError(
                _(
                    "This password is guessed early: it is a common word, a row of keys or a run "
                    "of digits with little added. Take four words that do not belong together."
                ),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        """For the form."""
        return _("Four words that do not belong together are easy to keep and hard to guess.")


def _is_guessable(text: str) -> bool:
    left, guesses = text, 0
    while chunk := _longest_chunk(left):
        left = left.replace(chunk, " ")
        guesses += FIRST_GUESSES if _is_tried_first(chunk) else COMMON_GUESSES
    letters = re.sub(r"[\W_]", "", left)
    return guesses + len(letters) * LETTER_GUESSES < LEAST_GUESSES


def _longest_chunk(text: str) -> str:
    for length in range(len(text), SHORTEST_CHUNK - 2, -1):
        for start in range(len(text) - length + 1):
            part = text[start : start + length]
            if " " not in part and _is_tried(part):
                return part
    return ""


def _is_tried(part: str) -> bool:
    two_letters = len(part) >= SHORTEST_CHUNK and len(set(part)) == 2
    return two_letters or part in _common() or _is_tried_first(part)


def _is_tried_first(part: str) -> bool:
    if part in TRADE:
        return True
    if len(part) < SHORTEST_CHUNK:
        return len(part) == SHORTEST_CHUNK - 1 and len(set(part)) == 1
    backwards = part[::-1]
    return (
        len(set(part)) == 1
        or any(part in row or backwards in row for row in ROWS)
        or re.fullmatch(r"(19|20)\d\d", part) is not None
    )


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    words = CommonPasswordValidator().passwords
    return frozenset(word for word in words if len(word) >= SHORTEST_CHUNK)
