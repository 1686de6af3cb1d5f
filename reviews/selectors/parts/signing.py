"""Sections I and J."""

from typing import Any

from reviews.models import Dissent, DissentAnswer, Review, SignOff
from reviews.selectors.gathering import Found, Lists, gathered, hold, under
from reviews.selectors.parts.plain import at_text, day_text
from reviews.selectors.words import Notice, Word, notices_of, words_on


def signing(review: Review) -> dict[str, Any]:
    """What stands against it, and who signed."""
    signoffs = review.signoffs.select_related("by").order_by("at", "id")
    return {
        "dissents": [_dissent(row) for row in dissents_of(review)],
        "words": [_word(row) for row in words_on(review)],
        "notices": [_notice(row) for row in notices_of(review)],
        "candour": [
            {"contributors": row.contributors, "text": row.text}
            for row in review.candour_themes.shown()
        ],
        "signoffs": [_signoff(row) for row in signoffs],
    }


def dissents_of(review: Review) -> list[Dissent]:
    """Comments and dissents as they came, each with what was answered. One query."""
    return dissents_from(gathered(review, **dissents_asked(review)))


def dissents_asked(review: Review) -> Lists:
    """What `dissents_from` reads."""
    answers = DissentAnswer.objects.filter(dissent__review=review)
    return {
        "dissents": review.dissents.select_related("agency", "by").order_by("at", "id"),
        "dissent_answers": answers.select_related("by").order_by("at", "pk"),
    }


def dissents_from(found: Found) -> list[Dissent]:
    """The dissents as they were gathered."""
    answers = under(found["dissent_answers"], "dissent_id")
    for each in found["dissents"]:
        hold(each, answers=answers[each.pk])
    rows: list[Dissent] = found["dissents"]
    return rows


def _dissent(row: Dissent) -> dict[str, Any]:
    return {
        "agency": row.agency.name,
        "post": row.by.post,
        "kind": row.kind,
        "about": row.about,
        "passage": row.passage,
        "text": row.text,
        "at": at_text(row.at),
        "answers": [
            {"post": each.by.post, "text": each.text, "at": at_text(each.at)}
            for each in row.answers.all()
        ],
    }


def _word(row: Word) -> dict[str, Any]:
    """An agency's word, and its silence where it gave none by the day."""
    return {
        "agency": row.consultation.agency.name,
        "asked_at": at_text(row.consultation.asked_at),
        "due_date": day_text(row.consultation.due_date),
        "was_silent": row.was_silent,
        "answers": [
            {"word": each.word, "post": each.by.post, "at": at_text(each.at)}
            for each in row.answers
        ],
    }


def _notice(row: Notice) -> dict[str, Any]:
    """A notice with the words that were given, and the replies."""
    notice = row.notice
    return {
        "body": notice.body_agency.name if notice.body_agency else notice.body_name,
        "post": notice.body_post,
        "about": notice.about,
        "words": notice.words,
        "given_at": at_text(notice.given_at),
        "given_by": notice.given_by.post,
        "due_date": day_text(notice.due_date),
        "is_changed": row.is_changed,
        "was_silent": row.was_silent,
        "replies": [
            {
                "text": each.text,
                "said_on": day_text(each.said_on),
                "source": each.source,
                "at": at_text(each.at),
            }
            for each in row.replies
        ],
    }


def _signoff(row: SignOff) -> dict[str, str]:
    return {"deed": row.deed, "post": row.by.post, "comment": row.comment, "at": at_text(row.at)}
