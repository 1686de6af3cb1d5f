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
# So many characters must be left once what everybody tries is taken out.
LEAST_LEFT = 5
# More chunks than this make a phrase of several words, which is what we ask people to choose.
MOST_CHUNKS = 3
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
    left, chunks = text, 0
    while chunk := _longest_chunk(left):
        left = left.replace(chunk, " ")
        chunks += 1
    letters = re.sub(r"[\W_]", "", left)
    return len(letters) < LEAST_LEFT and chunks <= MOST_CHUNKS


def _longest_chunk(text: str) -> str:
    for length in range(len(text), SHORTEST_CHUNK - 2, -1):
        for start in range(len(text) - length + 1):
            part = text[start : start + length]
            if " " not in part and _everybody_tries(part):
                return part
    return ""


def _everybody_tries(part: str) -> bool:
    if part in TRADE:
        return True
    if len(part) < SHORTEST_CHUNK:
        return len(part) == SHORTEST_CHUNK - 1 and len(set(part)) == 1
    backwards = part[::-1]
    return (
        len(set(part)) <= 2
        or any(part in row or backwards in row for row in ROWS)
        or part in _common()
        or re.fullmatch(r"(19|20)\d\d", part) is not None
    )


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)
