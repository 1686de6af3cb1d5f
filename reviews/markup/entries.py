"""One entry of section D as HTML, inside `ol.line`."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext

from core.templatetags.aar import digits, grade, when
from incidents.models import Evidence
from reviews.markup.pieces import AUTO, NOTHING, Fact, bdi, facts, joined, lines, markup, spoken
from reviews.selectors.timeline import EntryLine


def entry_html(entry: EntryLine, pieces: Sequence[Evidence], deeds: str = NOTHING) -> SafeString:
    """`pieces`: evidence that shows it, as far as the reader sees it; `deeds`: what may be done."""
    return markup(
        '<li id="entry-{}" class="{}"><div class="when">{}{}</div><div><p><bdi>{}</bdi></p>'
        '{}{}<p class="by">{}</p>{}</div></li>\n',
        entry.pk,
        "split" if entry.accounts else "vague" if entry.is_vague else "",
        _accounts_at(entry) if entry.accounts else _clock(entry),
        _small(entry.entered) if entry.entered else NOTHING,
        entry.what,
        _decision(entry),
        _accounts(entry) if entry.accounts else NOTHING,
        joined(_by(entry, pieces)),
        deeds,
    )


def _small(words: str) -> SafeString:
    return markup('<span class="xs">{}</span>', words)


def _clock(entry: EntryLine) -> SafeString:
    return markup('{}<span class="xs">{}</span>', digits(entry.clock), entry.precise)


def _accounts_at(entry: EntryLine) -> SafeString:
    n = len(entry.accounts)
    known: list[tuple[Any, str]] = [(each.at, each.precision) for each in entry.accounts]
    times = joined((when(at, precision) for at, precision in known), SafeString("<br>"))
    return joined((times, _small(ngettext("%(n)s account", "%(n)s accounts", n) % {"n": n})))


def _decision(entry: EntryLine) -> SafeString:
    if not (entry.decided or entry.because or entry.authority):
        return NOTHING
    rows = [
        Fact(_("What was decided"), lines(entry.decided), AUTO),
        Fact(_("Reason given"), lines(entry.because), AUTO),
        Fact(_("On what authority"), entry.authority, AUTO),
    ]
    return facts(row for row in rows if row.value)


def _accounts(entry: EntryLine) -> SafeString:
    told = {"accounts": entry.accounts, "verdict": entry.verdict, "label": entry.what}
    return render_to_string("components/accounts.html", told)


def _by(entry: EntryLine, pieces: Sequence[Evidence]) -> Iterator[SafeString]:
    """Who acted, who says so, how sure that is, what shows it."""
    if entry.by:
        yield markup("<b><bdi>{}</bdi></b>", entry.by)
    if entry.source:
        yield markup("<span>{}</span>", bdi(entry.source))
    if entry.source_kind:
        yield markup("<span>{}</span>", entry.source_kind)
    if entry.grade:
        yield grade(entry.grade)
    for tag in entry.tags:
        yield markup('<span class="tag">{}</span>', tag)
    say = spoken()
    for piece in pieces:
        yield markup(
            '<span>{}{}<a href="{}">{}</a></span>',
            say[_("Evidence")],
            say[_(": ")],
            piece.get_absolute_url(),
            bdi(piece.title),
        )
