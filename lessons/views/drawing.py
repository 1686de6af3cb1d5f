"""Drawing a lesson: first the findings, then the text they begin."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.http import Request
from core.keyset import BadCursor
from core.policy import asks
from lessons import actions, policies
from lessons.forms import DrawForm
from lessons.selectors.drawing import Drawing, begin_drawing, reviews_to_draw_from
from lessons.selectors.marking import higher_than, starting_marking


@require_http_methods(["GET", "POST"])
@asks(policies.can_draw)
def lesson_draw(request: Request) -> HttpResponse:
    """Choose findings; then say what others should learn from them."""
    chosen = _ids((request.POST or request.GET).getlist("finding"))
    if not chosen:
        return _choose(request)
    drawing = begin_drawing(request.user, chosen)
    if drawing is None:
        raise Http404
    if request.method == "POST":
        return _save(request, drawing)
    initial = drawing.initial | {"finding": chosen, "token": uuid4()}
    form = DrawForm(initial=initial, user=request.user, finding_ids=chosen)
    return _show(request, form, drawing)


def _save(request: Request, drawing: Drawing) -> HttpResponse:
    chosen = [finding.pk for finding in drawing.findings]
    form = DrawForm(request.POST, user=request.user, finding_ids=chosen)
    if not form.is_valid():
        return _show(request, form, drawing, status=422)
    try:
        lesson = actions.draw_lesson(
            finding_ids=form.cleaned_data.pop("finding"),
            origin=f"form:{form.cleaned_data.pop('token')}",
            text=actions.LessonText(**form.cleaned_data),
            by=request.user,
            at=timezone.now(),
        )
    except actions.LessonRefused as refusal:
        form.add_error(refusal.field, str(refusal))
        return _show(request, form, drawing, status=422)
    messages.success(
        request,
        _("%(reference)s is drawn. It is an observation until you hand it on.")
        % {"reference": lesson.reference},
    )
    return redirect(lesson)


def _show(request: Request, form: DrawForm, drawing: Drawing, *, status: int = 200) -> HttpResponse:
    start = starting_marking(drawing.sources)
    context: dict[str, Any] = {
        "form": form,
        "drawing": drawing,
        "start": start,
        "never_so_high": higher_than(start, drawing.sources),
    }
    return render(request, "lessons/lesson_draw.html", context, status=status)


def _choose(request: Request) -> HttpResponse:
    asked = request.GET.get("review", "")
    review_id = _ids([asked])[0] if asked else None
    try:
        page = reviews_to_draw_from(
            request.user, review_id=review_id, cursor=request.GET.get("cursor", "")
        )
    except BadCursor as error:
        raise Http404 from error
    if review_id is not None and not page.rows:
        raise Http404
    context = {
        "page": page,
        "one_review": review_id is not None,
        "nothing_chosen": "go" in request.GET,
    }
    status = 422 if "go" in request.GET else 200
    return render(request, "lessons/lesson_choose.html", context, status=status)


def _ids(typed: list[str]) -> list[int]:
    if not all(each.isdecimal() and len(each) < 19 for each in typed):
        raise Http404
    return [int(each) for each in typed]
