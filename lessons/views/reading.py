"""The list, the search, and the page of one lesson."""

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.http import Request, shows
from agencies.page_marking import marking_of
from core.keyset import BadCursor
from core.panels import render_panels
from core.policy import lists
from incidents.models import Incident
from lessons import policies
from lessons.forms import FilterForm
from lessons.models import Lesson
from lessons.selectors.reading import LessonFilter, lesson_file, lesson_page, visible_findings
from lessons.selectors.search import search


@require_safe
@lists(Lesson)
def lesson_list(request: Request) -> HttpResponse:
    """Lessons the reader may see, newest first, with filters."""
    form = FilterForm(request.GET or None)
    wanted = _wanted(form)
    try:
        page = lesson_page(request.user, wanted, cursor=request.GET.get("cursor", ""))
    except BadCursor as error:
        raise Http404 from error
    context = {
        "filters": form,
        "wanted": wanted,
        "page": page,
        "marking": marking_of(page.rows),
        "newer": _link(request, page.newer),
        "older": _link(request, page.older),
        "may_draw": policies.can_draw(request.user),
    }
    return render(request, "lessons/lesson_list.html", context)


def _wanted(form: FilterForm) -> LessonFilter:
    """What the filters ask for; a filter that makes no sense is as good as none."""
    form.is_valid()
    asked = form.cleaned_data if form.is_bound else {}
    return LessonFilter(
        words=asked.get("q", ""),
        category=asked.get("category"),
        state=asked.get("state", ""),
        kind=asked.get("kind", ""),
    )


def _link(request: Request, cursor: str) -> str:
    if not cursor:
        return ""
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"?{query.urlencode()}"


@require_safe
@shows(Lesson, fetch=("agency", "category", "drawn_by", "endorsed_by"))
def lesson_detail(request: Request, lesson: Lesson) -> HttpResponse:
    """A lesson, where it comes from, and what may be done with it."""
    prefetch_related_objects([lesson], "areas", visible_findings(request.user))
    file = lesson_file(request.user, lesson)
    return render(
        request,
        "lessons/lesson_detail.html",
        {
            "file": file,
            "marking": lesson,
            "aside_panels": list(render_panels(request, lesson, "aside")),
        },
    )


@require_safe
@lists(Lesson, Incident)
def lesson_search(request: Request) -> HttpResponse:
    """Lessons and incidents in which the words stand; the nearest where none does."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:200]
    found = search(request.user, words) if words else None
    marking = marking_of([hit.record for hit in found.shown]) if found else None
    context = {"words": words, "found": found, "marking": marking}
    return render(request, "lessons/lesson_search.html", context)
