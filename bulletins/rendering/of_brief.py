"""A brief of one incident or one review, as it stands when it is asked for."""

from datetime import date

from django.db.models import Prefetch
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from agencies.models import User
from bulletins.rendering import gathering, moons
from bulletins.rendering.counts import count_rows
from bulletins.rendering.documents import (
    BriefDocument,
    Cite,
    Dispute,
    FactLine,
    Glance,
    LogLine,
    MeasureLine,
)
from bulletins.rendering.passages import PartBlock, PassageBlock, SaidLine
from core import text
from incidents.choices import ClaimKind, Delivery, YesNoUnknown
from incidents.models import (
    CasualtyCount,
    Claim,
    DisputedFact,
    Fact,
    FactAccount,
    Incident,
    LogEntry,
)
from reviews.choices import RELEASED_STATES, Letter
from reviews.lanes import lanes_by_day
from reviews.models import Review, ReviewVersion
from reviews.selectors import frozen, in_order, lines_only


def incident_document(
    incident: Incident, *, number: str, language: str, by: User, printed_on: date
) -> BriefDocument:
    """All that the register holds of an incident, on a page or two."""
    with translation.override(language):
        book = gathering.SourceBook()
        counts = list(
            CasualtyCount.objects.filter(incident=incident).in_order().select_related("source")
        )
        reach = gathering.tallies(counts, book)
        return BriefDocument(
            number=number,
            kind=_("Incident brief"),
            language=language,
            title=incident.label,
            stand=_incident_stand(incident, [f"{each.state}: {each.words}" for each in reach[:2]]),
            agency=by.agency.label,
            subject=incident.reference,
            mark=gathering.mark_of(incident),
            printed_on=printed_on,
            glance=_glance(incident, book),
            summary=incident.summary,
            counts=count_rows(counts, book),
            log=_log(incident, book),
            disputes=_disputes(incident, book),
            facts=_facts(incident, book),
            unknowns=tuple(
                incident.open_questions.order_by("position", "pk").values_list("text", flat=True)
            ),
            sources=book.lines(),
            is_example=incident.is_example,
        )


def review_document(
    review: Review, *, number: str, language: str, by: User, printed_on: date
) -> BriefDocument:
    """A review in short: planned, happened, why, what next, dissent whole."""
    with translation.override(language):
        incident = review.incident
        findings = review.findings.select_related("review__incident").order_by("number")
        recommendations = (
            review.recommendations.select_related("owner_agency")
            .prefetch_related("findings")
            .order_by("number")
        )
        dissents = review.dissents.select_related("agency", "review")
        dissents = dissents.prefetch_related("answers__by").order_by("at", "pk")
        entries = in_order(review)
        passages = frozen.passages_of(lines_only(review))
        return BriefDocument(
            number=number,
            kind=_("Review brief"),
            language=language,
            title=incident.label,
            stand=_("%(tier)s of %(incident)s, %(when)s. State: %(state)s.")
            % {
                "tier": review.get_tier_display(),
                "incident": incident.reference,
                "when": gathering.moment_words(incident),
                "state": review.get_state_display(),
            },
            agency=by.agency.label,
            subject=review.reference,
            mark=gathering.mark_of(review),
            printed_on=printed_on,
            glance=(
                *_version_glance(review),
                Glance(_("Lead agency"), review.agency.label),
                Glance(_("Scope"), review.scope),
                Glance(_("Place"), gathering.place_words(incident)),
                Glance(_("Who took part"), review.participants),
                Glance(_("Opened"), text.short_date(review.opened_at)),
                Glance(_("Due"), text.short_date(review.due_at)),
                Glance(
                    _("Approved"), text.short_date(review.approved_at) if review.approved_at else ""
                ),
                Glance(
                    _("Days since the incident, to publication")
                    if review.published_at
                    else _("Days since the incident, so far"),
                    str(review.days_to_review),
                ),
            ),
            measures=tuple(
                MeasureLine(
                    each.text,
                    each.laid_down_in,
                    each.get_in_place_display(),
                    each.get_rating_display() if each.rating else "",
                )
                for each in review.measures.order_by("position", "pk")
            ),
            log=tuple(
                LogLine(
                    gathering.entry_words(entry),
                    entry.text,
                    " → ".join(filter(None, [entry.acting, entry.told])),
                    None,
                    entry.grade,
                )
                for entry in entries
            ),
            lanes=tuple(each for each in lanes_by_day(entries) if each.is_worth_drawing),
            before=tuple(_passage(each) for each in passages if each.letter < Letter.D),
            after=tuple(_passage(each) for each in passages if each.letter > Letter.D),
            findings=tuple(map(gathering.finding_line, findings)),
            recommendations=tuple(map(gathering.recommendation_line, recommendations)),
            dissents=tuple(map(gathering.dissent_line, dissents)),
            is_example=review.is_example,
        )


def version_document(
    version: ReviewVersion, *, number: str, language: str, by: User, printed_on: date
) -> BriefDocument:
    """One frozen version of a review, whole, from what was frozen and nothing else."""
    with translation.override(language):
        review, held = version.review, version.content
        return BriefDocument(
            number=number,
            kind=_("Review, version %(n)d") % {"n": version.number},
            language=language,
            title=held.get("incident", {}).get("title", "") or review.reference,
            stand=_("Version %(n)d of %(ref)s, frozen on %(on)s. SHA-256 %(hash)s.")
            % {
                "n": version.number,
                "ref": review.reference,
                "on": text.short_date(version.frozen_at),
                "hash": version.sha256,
            },
            agency=by.agency.label,
            subject=review.reference,
            mark=gathering.mark_of(review),
            printed_on=printed_on,
            glance=_days_of(version),
            passages=tuple(_passage(each) for each in frozen.passages_of(held)),
            is_example=review.is_example,
        )


def _passage(passage: frozen.Passage) -> PassageBlock:
    title = passage.title
    if passage.letter != frozen.ELSEWHERE:
        title = f"{passage.letter} · {title}"
    return PassageBlock(
        title,
        tuple(
            PartBlock(part.heading, tuple(SaidLine(each.label, each.text) for each in part.facts))
            for part in passage.parts
        ),
    )


def _days_of(version: ReviewVersion) -> tuple[Glance, ...]:
    """From the last day of the incident, as it was frozen, to the day of the version."""
    told = version.content.get("incident", {})
    day = told.get("until_date") or told.get("date")
    if not day:
        return ()
    days = (timezone.localdate(version.frozen_at) - date.fromisoformat(day)).days
    return (Glance(_("Days since the incident, to this version"), str(max(days, 0))),)


def _version_glance(review: Review) -> tuple[Glance, ...]:
    """Which version the brief is of, once one is published."""
    newest = frozen.newest(review) if review.state in RELEASED_STATES else None
    return (Glance(_("Version"), str(newest.number)),) if newest else ()


def _incident_stand(incident: Incident, reach: list[str]) -> str:
    pieces = [gathering.moment_words(incident), gathering.place_words(incident), *reach]
    sentences = (piece.removesuffix(".") for piece in pieces if piece)
    return " ".join(_("%(words)s.") % {"words": words} for words in sentences)


def _glance(incident: Incident, book: gathering.SourceBook) -> tuple[Glance, ...]:
    method = [incident.get_attack_type_display()]
    if incident.suicide != YesNoUnknown.UNKNOWN:
        suicide = incident.suicide == YesNoUnknown.YES
        method.append(_("suicide attack") if suicide else _("not a suicide attack"))
    if incident.delivery not in {Delivery.UNKNOWN, Delivery.NONE}:
        method.append(incident.get_delivery_display())
    target = [incident.get_target_type_display(), incident.target_text]
    lines = [
        Glance(_("Place"), gathering.place_words(incident)),
        Glance(_("When"), gathering.moment_words(incident)),
        *([Glance(_("Hijri date"), hijri)] if (hijri := moons.happened(incident)) else []),
        Glance(_("Method"), "; ".join(method)),
        Glance(_("Aimed at"), "; ".join(filter(None, target))),
        Glance(_("Agencies on the scene"), "; ".join(incident.agencies_on_scene.splitlines())),
        Glance(_("Hazards remaining"), incident.hazards),
    ]
    claims = Claim.objects.filter(incident=incident).select_related("source").order_by("pk")
    for claim in claims:
        words = " ".join(filter(None, [claim.who, claim.what])) or claim.note
        cite: Cite | None = book.cite(claim.source)
        if claim.kind == ClaimKind.NO_CLAIM:
            lines.append(Glance(_("Claim"), words or claim.get_kind_display(), cite))
        else:
            lines.append(Glance(claim.get_kind_display(), words, cite))
    return tuple(lines)


def _log(incident: Incident, book: gathering.SourceBook) -> tuple[LogLine, ...]:
    entries = (
        LogEntry.objects.filter(incident=incident)
        .select_related("source")
        .order_by("on_date", "at_time", "position", "pk")
    )
    return tuple(
        LogLine(gathering.log_words(entry), entry.text, "", book.cite(entry.source))
        for entry in entries
    )


def _disputes(incident: Incident, book: gathering.SourceBook) -> tuple[Dispute, ...]:
    facts = (
        DisputedFact.objects.filter(incident=incident)
        .prefetch_related(
            Prefetch(
                "accounts",
                FactAccount.objects.select_related("source").order_by("position", "pk"),
            )
        )
        .order_by("position", "pk")
    )
    return gathering.disputes(facts, book)


def _facts(incident: Incident, book: gathering.SourceBook) -> tuple[FactLine, ...]:
    facts = (
        Fact.objects.filter(incident=incident)
        .select_related("source")
        .order_by("topic", "position", "pk")
    )
    return tuple(
        FactLine(
            fact.get_topic_display(), fact.text, fact.get_basis_display(), book.cite(fact.source)
        )
        for fact in facts
    )
