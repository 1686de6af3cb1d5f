"""Notices, invitations and statements as rows, for stories that are about who may see them."""

from reviews.models import CandourInvitation, CandourStatement, FairNotice, Review
from reviews.selectors import sealed_words
from tests.factories import NOON


def notice_of(review_id, body, by, words="It was not searched."):
    """Fair notice of one passage to an agency."""
    review = Review.objects.get(pk=review_id)
    return FairNotice.objects.create(
        words=words,
        body_agency=body,
        body_post="Head",
        due_date=NOON,
        given_at=NOON,
        given_by=by,
        **_shown_of(review),
    )


def invitation_to(person, review_id, facilitator, by, about=""):
    """An invitation to speak on one review."""
    review = Review.objects.get(pk=review_id)
    return CandourInvitation.objects.create(
        person=person,
        facilitator=facilitator,
        about=about,
        asked_at=NOON,
        asked_by=by,
        **_shown_of(review),
    )


def told(invitation, words="Zamburak"):
    """What the person invited told the facilitator."""
    return CandourStatement.objects.create(
        review_id=invitation.review_id,
        author=invitation.person,
        facilitator=invitation.facilitator,
        sealed=sealed_words(words),
        given_at=NOON,
    )


def _shown_of(review):
    return {
        "review": review,
        "reference": review.reference,
        "from_agency": review.agency,
        "tlp": review.tlp,
        "classification": review.classification,
        "caveats": review.caveats,
    }
