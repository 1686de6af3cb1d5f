"""Words in lines that fit a box of a drawing: estimated, because a server measures no letters."""

import re

TALL = re.compile(r"[\u0600-\u06ff]")
LINE = 16
TALL_LINE = 25  # Nastaliq hangs below its line
MOST_LINES = 6
# Widths of letters in hundredths of the size of the type, somewhat more than the product's own.
WIDTHS = (
    dict.fromkeys("ijl.,:;'|!()[]", 31)
    | dict.fromkeys('ftr -"', 40)
    | dict.fromkeys("mwMW@%—…", 93)
    | dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ0123456789", 70)
)
ANY, ARABIC = 61, 52


def is_tall(words: str) -> bool:
    """Whether they are written in letters that stand higher than Latin ones."""
    return TALL.search(words) is not None


def line_height(words: str) -> int:
    """Units from line to line."""
    return TALL_LINE if is_tall(words) else LINE


def width_of(words: str) -> int:
    """About how wide, in hundredths of the size of the type."""
    rest = ARABIC if is_tall(words) else ANY
    return sum(WIDTHS.get(char, rest) for char in words)


def wrapped(words: str, *, width: int, most: int = MOST_LINES) -> tuple[str, ...]:
    """Lines no wider than `width`; a word that is wider is broken, what is too much cut with …."""
    lines: list[str] = []
    used = width
    for whole in words.split():
        for word, wide in _broken(whole, width):
            if lines and used + WIDTHS[" "] + wide <= width:
                lines[-1] = f"{lines[-1]} {word}"
                used += WIDTHS[" "] + wide
            else:
                lines.append(word)
                used = wide
    if len(lines) > most:
        last = lines[most - 1]
        while last and width_of(f"{last}…") > width:
            last = last[:-1]
        lines = [*lines[: most - 1], f"{last}…"]
    return tuple(lines)


def _broken(word: str, width: int) -> list[tuple[str, int]]:
    """A word in pieces that each fit a line, with how wide each is."""
    if (wide := width_of(word)) <= width:
        return [(word, wide)]
    pieces, piece = [], ""
    for char in word:
        if width_of(piece + char) > width:
            pieces.append(piece)
            piece = ""
        piece += char
    return [(each, width_of(each)) for each in (*pieces, piece)]
