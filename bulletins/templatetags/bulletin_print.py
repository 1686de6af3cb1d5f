"""Filters and tags of the printed documents."""

import re
from datetime import date

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from bulletins.rendering import figures, moons
from bulletins.rendering.documents import Cite, CountRow
from core import text
from reviews.lanes import HandOff, Lanes
from reviews.rendering import swim_lanes, wait_text

register = template.Library()

ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
LATIN = re.compile("[A-Za-z]")
ISO_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
ISO_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@register.filter
def tongue(words: str) -> SafeString:
    """`lang` and `dir` for a text in the other script than the document's; else nothing."""
    urdu = len(ARABIC.findall(words)) > len(LATIN.findall(words))
    if urdu == text.language().startswith("ur"):
        return SafeString("")
    if not urdu and not LATIN.search(words):
        return SafeString("")
    return SafeString('lang="ur" dir="rtl"' if urdu else 'lang="en" dir="ltr"')


@register.filter
def printed_date(value: date | None) -> str:
    """`29 September 2023`; Latin digits in both languages."""
    if value is None:
        return ""
    month = text.LONG_MONTHS["ur" if get_language() == "ur" else "en"][value.month - 1]
    return f"{value.day} {month} {value.year}"


@register.filter
def hijri(value: date) -> str:
    """`11 Jamadi-us-Sani 1448 (calculated)`."""
    return moons.calculated(value)


@register.filter
def hijri_bare(value: date) -> str:
    """`11 Jamadi-us-Sani 1448`, where the front page says that it is calculated."""
    return moons.bare(value)


@register.filter
def short_date(value: date) -> str:
    """`22 Nov 2026`."""
    return text.short_date(value)


@register.filter
def published_date(value: str) -> str:
    """`2023-09-29` as `29 Sep 2023`, `2023-09` as `Sep 2023`; anything else as it was published."""
    if ISO_DAY.fullmatch(value):
        return text.short_date(date.fromisoformat(value))
    if ISO_MONTH.fullmatch(value):
        return text.day_digits(date.fromisoformat(f"{value}-01"), "MONTH")
    return value


@register.filter
def cites(cite: Cite | None) -> SafeString:
    """A raised source number with its grade; brackets come from the sheet."""
    if cite is None:
        return SafeString("")
    return format_html(
        '<sup class="c" lang="en"><a href="#s{}"><b>{}</b>{}</a></sup>',
        cite.number,
        cite.number,
        cite.grade,
    )


@register.filter
def cited(cite: Cite | None) -> SafeString:
    """A source number with its grade, on the line."""
    if cite is None:
        return SafeString("–")
    return format_html(
        '<span class="s ltr" lang="en"><a href="#s{}"><b>{}</b></a>{}</span>',
        cite.number,
        cite.number,
        f" {cite.grade}" if cite.grade else "",
    )


@register.filter
def paragraphs(words: str) -> list[str]:
    """The paragraphs of a text that a person typed."""
    return [each.strip() for each in re.split(r"\n\s*\n|\r\n\s*\r\n", words) if each.strip()]


@register.filter
def isolated(value: str) -> str:
    """Figures and letters that keep their order in a line of the other direction."""
    return f"\u2066{value}\u2069"


@register.filter
def hash_groups(value: str) -> SafeString:
    """A hash in groups of eight, so that a person can compare it."""
    groups = (value[i : i + 8] for i in range(0, len(value), 8))
    return format_html_join(" ", "{}", ((each,) for each in groups))


@register.simple_tag
def series(rows: tuple[CountRow, ...]) -> SafeString:
    """The casualty series as SVG."""
    return figures.series(rows)


@register.simple_tag
def swim(lanes: Lanes, where: object, number: int) -> SafeString:
    """The lanes of one day as SVG; lanes by number where their names are not all in Latin letters,
    whose joined letters the SVG of the renderer takes apart."""
    uid = f"sw{where}-{number}"
    return swim_lanes(lanes, uid=uid, numbered=is_numbered(lanes), told_in_title=True)


@register.filter
def is_numbered(lanes: Lanes) -> bool:
    """Whether the picture has numbers for words, so that the names belong under it."""
    return get_language() == "ur" or any(map(ARABIC.search, lanes.names))


@register.filter
def delay(hand_off: HandOff) -> str:
    """`16 min`, `2 or 17 min`, or that it is not recorded."""
    return wait_text(hand_off)


@register.simple_tag
def code(words: str, title: str) -> SafeString:
    """A QR code."""
    return figures.code(words, title)
