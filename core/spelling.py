"""Spellings that nobody tells apart: what two ways of typing one word have in common.

An Arabic keyboard has no Urdu ya, kaf and he; marks, hamza and the joiners between letters are put
or left out as people please.
"""

import re
import unicodedata

# As Urdu writes them. Their forms with a hamza come apart before this is asked.
LETTERS = str.maketrans(
    {
        # ya: Arabic, without dots, Pashto
        "\u064a": "\u06cc",
        "\u0649": "\u06cc",
        "\u06d0": "\u06cc",
        "\u06cd": "\u06cc",
        # kaf: Arabic, Sindhi
        "\u0643": "\u06a9",
        "\u06aa": "\u06a9",
        # he: Arabic, with two eyes, bound, and the ta that is read as one
        "\u0647": "\u06c1",
        "\u06be": "\u06c1",
        "\u06d5": "\u06c1",
        "\u0629": "\u06c1",
        "\u06c3": "\u06c1",
        # noon without its dot, alif of the Quran
        "\u06ba": "\u0646",
        "\u0671": "\u0627",
        # the hamza alone at an end, the stroke that only lengthens
        "\u0621": None,
        "\u0640": None,
        # figures of both keyboards
        **{chr(first + figure): str(figure) for first in (0x660, 0x6F0) for figure in range(10)},
    }
)
# Marks above and below a letter, and joiners that nobody sees.
UNSEEN = frozenset({"Mn", "Cf"})
# A hamza alone before a letter stands for the ya that carries one.
HAMZA = re.compile(r"\u0621(?=\w)")
NO_LETTERS = re.compile(r"[\W_]+")
# Latin letters that write one sound of Urdu, in this order.
SOUNDS = (("qu", "kw"), ("q", "k"), ("ck", "k"), ("ph", "f"), ("y", "i"))
VOWELS = re.compile(r"[aeiou]+")
TWICE = re.compile(r"(.)\1+")


def folded(words: str) -> str:
    """The words in letters alone: without case, marks, hamza, punctuation and doubled spaces."""
    apart = unicodedata.normalize("NFKD", words)
    seen = "".join(each for each in apart if unicodedata.category(each) not in UNSEEN)
    letters = HAMZA.sub("\u06cc", seen).translate(LETTERS)
    return NO_LETTERS.sub(" ", letters.casefold()).strip()


def sounded(letters: str) -> str:
    """Folded Latin letters as they sound: Peshawar and Pishawar, Quetta and Kwetta are the same."""
    for written, sound in SOUNDS:
        letters = letters.replace(written, sound)
    return TWICE.sub(r"\1", VOWELS.sub("a", letters))


def trigrams(words: str) -> frozenset[str]:
    """Every three letters in a row of each word, its beginning and its end marked (`pg_trgm`)."""
    return frozenset(
        padded[at : at + 3]
        for padded in (f"  {word} " for word in words.split())
        for at in range(len(padded) - 2)
    )


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two words have in common, from 0 to 1."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0
