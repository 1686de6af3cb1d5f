"""Columns side by side as SVG made on the server, with the numbers that matter printed on them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT, BASE, TOP, EDGE, GAP = 690, 200, 168, 28, 5, 4
BAR, INK, INK_2 = "#5f8ab0", "#14191a", "#4a5456"
# A label needs about so many units a letter, as large as narrow screens set it.
LETTER = 12.5


@dataclass(frozen=True)
class Bar:
    """One column: what stands under it, how high it is, what it says when pointed at."""

    label: str
    value: int
    words: str
    url: str = ""


def bar_chart(bars: Sequence[Bar], *, key: str, title: str) -> SafeString:
    """The columns from left to right; the first, the last, the highest and the lowest say their
    number. `key` makes the id of its title one of its own on the page."""
    if not bars:
        return SafeString("")
    most = max(bar.value for bar in bars) or 1
    pitch = (WIDTH - 2 * EDGE) / len(bars)
    told = _told(bars)
    every = _every(bars, pitch)
    return format_html(
        '<svg class="chart mini" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}"'
        ' direction="ltr" role="{}" aria-labelledby="{}-t"><title id="{}-t">{}</title>{}</svg>',
        # What holds links is no picture: a picture hides what is in it from a screen reader.
        *(WIDTH, HEIGHT, "group" if any(bar.url for bar in bars) else "img", key, key, title),
        SafeString(
            "".join(
                _column(
                    bar,
                    EDGE + number * pitch,
                    pitch,
                    (BASE - TOP) * bar.value / most,
                    says_number=number in told,
                    says_label=number % every == 0 or len(bars) == 1,
                )
                for number, bar in enumerate(bars)
            )
        ),
    )


def lying_bar(value: int, most: int) -> SafeString:
    """One bar that lies in a row of a table, whose number stands beside it."""
    return format_html(
        '<svg class="chart lying" viewBox="0 0 100 10" preserveAspectRatio="none" direction="ltr"'
        ' aria-hidden="true"><rect class="bar" fill="{}" width="{}" height="10"></rect></svg>',
        *(BAR, f"{100 * value / (most or 1):.1f}"),
    )


def _told(bars: Sequence[Bar]) -> set[int]:
    order = sorted(range(len(bars)), key=lambda number: bars[number].value)
    return {0, len(bars) - 1, order[0], order[-1]} if len(bars) > 12 else set(range(len(bars)))


def _every(bars: Sequence[Bar], pitch: float) -> int:
    """Which labels fit beside each other: every one, every second, …"""
    room = max(len(bar.label) for bar in bars) * LETTER + GAP
    return max(1, -(-int(room) // max(1, int(pitch))))


def _column(
    bar: Bar, left: float, pitch: float, height: float, *, says_number: bool, says_label: bool
) -> SafeString:
    middle = left + pitch / 2
    rect = format_html(
        '<rect class="bar" fill="{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>',
        *(BAR, f"{left + GAP / 2:.1f}", f"{BASE - height:.1f}", f"{pitch - GAP:.1f}"),
        *(f"{height:.1f}", bar.words),
    )
    if bar.url:
        rect = format_html('<a href="{}">{}</a>', bar.url, rect)
    texts = []
    if says_label:
        texts.append(("", INK_2, BASE + 22.0, bar.label))
    if says_number:
        texts.append(("strong", INK, BASE - height - 5, f"{bar.value:,}"))
    return rect + format_html_join(
        "",
        '<text class="{}" fill="{}" x="{}" y="{}" text-anchor="middle">{}</text>',
        ((kind, ink, f"{middle:.1f}", f"{y:.1f}", words) for kind, ink, y, words in texts),
    )
