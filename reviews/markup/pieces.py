"""What the lines share: words of the page said once, facts in a list, words with line ends."""

from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from typing import NamedTuple

from django.template.defaultfilters import linebreaksbr
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

NOTHING = SafeString("")
# How the value of a fact is set.
PLAIN, AUTO, QUIET = NOTHING, SafeString(' dir="auto"'), SafeString(' class="quiet"')


def escaped(value: object) -> str:
    """As Django's `conditional_escape`, which asks each time whether the words are lazy."""
    kind = type(value)
    if kind is SafeString:
        return value  # type: ignore[return-value]
    if kind is str:
        return escape(value)  # type: ignore[arg-type]
    safe = getattr(value, "__html__", None)
    return safe() if safe else escape(str(value))


def markup(pattern: str, *values: object) -> SafeString:
    """The pattern with the values in it; what is not safe yet is escaped, as by `format_html`."""
    return SafeString(pattern.format(*map(escaped, values)))


class Spoken(dict[str, str]):
    """Words of the product in one language by their English, each looked up once."""

    def __missing__(self, words: str) -> str:
        self[words] = said = gettext(words)
        return said


def spoken() -> Spoken:
    """The words in the language of the page. Ask it for what `gettext_noop` marks, nothing else."""
    return _spoken(get_language())


@cache
def _spoken(_language: str | None) -> Spoken:
    return Spoken()


class Fact(NamedTuple):
    """One row of a list of facts; `label` is English and said in the language of the page."""

    label: str
    value: str
    look: SafeString = PLAIN


def facts(rows: Iterable[Fact]) -> SafeString:
    """`<dl class="facts">` of the rows."""
    say = spoken()
    return markup(
        '<dl class="facts">{}</dl>',
        joined(
            markup("<div><dt>{}</dt><dd{}>{}</dd></div>", say[row.label], row.look, row.value)
            for row in rows
        ),
    )


def joined(parts: Iterable[str], comma: str = "") -> SafeString:
    """One after another; what is not safe yet is escaped."""
    return SafeString(escaped(comma).join(map(escaped, parts)))


def lines(words: str) -> SafeString:
    """What somebody typed, its line ends kept."""
    if "\n" in words or "\r" in words:
        return SafeString(linebreaksbr(words))
    return SafeString(escaped(words))


def bdi(words: str) -> SafeString:
    """Words that keep a direction of their own."""
    return markup("<bdi>{}</bdi>", words)


def src(words: str) -> SafeString:
    """A line under a fact: where it comes from."""
    return markup('<span class="src">{}</span>', words)


def head(labels: Sequence[str], *, editable: bool, change: str) -> SafeString:
    """The head of a small table, with a column for changes where it may be edited."""
    cells = joined(markup("<th>{}</th>", each) for each in labels)
    last = markup('<th><span class="hide">{}</span></th>', change) if editable else NOTHING
    return markup("<thead><tr>{}{}</tr></thead>", cells, last)


def cell(label: str, value: str) -> SafeString:
    """A cell that names its column, for screens where the table becomes cards."""
    return markup('<td data-th="{}">{}</td>', label, value)
