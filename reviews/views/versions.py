"""Frozen versions: each a page drawn from what was frozen, its file, and what it changed."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agencies.http import Request, shows
from core.panels import render_panels
from reviews import selectors
from reviews.models import Review, ReviewVersion
from reviews.selectors import frozen
from reviews.views.pages import REVIEW, base_context


def _version(review: Review, number: int) -> ReviewVersion:
    rows = review.versions.select_related("frozen_by")
    return get_object_or_404(rows, number=number)


@require_safe
@shows(Review, **REVIEW)
def version_detail(request: Request, review: Review, number: int) -> HttpResponse:
    """One version, from the frozen file and nothing else, with its hash."""
    version = _version(review, number)
    context = {
        **base_context(review),
        "title": version.content.get("incident", {}).get("title", "") or review.reference,
        "version": version,
        "is_as_frozen": frozen.is_as_frozen(version),
        "passages": frozen.passages_of(version.content),
        "numbers": frozen.version_numbers(review),
        "before": number - 1,
        "panels": list(render_panels(request, version, "aside")),
    }
    return render(request, "reviews/version_detail.html", context)


@require_safe
@shows(Review, **REVIEW)
def version_file(_request: Request, review: Review, number: int) -> HttpResponse:
    """The canonical JSON: the very bytes whose SHA-256 is kept."""
    version = _version(review, number)
    return HttpResponse(
        selectors.canonical(version.content),
        content_type="application/json",
        headers={
            "Content-Disposition": f'attachment; filename="{review.reference}-v{number}.json"',
            # A shared PC must not keep it.
            "Cache-Control": "private, no-store",
        },
    )


@require_safe
@shows(Review, **REVIEW)
def version_changes(request: Request, review: Review, number: int) -> HttpResponse:
    """What a version says otherwise than another, `?since=`; without it, than the one before."""
    since = request.GET.get("since", str(number - 1))
    if not since.isascii() or not since.isdigit() or len(since) > 6:
        raise Http404
    newer, older = _version(review, number), _version(review, int(since))
    found = frozen.changes(older.content, newer.content)
    context = {
        **base_context(review),
        "older": older,
        "version": newer,
        "changes": found,
        "counts": frozen.count_changes(found),
        "numbers": frozen.version_numbers(review),
    }
    return render(request, "reviews/version_changes.html", context)
