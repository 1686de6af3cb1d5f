"""Section J: check, submit, return, approve, publish."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.freshness import fresh
from agencies.http import Request, shows
from agencies.readers import Reach, count_readers
from core.errors import RuleBroken
from reviews import actions, forms, selectors
from reviews.choices import Letter, ReviewState
from reviews.models import Review
from reviews.selectors.reach import people_who_read
from reviews.views.pages import REVIEW, base_context, deeds_context
from reviews.views.timeline import beside_shown, pictures_of
from reviews.views.why import cause_graphs


def reading_context(request: Request, review: Review) -> dict[str, Any]:
    """The whole review for reading."""
    reading = selectors.read(review, request.user)
    return {
        "reading": reading,
        **beside_shown(review, reading.record),
        "pictures": pictures_of(reading.timeline),
        "graphs": cause_graphs(reading.why, lambda number: f"#finding-{number}"),
        "section_urls": {each: selectors.section_url(review, each) for each in Letter.values},
    }


def signing_page(
    request: Request,
    review: Review,
    *,
    form: forms.ReturnForm | None = None,
    approve_form: forms.ApproveForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Section J: read it through, see what is missing, sign."""
    deeds = deeds_context(request, review)
    context = {
        **base_context(review, here=Letter.J),
        **deeds,
        **reading_context(request, review),
        "missing": selectors.missing(review, today=timezone.localdate())
        if deeds["may_submit"]
        else [],
        "comments": selectors.comments_on(review),
        "warnings": selectors.notice_warnings(review),
        "form": form or approve_form,
        "return_form": form or forms.ReturnForm(),
        "approve_form": approve_form or forms.ApproveForm(prefix="approve"),
    }
    return render(request, "reviews/section_sign.html", context, status=status)


@require_POST
@shows(Review, **REVIEW)
def review_submit(request: Request, review: Review) -> HttpResponse:
    """Lay the review before the commander."""
    try:
        actions.submit_review(review_id=review.pk, by=request.user, at=timezone.now())
    except actions.ReviewIncomplete:
        messages.error(request, _("Not submitted: what is still to be said stands below."))
        return redirect(selectors.section_url(review, Letter.J))
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The review is with the commander."))
    return redirect(review)


@require_POST
@shows(Review, **REVIEW)
def review_return(request: Request, review: Review) -> HttpResponse:
    """Hand it back with what is to be put right."""
    form = forms.ReturnForm(request.POST)
    if not form.is_valid():
        return signing_page(request, review, form=form, status=422)
    try:
        actions.return_review(
            review_id=review.pk,
            comment=form.cleaned_data["comment"],
            on_sections=form.on_sections(),
            by=request.user,
            at=timezone.now(),
        )
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The review is back with its team."))
    return redirect(review)


@require_POST
@shows(Review, **REVIEW)
def review_approve(request: Request, review: Review) -> HttpResponse:
    """Answer for it."""
    form = forms.ApproveForm(request.POST, prefix="approve")
    if not form.is_valid():
        return signing_page(request, review, approve_form=form, status=422)
    try:
        actions.approve_review(
            review_id=review.pk,
            comment=form.cleaned_data["comment"],
            by=request.user,
            at=timezone.now(),
        )
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Approved. Its findings can now be drawn upon."))
    return redirect(review)


@fresh
@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW)
def review_publish(request: Request, review: Review) -> HttpResponse:
    """Asks once, then opens it to all whom its marking allows."""
    if request.method == "GET":
        context = {**base_context(review), **deeds_context(request, review)}
        context["reach"] = count_readers(
            people_who_read(review, state=ReviewState.PUBLISHED), Reach.of(review)
        )
        context["warnings"] = selectors.notice_warnings(review)
        context["awaited"] = selectors.awaited(review, timezone.now())
        context["signers"] = selectors.signers_of(review)
        context["can_go"] = review.state == ReviewState.APPROVED and context["may_publish"]
        return render(request, "reviews/review_publish.html", context)
    published = review
    try:
        published = actions.publish_review(review_id=review.pk, by=request.user, at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Published and frozen."))
    return redirect(published)
