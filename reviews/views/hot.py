"""The hot debrief on its one page, and how it grows into a heavier review."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.http import Request, shows
from core.errors import RuleBroken, StaleEdit
from reviews import actions, forms, policies, selectors
from reviews.choices import Letter, ReviewTier, SignOffDeed
from reviews.models import Review
from reviews.views import conflicts
from reviews.views.kinds import refuse
from reviews.views.pages import REVIEW, as_it_is_now, base_context, clock_context

# What the buttons that make the review heavier send.
HEAVIER = (ReviewTier.T2.value, ReviewTier.T3.value)


def hot_form(review: Review, data: Any = None) -> forms.HotForm:
    """The page's form over what is saved now."""
    return forms.HotForm(data, held=selectors.debrief_of(review))


def is_one_page(request: Request, review: Review) -> bool:
    """Whether this person writes this review on the one page."""
    return review.tier == ReviewTier.T1 and policies.can_write(request.user, review)


def debrief_page(
    request: Request, review: Review, form: forms.HotForm | None = None, status: int = 200
) -> HttpResponse:
    """The one page."""
    context = {
        **base_context(review),
        **clock_context(review),
        "form": form or hot_form(review),
        "beyond": selectors.beyond_the_page(review),
        "saved": selectors.hot_row(review),
        "action": reverse("reviews:debrief_edit", args=[review.pk]),
        "section_f": selectors.section_url(review, Letter.F),
        "returned": review.signoffs.filter(deed=SignOffDeed.RETURNED)
        .select_related("by")
        .order_by("-at", "-id")
        .first(),
    }
    return render(request, "reviews/debrief_edit.html", context, status=status)


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW)
def debrief_edit(request: Request, review: Review) -> HttpResponse:
    """Save the one page, all of it as one deed; what was typed is kept whatever is wrong."""
    if not policies.is_on_team(request.user, review):
        return redirect("reviews:review_read", review.pk)
    if request.method == "GET":
        return debrief_page(request, review) if is_one_page(request, review) else redirect(review)
    data: QueryDict = request.POST
    if conflicts.is_choice(data):
        data = conflicts.chosen(data, hot_form(review))
    form = hot_form(review, data)
    if not form.is_valid():
        return debrief_page(request, review, form, status=422)
    try:
        _save(request, review, form)
    except StaleEdit:
        return debrief_conflict(request, review, form)
    except RuleBroken as refusal:
        refuse(form, refusal)
        return debrief_page(request, review, form, status=422)
    return _onward(request, review)


def _save(request: Request, review: Review, form: forms.HotForm) -> None:
    asked: dict[str, Any] = {"review_id": review.pk, "by": request.user, "at": timezone.now()}
    actions.save_debrief(typed=form.debrief(), version=form.cleaned_data["version"] or 0, **asked)
    heavier = request.POST.get("do", "")
    if heavier in HEAVIER:
        actions.grow_review(tier=heavier, **asked)


def _onward(request: Request, review: Review) -> HttpResponse:
    do = request.POST.get("do", "")
    if do == "check":
        return redirect(selectors.section_url(review, Letter.J))
    if do in HEAVIER:
        due = as_it_is_now(request, review).due_at
        words = _("It is a heavier review now, due on %(due)s. All you wrote stands in it.")
        messages.success(request, words % {"due": f"{timezone.localtime(due):%d.%m.%Y}"})
    else:
        messages.success(request, _("Saved."))
    return redirect(review)


def debrief_conflict(request: Request, review: Review, mine: forms.HotForm) -> HttpResponse:
    """What was typed beside what is saved, line by line; neither is lost."""
    current = hot_form(as_it_is_now(request, review))
    last = review.sections.select_related("edited_by").exclude(edited_at=None)
    theirs = last.order_by("-edited_at", "-id").first()
    context = {
        **base_context(review),
        "rows": conflicts.compare(mine, current),
        "theirs_by": theirs.edited_by.post if theirs and theirs.edited_by else "",
        "theirs_at": theirs.edited_at if theirs else review.opened_at,
        "version": current.initial["version"],
        "action": reverse("reviews:debrief_edit", args=[review.pk]),
        "back": review.get_absolute_url(),
    }
    return render(request, "reviews/debrief_conflict.html", context, status=409)
