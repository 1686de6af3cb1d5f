"""Sections I and J: comments and dissent; check, submit, return, approve, publish."""

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
from reviews import actions, forms, policies, rendering, selectors
from reviews.choices import Letter, ReviewState
from reviews.models import Review
from reviews.selectors.reach import people_who_read
from reviews.views.kinds import refuse
from reviews.views.pages import REVIEW, base_context, deeds_context


def reading_context(review: Review) -> dict[str, Any]:
    """The whole review for reading."""
    reading = selectors.read(review)
    lanes = reading.timeline.lanes
    return {
        "reading": reading,
        "lanes_svg": rendering.swim_lanes(lanes) if lanes else "",
        "hand_offs": [(each, rendering.minutes_text(each)) for each in lanes.hand_offs]
        if lanes
        else [],
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
        **reading_context(review),
        "missing": selectors.missing(review) if deeds["may_submit"] else [],
        "form": form or approve_form,
        "return_form": form or forms.ReturnForm(),
        "approve_form": approve_form or forms.ApproveForm(prefix="approve"),
    }
    return render(request, "reviews/section_sign.html", context, status=status)


def dissent_page(
    request: Request, review: Review, *, form: forms.DissentForm | None = None, status: int = 200
) -> HttpResponse:
    """Section I: what stands against the review, and the way to add to it."""
    context = {
        **base_context(review, here=Letter.I),
        "dissents": review.dissents.select_related("agency", "by").order_by("at", "id"),
        "may_comment": policies.can_comment(request.user, review),
        "form": form or forms.DissentForm(),
    }
    return render(request, "reviews/section_dissent.html", context, status=status)


@require_POST
@shows(Review, **REVIEW)
def dissent_attach(request: Request, review: Review) -> HttpResponse:
    """Attach a comment or dissent."""
    form = forms.DissentForm(request.POST)
    if not form.is_valid():
        return dissent_page(request, review, form=form, status=422)
    try:
        actions.attach_dissent(
            review_id=review.pk, by=request.user, at=timezone.now(), **form.cleaned_data
        )
    except actions.NotSound as refusal:
        refuse(form, refusal)
        return dissent_page(request, review, form=form, status=422)
    messages.success(request, _("It is attached. Nobody can change or remove it."))
    return redirect(selectors.section_url(review, Letter.I))


@require_POST
@shows(Review, **REVIEW)
def review_submit(request: Request, review: Review) -> HttpResponse:
    """Lay the review before the commander."""
    try:
        actions.submit_review(review_id=review.pk, by=request.user, at=timezone.now())
    except actions.ReviewIncomplete:
        messages.error(request, _("Not submitted: some sections say nothing yet."))
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
        context["signers"] = selectors.signers_of(review)
        context["can_go"] = review.state == ReviewState.APPROVED and context["may_publish"]
        return render(request, "reviews/review_publish.html", context)
    try:
        actions.publish_review(review_id=review.pk, by=request.user, at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Published and frozen."))
    return redirect(review)
