"""The list of reviews, the page of one, and its beginning."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from agencies.http import Request, shows
from agencies.page_marking import marking_of
from core.errors import RuleBroken
from core.keyset import BadCursor, page
from core.panels import render_list_panels, render_panels
from core.policy import lists, opens, refuse_unless
from incidents.models import Incident
from reviews import actions, forms, policies, rules, selectors
from reviews.choices import RELEASED_STATES, Letter, ReviewState, SignOffDeed
from reviews.kinds import refuse
from reviews.models import Review
from reviews.views.hot import debrief_page, is_one_page
from reviews.views.pages import REVIEW, base_context, clock_context, deeds_context
from reviews.views.signing import reading_context

SHOW_WORDS = {
    "all": gettext_lazy("All you may see"),
    "mine": gettext_lazy("Mine"),
    "waiting": gettext_lazy("Waiting for me"),
    "overdue": gettext_lazy("Overdue"),
    "published": gettext_lazy("Published"),
}
PAGE_SIZE = 40


@require_safe
@lists(Review)
def review_list(request: Request) -> HttpResponse:
    """Reviews by what they need from this person."""
    show = request.GET.get("show", "all")
    if show not in selectors.SHOWS:
        raise Http404
    rows = selectors.reviews_for(request.user, show, timezone.now())
    try:
        found = page(
            rows, ("opened_at", "id"), cursor=request.GET.get("cursor", ""), size=PAGE_SIZE
        )
    except BadCursor as error:
        raise Http404 from error
    context = {
        "rows": [(row, selectors.STATE_SHAPES[row.state]) for row in found.rows],
        "marking": marking_of(found.rows),
        "show": show,
        "may_open": policies.can_open(request.user),
        "shows": [(key, words, f"?show={key}") for key, words in SHOW_WORDS.items()],
        "newer": _cursor(show, found.newer),
        "older": _cursor(show, found.older),
        "panels": list(render_list_panels(request, Review)),
    }
    return render(request, "reviews/review_list.html", context)


def _cursor(show: str, cursor: str) -> str:
    return f"?{urlencode({'show': show, 'cursor': cursor})}" if cursor else ""


@require_safe
@shows(Review, **REVIEW)
def review_detail(request: Request, review: Review) -> HttpResponse:
    """Before publication the list of tasks, or a hot debrief's one page; afterwards to be read."""
    if review.state in RELEASED_STATES:
        return _document(request, review)
    if is_one_page(request, review) and "sections" not in request.GET:
        return debrief_page(request, review)
    found = selectors.tasks(review)
    context = {
        **base_context(review),
        **clock_context(review),
        **deeds_context(request, review),
        "tasks": found,
        "complete": selectors.complete_count(found),
        "next": selectors.next_task(found),
        "returned": review.signoffs.filter(deed=SignOffDeed.RETURNED)
        .select_related("by")
        .order_by("-at", "-id")
        .first(),
        "comments": selectors.comments_on(review),
        "members": review.members.select_related("user__agency").order_by("id"),
        "readers": selectors.readers(review),
        "panels": list(render_panels(request, review, "aside")),
        "sign_url": selectors.section_url(review, Letter.J),
        "others": selectors.others_in(review, request.user, timezone.now()),
    }
    return render(request, "reviews/review_detail.html", context)


@require_safe
@shows(Review, **REVIEW)
def review_read(request: Request, review: Review) -> HttpResponse:
    """The review as a document, at any stage, for whoever may see it."""
    return _document(request, review)


def _document(request: Request, review: Review) -> HttpResponse:
    context = {
        **base_context(review),
        **reading_context(request, review),
        "is_released": review.state in RELEASED_STATES,
        "may_publish": review.state == ReviewState.APPROVED
        and policies.can_publish(request.user, review),
        "may_comment": policies.can_comment(request.user, review),
        "may_amend": policies.can_amend(request.user, review),
        "amendment": selectors.open_amendment(request.user, review),
        "panels": list(render_panels(request, review, "aside")),
        "bodies": list(render_panels(request, review, "body")),
    }
    return render(request, "reviews/review_read.html", context)


def _open_page(
    request: Request, incident: Incident, form: Any, defer: Any = None, status: int = 200
) -> HttpResponse:
    killed = rules.highest_killed(incident)
    context = {
        "incident": incident,
        "marking": incident,
        "form": form,
        "defer_form": defer,
        "killed": killed,
        "suggested": rules.suggested_tier(killed),
        "clock_start": rules.clock_start(incident),
    }
    return render(request, "reviews/review_open.html", context, status=status)


@require_http_methods(["GET", "POST"])
@opens(Incident, by="incident_pk", fetch=("area",))
def review_open(request: Request, incident: Incident) -> HttpResponse:
    """Open the review of an incident; with `?defer=1`, put it off at once with a signed reason."""
    refuse_unless(policies.can_open(request.user))
    data = request.POST or None
    form = forms.OpenForm(
        data,
        incident=incident,
        user=request.user,
        tier=rules.suggested_tier(rules.highest_killed(incident)),
    )
    defer = forms.DeferForm(data) if "defer" in request.GET else None
    if request.method == "GET":
        return _open_page(request, incident, form, defer)
    sound = form.is_valid()
    if defer is not None:
        sound = defer.is_valid() and sound
    review = _opened(request, incident, form, defer) if sound else None
    if review is None:
        return _open_page(request, incident, form, defer, status=422)
    return redirect(review)


def _opened(request: Request, incident: Incident, form: Any, defer: Any) -> Review | None:
    asked: dict[str, Any] = {"incident_id": incident.pk, "by": request.user, "at": timezone.now()}
    try:
        if defer is not None:
            return actions.open_deferred_review(**asked, **form.cleaned_data, **defer.cleaned_data)
        return actions.open_review(**asked, **form.cleaned_data)
    except actions.NotSound as refusal:
        refuse(form, refusal)
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
    return None


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW, may=policies.can_defer)
def review_defer(request: Request, review: Review) -> HttpResponse:
    """Put an open review off with a signed reason."""
    form = forms.DeferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.defer_review(
                review_id=review.pk, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except actions.NotSound as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Deferred. The reason is kept with your post."))
            return redirect(review)
    context = {**base_context(review), **clock_context(review), "form": form}
    return render(
        request, "reviews/review_defer.html", context, status=422 if form.is_bound else 200
    )


def members_page(request: Request, review: Review, form: Any, status: int = 200) -> HttpResponse:
    """Who is on the team, and the way to add somebody."""
    context = {
        **base_context(review),
        "form": form,
        "members": review.members.select_related("user__agency").order_by("id"),
        "colleagues": selectors.colleagues(review),
    }
    return render(request, "reviews/review_members.html", context, status=status)


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW, may=policies.can_add_members)
def review_members(request: Request, review: Review) -> HttpResponse:
    """The lead brings people onto the team."""
    form = forms.MemberForm(request.POST or None)
    if request.method == "GET":
        return members_page(request, review, form)
    if form.is_valid():
        try:
            actions.add_member(
                review_id=review.pk,
                user=form.cleaned_data["email"],
                role=form.cleaned_data["role"],
                in_chain=form.cleaned_data["in_chain"],
                by=request.user,
                at=timezone.now(),
            )
        except actions.NotSound as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("They can see and write this draft now."))
            return redirect("reviews:review_members", review.pk)
    return members_page(request, review, form, status=422)
