"""Handing a lesson on, endorsing it, rejecting it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.http import Request
from core.errors import RuleBroken
from core.policy import opens
from lessons import actions, policies
from lessons.forms import EndorseForm, RejectForm
from lessons.models import Lesson


@require_POST
@opens(Lesson)
def lesson_identify(request: Request, lesson: Lesson) -> HttpResponse:
    """Hand the lesson to the commander."""
    try:
        actions.identify_lesson(lesson_id=lesson.pk, by=request.user, at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The lesson is identified and is with the commander."))
    return redirect(lesson)


@require_POST
@opens(Lesson)
def lesson_endorse(request: Request, lesson: Lesson) -> HttpResponse:
    """Stand behind the lesson as it was read."""
    form = EndorseForm(request.POST)
    version = form.cleaned_data["lock_version"] if form.is_valid() else 0
    try:
        actions.endorse_lesson(
            lesson_id=lesson.pk, lock_version=version, by=request.user, at=timezone.now()
        )
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The lesson is endorsed. A bulletin may carry it."))
    return redirect(lesson)


@require_http_methods(["GET", "POST"])
@opens(Lesson, may=policies.can_reject)
def lesson_reject(request: Request, lesson: Lesson) -> HttpResponse:
    """Ask for the reason, then reject."""
    form = RejectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _reject(request, lesson, form)
    context = {"form": form, "lesson": lesson, "marking": lesson}
    return render(
        request, "lessons/lesson_reject.html", context, status=422 if form.errors else 200
    )


def _reject(request: Request, lesson: Lesson, form: RejectForm) -> HttpResponse:
    reason = form.cleaned_data["reason"]
    try:
        actions.reject_lesson(
            lesson_id=lesson.pk, reason=reason, by=request.user, at=timezone.now()
        )
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The lesson is rejected. Its writer sees the reason."))
    return redirect(lesson)
