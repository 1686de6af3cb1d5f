"""Section I: what stands against the review, what agencies say, who had fair notice."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from agencies.http import Request, shows
from agencies.models import User
from core.errors import RuleBroken
from reviews import actions, forms, policies, selectors
from reviews.choices import Letter
from reviews.kinds import refuse
from reviews.models import Review
from reviews.selectors.parts.signing import dissents_of
from reviews.views.pages import REVIEW, base_context


def dissent_page(
    request: Request, review: Review, *, form: forms.DissentForm | None = None, status: int = 200
) -> HttpResponse:
    """Section I, and the ways to add to it."""
    may_comment = policies.can_comment(request.user, review)
    context = {
        **base_context(review, here=Letter.I),
        "dissents": dissents_of(review),
        "agency_words": selectors.words_on(review),
        "notices": selectors.notices_of(review),
        "themes": selectors.themes_shown(review),
        "may_comment": may_comment,
        **_rights(request.user, review),
        "form": form or (forms.DissentForm(review=review) if may_comment else None),
    }
    return render(request, "reviews/section_dissent.html", context, status=status)


def _rights(user: User, review: Review) -> dict[str, bool]:
    return {
        "may_answer": policies.can_answer_dissent(user, review),
        "may_ask": policies.can_ask_agencies(user, review),
        "may_give_word": policies.is_asked(user, review),
        "may_give_notice": policies.can_give_notice(user, review),
        "may_enter_reply": policies.can_enter_reply(user, review),
        "is_on_team": policies.is_on_team(user, review),
    }


@require_POST
@shows(Review, **REVIEW)
def dissent_attach(request: Request, review: Review) -> HttpResponse:
    """Attach a comment or dissent."""
    form = forms.DissentForm(request.POST, review=review)
    if not form.is_valid():
        return dissent_page(request, review, form=form, status=422)
    try:
        actions.attach_dissent(
            review_id=review.pk, by=request.user, at=timezone.now(), **form.values()
        )
    except actions.NotSound as refusal:
        refuse(form, refusal)
        return dissent_page(request, review, form=form, status=422)
    messages.success(request, _("It is attached. Nobody can change or remove it."))
    return redirect(selectors.section_url(review, Letter.I))


def form_page(
    request: Request,
    review: Review,
    form: Any,
    act: Callable[[], object],
    *,
    words: dict[str, Any],
    done: str,
    back: str = "",
) -> HttpResponse:
    """A page of one form of section I: shown, refused with a sentence, or done.

    `words`: title, lead, verb and whatever else the page shows.
    """
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except RuleBroken as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, done)
            return redirect(back or selectors.section_url(review, Letter.I))
    context = {
        **base_context(review, here=Letter.I),
        "form": form,
        **words,
        "back": back or selectors.section_url(review, Letter.I),
    }
    status = 422 if form.errors else 200
    return render(request, "reviews/section_form.html", context, status=status)


def named(title: Promise, lead: Promise, verb: Promise, **more: Any) -> dict[str, Any]:
    """The words of such a page."""
    return {"title": title, "lead": lead, "verb": verb, **more}


ANSWER = named(
    gettext_lazy("Answer a comment or dissent"),
    gettext_lazy("Your answer stands beside it and prints with it. Both are kept as written."),
    gettext_lazy("Attach the answer for good"),
    grave=True,
)


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW, may=policies.can_answer_dissent)
def dissent_answer(request: Request, review: Review, row_pk: int) -> HttpResponse:
    """Answer a dissent, beside it."""
    dissent = get_object_or_404(review.dissents.select_related("agency", "by"), pk=row_pk)
    form = forms.AnswerForm(request.POST or None)

    def act() -> None:
        actions.answer_dissent(
            review_id=review.pk,
            dissent_id=dissent.pk,
            by=request.user,
            at=timezone.now(),
            **form.cleaned_data,
        )

    words = ANSWER | {"dissent": dissent}
    return form_page(
        request, review, form, act, words=words, done=_("The answer stands beside it.")
    )
