"""The chapters of a major review, a section's at a time."""

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.http import Request, shows
from core.errors import RuleBroken, StaleEdit
from core.policy import refuse_unless
from reviews import actions, forms, policies, selectors
from reviews.choices import CHAPTERS, ReviewTier
from reviews.kinds import refuse
from reviews.models import Review
from reviews.views import conflicts
from reviews.views.pages import REVIEW, base_context


def _form(review: Review, letter: str, data: Any = None) -> forms.ChaptersForm:
    texts = selectors.chapter_texts(review, letter)
    return forms.ChaptersForm(
        data, letter=letter, texts=texts, version=selectors.fingerprint(texts)
    )


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW)
def chapters_edit(request: Request, review: Review, letter: str) -> HttpResponse:
    """Write the chapters of a section."""
    refuse_unless(policies.is_on_team(request.user, review))
    if letter not in CHAPTERS or review.tier != ReviewTier.T3:
        raise Http404
    back = selectors.section_url(review, letter)
    if request.method == "GET":
        if not policies.can_write(request.user, review):
            return redirect(back)
        return _page(request, review, letter, _form(review, letter))
    data: QueryDict = request.POST
    if conflicts.is_choice(data):
        data = conflicts.chosen(data, _form(review, letter))
    form = _form(review, letter, data)
    if not form.is_valid():
        return _page(request, review, letter, form, status=422)
    try:
        actions.save_chapters(
            review_id=review.pk,
            letter=letter,
            texts=form.texts(),
            version=form.cleaned_data["version"],
            by=request.user,
            at=timezone.now(),
        )
    except StaleEdit:
        return _conflict(request, review, letter, form)
    except RuleBroken as refusal:
        refuse(form, refusal)
        return _page(request, review, letter, form, status=422)
    return redirect(back)


def _page(
    request: Request, review: Review, letter: str, form: forms.ChaptersForm, status: int = 200
) -> HttpResponse:
    context = {
        **base_context(review, here=letter),
        "form": form,
        "section_url": selectors.section_url(review, letter),
    }
    return render(request, "reviews/chapters_edit.html", context, status=status)


def _conflict(
    request: Request, review: Review, letter: str, mine: forms.ChaptersForm
) -> HttpResponse:
    section = review.sections.select_related("edited_by").get(letter=letter)
    current = _form(review, letter)
    context = {
        **base_context(review, here=letter),
        "rows": conflicts.compare(mine, current),
        "theirs_by": section.edited_by.post if section.edited_by else "",
        "theirs_at": section.edited_at,
        "version": current.initial["version"],
        "action": reverse("reviews:chapters_edit", args=[review.pk, letter]),
        "back": selectors.section_url(review, letter),
    }
    return render(request, "reviews/conflict.html", context, status=409)
