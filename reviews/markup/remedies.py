"""One recommendation as HTML, for reading and where it is edited."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_noop as _

from core.templatetags.aar import ref, short_date
from reviews.markup.findings import coded, disputed, under
from reviews.markup.pieces import (
    AUTO,
    NOTHING,
    Fact,
    bdi,
    cell,
    facts,
    head,
    joined,
    lines,
    markup,
    spoken,
    src,
)
from reviews.models import Dissent, Recommendation, RecommendationPart, RecommendationStage
from reviews.selectors.remedies import Assurance


@dataclass(frozen=True)
class Shown:
    """How recommendations are shown on one page."""

    review_pk: int
    editable: bool = False
    # Say what each still lacks.
    gated: bool = False
    assurance: Sequence[Assurance] = ()


def recommendation_html(
    row: Recommendation, shown: Shown, dissents: Iterable[Dissent]
) -> SafeString:
    """`row` as `selectors/remedies.py` gathers it; `dissents` against it."""
    return markup(
        '<article class="block" id="recommendation-{}"><p class="small quiet">{}</p>'
        '<h3 dir="auto">{}</h3>{}{}{}{}{}{}{}{}</article>\n',
        row.number,
        _named(row),
        lines(row.text),
        _lacks(row) if shown.gated and row.shown_lacks else NOTHING,
        facts((*_whose(row), *_weighed(row), *_answering(row))),
        _parts(row.shown_parts, shown) if row.shown_parts else NOTHING,
        _stages(row.shown_stages, shown) if row.shown_stages else NOTHING,
        _replies(row, shown) if row.shown_replies else NOTHING,
        _assured(shown) if row.is_monitored and shown.assurance else NOTHING,
        disputed(dissents),
        _deeds(row, shown) if shown.editable else NOTHING,
    )


def _named(row: Recommendation) -> SafeString:
    words: list[str] = [ref(row.reference)]
    if row.source_number:
        number = spoken()[_("number %(number)s in the source")]
        words.append(number % {"number": row.source_number})
    if row.source_reference:
        words.append(bdi(row.source_reference))
    if row.issued_date:
        made = spoken()[_("made on %(day)s")]
        words.append(made % {"day": short_date(row.issued_date)})
    if row.category:
        words.append(coded(row.category.code, row.category.label))
    return joined(words, " · ")


def _lacks(row: Recommendation) -> SafeString:
    note = spoken()[_("Note:")]
    each = (
        markup("<li>{}{}</li>", f"{note} " if lack.is_note else "", lack.sentence)
        for lack in row.shown_lacks
    )
    return markup('<div class="notice warn"><ul>{}</ul></div>', joined(each))


def _day(day: object) -> str:
    return short_date(day) if day else spoken()[_("no day yet")]  # type: ignore[arg-type]


def _whose(row: Recommendation) -> Iterator[Fact]:
    """Who does it by when, and how one will see that it is done."""
    say = spoken()
    agency = src(row.owner_agency.label) if row.owner_agency else NOTHING
    yield Fact(_("Owner"), joined((row.owner_post or say[_("nobody yet")], agency)), AUTO)
    if row.addressed_to:
        yield Fact(_("Addressed to"), lines(row.addressed_to), AUTO)
    if row.is_quick_fix:
        done = say[_("day not said yet")]
        if row.done_date:
            done = say[_("done on %(day)s")] % {"day": short_date(row.done_date)}
        yield Fact(_("Quick fix"), done)
    if row.due_date or not row.is_quick_fix:
        yield Fact(_("Due"), _day(row.due_date))
    criterion = row.closure_criterion or say[_("nothing says yet how it will be seen")]
    yield Fact(_("Closed when"), lines(criterion), AUTO)
    published = under(say[_("In the words of the source")], row.status_published, " · ")
    yield Fact(_("Status"), joined((row.get_status_display(), published)))
    if row.is_monitored:
        number = say[_("as %(number)s")] % {"number": row.monitored_number}
        known = src(number) if row.monitored_number else NOTHING
        by = row.monitored_by or say[_("by the issuer")]
        yield Fact(_("Monitored"), joined((by, known)), AUTO)


def _weighed(row: Recommendation) -> Iterator[Fact]:
    if row.priority:
        yield Fact(_("Priority"), row.get_priority_display())
    if row.authority:
        yield Fact(_("Able to decide it"), row.get_authority_display())
    if row.cost:
        yield Fact(_("Cost"), row.get_cost_display())


def _answering(row: Recommendation) -> Iterator[Fact]:
    """What it works on, which point of the national plan it serves, which findings it answers."""
    say = spoken()
    comma = say[_(", ")]
    if row.elements:
        yield Fact(_("Capability element"), joined(row.element_labels, comma))
    if row.shown_points:
        points = (coded(each.code, each.label) for each in row.shown_points)
        yield Fact(_("National Action Plan"), joined(points, comma))
    if numbers := [each.number for each in row.findings.all()]:
        named = say[_("Finding %(n)s")]
        yield Fact(_("Answers"), joined((named % {"n": n} for n in numbers), comma))


def _parts(rows: Iterable[RecommendationPart], shown: Shown) -> SafeString:
    say = spoken()
    labels = [say[_("Body")], say[_("Post")], say[_("What part")], say[_("Due")]]
    unsaid = say[_("not said")]
    reports = markup('<span class="src"><br>{}</span>', say[_("reports back on it")])
    return _table(
        say[_("Parts of other bodies")],
        labels,
        shown,
        (
            markup(
                '<tr><th scope="row">{}</th>{}{}{}{}</tr>',
                bdi(row.who),
                cell(labels[1], bdi(row.post or unsaid)),
                cell(labels[2], joined((bdi(row.part or unsaid), reports if row.reports else ""))),
                cell(labels[3], _day(row.due_date)),
                _edit(shown, "parts", row.pk, row.who),
            )
            for row in rows
        ),
    )


def _stages(rows: Iterable[RecommendationStage], shown: Shown) -> SafeString:
    say = spoken()
    labels = [say[_("What is to be seen")], say[_("By")], say[_("Done on")]]
    return _table(
        say[_("Stages")],
        labels,
        shown,
        (
            markup(
                '<tr><th scope="row">{}</th>{}{}{}</tr>',
                bdi(row.what),
                cell(labels[1], _day(row.due_date)),
                cell(labels[2], short_date(row.done_date)),
                _edit(shown, "stages", row.pk, row.what),
            )
            for row in rows
        ),
    )


def _table(
    caption: str, labels: Sequence[str], shown: Shown, rows: Iterable[SafeString]
) -> SafeString:
    return markup(
        '<table class="tbl above-s"><caption>{}</caption>{}<tbody>{}</tbody></table>',
        caption,
        head(labels, editable=shown.editable, change=spoken()[_("Change")]),
        joined(rows),
    )


def _edit(shown: Shown, kind: str, pk: int, what: str) -> SafeString:
    """A cell that leads to where a row is changed, on the page of who may."""
    if not shown.editable:
        return NOTHING
    return markup(
        '<td><a href="{}">{}<span class="hide"> {}</span></a></td>',
        reverse("reviews:row_change", args=[shown.review_pk, kind, pk]),
        spoken()[_("Edit")],
        what,
    )


def _replies(row: Recommendation, shown: Shown) -> SafeString:
    told = {"rows": row.shown_replies, "review_pk": shown.review_pk, "editable": shown.editable}
    return render_to_string("reviews/_replies.html", told)


def _assured(shown: Shown) -> SafeString:
    told = {"assurance": shown.assurance}
    return render_to_string("reviews/_assurance.html", told)


def _deeds(row: Recommendation, shown: Shown) -> SafeString:
    told = {"recommendation": row, "review_pk": shown.review_pk}
    return render_to_string("reviews/_recommendation_deeds.html", told)
