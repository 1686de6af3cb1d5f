"""One finding as HTML, with what hangs from it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_noop as _

from core.templatetags.aar import english, grade, short_date, when_day
from incidents.choices import Precision, YesNoUnknown
from reviews.choices import FindingKind, Severity
from reviews.markup.pieces import (
    AUTO,
    NOTHING,
    QUIET,
    Fact,
    bdi,
    facts,
    joined,
    lines,
    markup,
    spoken,
    src,
)
from reviews.models import Dissent, Finding, FindingBody
from reviews.selectors.why import FindingLine, Joint

FELL_SHORT = (FindingKind.FAILURE, FindingKind.MISSED)


def finding_html(
    line: FindingLine, dissents: Iterable[Dissent], answers: Sequence[int]
) -> SafeString:
    """`dissents` against it; `answers`: numbers of the recommendations that answer it."""
    finding = line.finding
    return markup(
        '<article class="block" id="finding-{}"><p class="small quiet">{}</p>'
        '<h3 dir="auto">{}</h3>{}{}</article>\n',
        finding.number,
        _kind(finding),
        finding.title,
        facts(_facts(line, answers)),
        disputed(dissents),
    )


def disputed(dissents: Iterable[Dissent]) -> SafeString:
    """The dissents against a line, under it."""
    return joined(render_to_string("reviews/_dissent.html", {"dissent": each}) for each in dissents)


def _kind(finding: Finding) -> SafeString:
    """What it is, its number, its category, when; one after another."""
    tag = "tag warn" if finding.kind in FELL_SHORT else "tag"
    words: list[str] = [
        markup(
            '<span class="{}">{}</span> {}',
            tag,
            finding.get_kind_display(),
            spoken()[_("Finding %(n)s")] % {"n": finding.number},
        )
    ]
    if finding.source_number:
        number = spoken()[_("number %(number)s in the source")]
        words.append(number % {"number": finding.source_number})
    if finding.source_reference:
        words.append(bdi(finding.source_reference))
    if finding.category:
        words.append(coded(finding.category.code, finding.category.label))
    phase = finding.get_phase_display()
    words.append(joined((phase, grade(finding.grade)), " ") if finding.grade else phase)
    return joined(words, " · ")


def coded(code: str, label: str) -> SafeString:
    """A category: its code in Latin letters, then its label."""
    return markup("<bdi>{} {}</bdi>", english(code), label)


def _facts(line: FindingLine, answers: Sequence[int]) -> Iterator[Fact]:
    finding = line.finding
    yield from _said(line)
    if finding.expected or finding.expected_in:
        yield Fact(_("What was expected"), _expected(finding), AUTO)
    if finding.happened:
        yield Fact(_("What happened"), lines(finding.happened), AUTO)
    yield Fact(_("What shows it"), _evidence(line), AUTO)
    yield from _judged(finding)
    if line.others:
        others = (src(coded(each.code, each.label)) for each in line.others)
        yield Fact(_("Other categories"), joined(others))
    if line.led_by or line.led_to:
        yield Fact(_("Causes"), _causes(line))
    yield _answered(answers)


def _said(line: FindingLine) -> Iterator[Fact]:
    """The words of the source, when it was, and each body by its part in it."""
    finding = line.finding
    if finding.source_words:
        yield Fact(_("In the words of the source"), lines(finding.source_words), AUTO)
    if finding.on_date:
        yield Fact(_("When"), _moment(finding, finding.on_date))
    for label, bodies in (
        (_("Principal"), line.principal),
        (_("Contributing"), line.contributing),
        (_("Affected by it"), line.affected),
        (_("Expressly not criticised"), line.cleared),
    ):
        if bodies:
            yield Fact(label, _bodies(bodies))


def _moment(finding: Finding, day: date) -> SafeString:
    """When it fell short, as exactly as it is known; to another day or hour where it lasted."""
    say = spoken()
    parts = [when_day(day, finding.precision)]
    if finding.until_date:
        parts += [" – ", short_date(finding.until_date)]
    if finding.at_time:
        about = f"{say[_('about')]} " if finding.precision == Precision.ABOUT else ""
        clock = f"{finding.at_time:%H:%M}"
        if finding.until_time:
            clock += f"–{finding.until_time:%H:%M}"
        parts += [say[_(", ")], about, markup('<span class="t" dir="ltr">{}</span>', clock)]
    return joined(parts)


def _judged(finding: Finding) -> Iterator[Fact]:
    say = spoken()
    if finding.probability or finding.confidence:
        yield Fact(_("How likely it is so"), _likely(finding))
    why = finding.counterfactual_why
    harm = markup('<span class="src" dir="auto">{}</span>', lines(why)) if why else NOTHING
    less = finding.get_counterfactual_display()
    yield Fact(_("Had this held, less harm?"), joined((less, harm)), AUTO)
    if finding.severity != Severity.UNKNOWN or finding.severity_published:
        words = under(say[_("In the words of the source")], finding.severity_published, " · ")
        yield Fact(_("Severity"), joined((finding.get_severity_display(), words)))
    if finding.known_before != YesNoUnknown.UNKNOWN:
        since = under(say[_("Since")], finding.known_since)
        review = src(bdi(finding.known_from)) if finding.known_from else NOTHING
        yield Fact(_("Known before"), joined((finding.get_known_before_display(), since, review)))


def under(label: str, words: str, after: str = " ") -> SafeString:
    """A line under a fact: what it is, then the words; nothing without words."""
    return src(joined((label, after, bdi(words)))) if words else NOTHING


def _bodies(bodies: Sequence[FindingBody]) -> SafeString:
    """Each by its name; a note stands on a line of its own, so no comma before the next."""
    comma, parts = spoken()[_(", ")], []
    for place, body in enumerate(bodies, start=1):
        parts.append(bdi(body.label))
        if body.note:
            parts.append(markup('<span class="src" dir="auto">{}</span>', body.note))
        elif place < len(bodies):
            parts.append(joined((comma,)))
    return joined(parts)


def _expected(finding: Finding) -> SafeString:
    if not finding.expected_in:
        return lines(finding.expected)
    return markup(
        '{}<span class="src" dir="auto">{} {}</span>',
        lines(finding.expected),
        spoken()[_("Laid down in")],
        bdi(finding.expected_in),
    )


def _evidence(line: FindingLine) -> SafeString:
    say = spoken()
    parts = [lines(line.finding.evidence or say[_("nothing is named")])]
    for file in line.files:
        link = markup(
            '<a href="{}">{}</a>', file.evidence.get_absolute_url(), bdi(file.evidence.title)
        )
        shows = (say[_(": ")], bdi(file.shows)) if file.shows else ()
        parts.append(src(joined((link, *shows))))
    return joined(parts)


def _likely(finding: Finding) -> SafeString:
    say = spoken()
    likely = finding.get_probability_display() or say[_("not judged")]
    if not finding.confidence:
        return joined((likely,))
    sure = joined((say[_("Confidence")], finding.get_confidence_display()), " · ")
    return joined((likely, src(sure)))


def _causes(line: FindingLine) -> SafeString:
    say = spoken()
    by, to = say[_("Finding %(n)s %(did)s this")], say[_("This %(did)s finding %(n)s")]
    return joined(
        (
            *(_joint(each, by, say[": "]) for each in line.led_by),
            *(_joint(each, to, say[": "]) for each in line.led_to),
        )
    )


def _joint(joint: Joint, words: str, colon: str) -> SafeString:
    """Which other finding did what, with a link to it and how."""
    return markup(
        '<span class="src">{}{}<a href="#finding-{}">{}</a>{}</span>',
        words % {"n": joint.number, "did": joint.did},
        colon,
        joint.number,
        bdi(joint.title),
        markup(" {}", bdi(joint.text)) if joint.text else NOTHING,
    )


def _answered(answers: Sequence[int]) -> Fact:
    say, label = spoken(), _("Answered by")
    if not answers:
        alone = say[_("no recommendation; a finding may stand alone")]
        return Fact(label, alone, QUIET)
    named = say[_("Recommendation %(n)s")]
    links = (markup('<a href="#recommendation-{}">{}</a>', n, named % {"n": n}) for n in answers)
    return Fact(label, joined(links, say[", "]))
