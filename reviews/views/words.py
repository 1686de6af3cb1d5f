"""Section I: asking agencies for their word and giving it, and what others ask of a person."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from agencies.http import Request, shows
from agencies.page_marking import highest_of
from core.policy import lists
from reviews import actions, forms, policies, selectors
from reviews.models import CandourInvitation, FairNotice, Review
from reviews.views.dissent import form_page, named
from reviews.views.pages import REVIEW

ASK = named(
    gettext_lazy("Ask an agency for its word"),
    gettext_lazy(
        "It says by a day whether it concurs, concurs with comment, or dissents. Its commanders who"
        " are cleared for this marking may read the review from now on. Asking cannot be undone."
    ),
    gettext_lazy("Ask them"),
    grave=True,
)
GIVE = named(
    gettext_lazy("Your agency’s word"),
    gettext_lazy(
        "It is kept as you write it and printed with the review. A later word of your agency takes"
        " its place; this one stays on record with its date."
    ),
    gettext_lazy("Give it for good"),
    grave=True,
)


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW, may=policies.can_ask_agencies)
def agency_ask(request: Request, review: Review) -> HttpResponse:
    """Ask an agency for its word by a day."""
    form = forms.AskForm(request.POST or None, review=review)

    def act() -> None:
        actions.ask_agency(
            review_id=review.pk, by=request.user, at=timezone.now(), **form.cleaned_data
        )

    done = _("They are asked, and can read the review now.")
    return form_page(request, review, form, act, words=ASK, done=done)


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW, may=policies.is_asked)
def word_give(request: Request, review: Review) -> HttpResponse:
    """Give the word of one's agency."""
    form = forms.WordForm(request.POST or None, review=review)

    def act() -> None:
        said = form.values()
        actions.give_word(
            review_id=review.pk,
            word=said.pop("word"),
            key=said.pop("key"),
            said=actions.Said(**said),
            by=request.user,
            at=timezone.now(),
        )

    done = _("Your agency’s word is given. Nobody can change or remove it.")
    return form_page(request, review, form, act, words=GIVE, done=done)


@require_safe
@lists(Review, FairNotice, CandourInvitation)
def asked_list(request: Request) -> HttpResponse:
    """What reviews of others ask of this person: a word, a reply, a statement."""
    rows = Review.objects.visible_to(request.user).select_related("incident", "agency")
    asked = selectors.asked(request.user, rows)
    context = {"asked": asked, "marking": highest_of(asked.marks)}
    return render(request, "reviews/asked_list.html", context)
