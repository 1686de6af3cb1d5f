"""Briefs: one incident or review on a page or two."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.freshness import fresh
from agencies.http import Request, shows
from agencies.page_marking import marking_of
from bulletins import policies, selectors
from bulletins.actions import briefs as actions
from bulletins.forms import BriefForm
from bulletins.models import Brief
from bulletins.views.bulletins import paged_address
from bulletins.views.posting import posted
from bulletins.views.renderings import rendering_context
from core.errors import RuleBroken
from core.keyset import BadCursor
from core.policy import asks, lists
from incidents.models import Incident
from reviews.models import Review, ReviewVersion


@require_safe
@lists(Brief)
def brief_list(request: Request) -> HttpResponse:
    """Briefs of the person's agency, newest first."""
    try:
        page = selectors.brief_page(request.user, cursor=request.GET.get("cursor", ""))
    except BadCursor as error:
        raise Http404 from error
    return render(
        request,
        "bulletins/brief_list.html",
        {
            "page": page,
            "marking": marking_of(page.rows),
            "newer": paged_address(page.newer),
            "older": paged_address(page.older),
        },
    )


@fresh
@require_http_methods(["GET", "HEAD", "POST"])
@asks(policies.can_request_brief, hides=True)
def brief_create(request: Request, kind: str, pk: int) -> HttpResponse:
    """Choose the language, then have the brief made."""
    subject = _subject(request, kind, pk)
    form = BriefForm(posted(request))
    if form.is_valid():
        try:
            brief = _request(request, subject, form.cleaned_data["language"])
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The brief is being made."))
            return redirect(brief)
    record = subject.review if isinstance(subject, ReviewVersion) else subject
    context = {"subject": record, "marking": record, "form": form}
    status = 422 if form.errors else 200
    return render(request, "bulletins/brief_form.html", context, status=status)


@require_safe
@shows(Brief, fetch=("agency", "incident", "review", "requested_by"))
def brief_detail(request: Request, brief: Brief) -> HttpResponse:
    """The brief and where its document is."""
    context = {"brief": brief, "marking": brief, **rendering_context(request.user, brief)}
    return render(request, "bulletins/brief_detail.html", context)


def _subject(request: Request, kind: str, pk: int) -> Incident | Review | ReviewVersion:
    """What the brief is to be of; 404 for what is not there or not seen."""
    if kind == "incident":
        return get_object_or_404(Incident.objects.visible_to(request.user), pk=pk)
    if kind == "review":
        return get_object_or_404(
            Review.objects.visible_to(request.user).to_draw_on(request.user), pk=pk
        )
    if kind == "version":
        versions = ReviewVersion.objects.filter(review__in=Review.objects.visible_to(request.user))
        return get_object_or_404(versions.select_related("review"), pk=pk)
    raise Http404


def _request(request: Request, subject: Incident | Review | ReviewVersion, language: str) -> Brief:
    if isinstance(subject, ReviewVersion):
        return actions.request_version_brief(
            version_id=subject.pk, by=request.user, at=timezone.now(), language=language
        )
    if isinstance(subject, Incident):
        return actions.request_incident_brief(
            incident_id=subject.pk, by=request.user, at=timezone.now(), language=language
        )
    return actions.request_review_brief(
        review_id=subject.pk, by=request.user, at=timezone.now(), language=language
    )
