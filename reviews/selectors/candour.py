"""Candid statements, for the two people who may read them; and what may be said of them."""

from dataclasses import dataclass

from django.db import connection

from agencies.models import User
from agencies.signing.vault import NotOurs, seal, unseal
from reviews.choices import MemberRole
from reviews.models import CandourStatement, CandourTheme, Review

PURPOSE = "candour"
# Who gave a statement, in the record of deeds: opened only with the deployment's secret.
ACTOR = "candour.actor"


@dataclass(frozen=True)
class Statement:
    """A statement and its words; None where they were sealed with a secret that is gone."""

    row: CandourStatement
    words: str | None


def sealed_words(words: str) -> str:
    """As the words are stored."""
    return seal(words, purpose=PURPOSE)


def sealed_actor(user: User) -> str:
    """As the record keeps who did it."""
    return seal(str(user.pk), purpose=ACTOR)


def takes_statement(review_id: int, user: User) -> bool:
    """Whether this person may give a statement on the review now, which they may not see at all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reviews_takes_statement(%s, %s)", [review_id, user.pk])
        return bool(cursor.fetchone()[0])


def facilitators(review: Review) -> list[User]:
    """Who may be spoken to."""
    rows = review.members.filter(role=MemberRole.FACILITATOR).select_related("user__agency")
    return [each.user for each in rows.order_by("id")]


def statements_by(user: User, review_id: int) -> list[Statement]:
    """What this person gave on the review."""
    rows = CandourStatement.objects.visible_to(user).filter(author=user, review_id=review_id)
    return [_open(each) for each in rows.select_related("facilitator").order_by("given_at", "pk")]


def statements_to(user: User, review_id: int) -> list[Statement]:
    """What this facilitator was told."""
    rows = CandourStatement.objects.visible_to(user).filter(facilitator=user, review_id=review_id)
    return [
        _open(each) for each in rows.select_related("author__agency").order_by("given_at", "pk")
    ]


def themes_of(user: User, review: Review) -> list[CandourTheme]:
    """The summaries that this facilitator has written, shown or not."""
    rows = review.candour_themes.filter(by=user).prefetch_related("grounds")
    return list(rows.order_by("pk"))


def themes_shown(review: Review) -> list[CandourTheme]:
    """What the review says of its candid statements."""
    return list(review.candour_themes.shown())


def _open(row: CandourStatement) -> Statement:
    if not row.sealed:
        return Statement(row, "")
    try:
        return Statement(row, unseal(row.sealed, purpose=PURPOSE))
    except NotOurs:
        return Statement(row, None)
