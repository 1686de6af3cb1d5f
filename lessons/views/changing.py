"""Working on a lesson's text, and choosing line by line when two people did so at once."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.forms import ChoiceField, MultipleChoiceField
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.http import Request, shows
from core.policy import opens
from lessons import actions, policies
from lessons.forms import ChangeForm
from lessons.models import Lesson
from lessons.selectors.reading import last_saved

# Fields of the form that are not what the lesson says.
NOT_TEXT = ("lock_version",)
SEPARATOR = ","


@require_http_methods(["GET", "POST"])
@shows(Lesson, may=policies.can_change)
def lesson_change(request: Request, lesson: Lesson) -> HttpResponse:
    """Change the text of a lesson that nobody has decided on."""
    if request.method == "POST":
        return _save(request, lesson, request.POST)
    form = ChangeForm(initial=_as_it_stands(lesson), user=request.user)
    return _show(request, form, lesson)


@require_POST
@opens(Lesson, may=policies.can_change)
def lesson_merge(request: Request, lesson: Lesson) -> HttpResponse:
    """Save what was chosen, line by line, from two versions."""
    return _save(request, lesson, _chosen(request.POST, lesson))


def _save(request: Request, lesson: Lesson, typed: QueryDict) -> HttpResponse:
    form = ChangeForm(typed, user=request.user)
    if not form.is_valid():
        return _show(request, form, lesson, status=422)
    version = form.cleaned_data.pop("lock_version")
    try:
        actions.change_lesson(
            lesson_id=lesson.pk,
            text=actions.LessonText(**form.cleaned_data),
            lock_version=version,
            by=request.user,
            at=timezone.now(),
        )
    except actions.StaleLesson:
        return _show_both(request, form, lesson)
    except actions.LessonRefused as refusal:
        form.add_error(refusal.field, str(refusal))
        return _show(request, form, lesson, status=422)
    except actions.LessonSettled as refusal:
        form.add_error(None, str(refusal))
        return _show(request, form, lesson, status=409)
    messages.success(request, _("The lesson is saved."))
    return redirect(lesson)


def _show(request: Request, form: ChangeForm, lesson: Lesson, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "lesson": lesson, "marking": lesson}
    return render(request, "lessons/lesson_change.html", context, status=status)


def _show_both(request: Request, form: ChangeForm, lesson: Lesson) -> HttpResponse:
    """Both versions side by side; nothing that was typed is lost."""
    lesson.refresh_from_db()
    by, at = last_saved(lesson)
    context = {
        "lesson": lesson,
        "marking": lesson,
        "rows": _both(form, lesson),
        "theirs_by": by,
        "theirs_at": at,
        "action": reverse("lessons:lesson_merge", args=[lesson.pk]),
    }
    return render(request, "lessons/lesson_conflict.html", context, status=409)


def _as_it_stands(lesson: Lesson) -> dict[str, Any]:
    stands = {
        name: getattr(lesson, name)
        for name in ChangeForm.base_fields
        if name not in {"area_ids", "stands_alone"}
    }
    return stands | {"area_ids": sorted(lesson.areas.values_list("pk", flat=True))}


def _both(form: ChangeForm, lesson: Lesson) -> list[dict[str, Any]]:
    theirs = _as_it_stands(lesson)
    rows = []
    for name, field in form.fields.items():
        if name in NOT_TEXT:
            continue
        mine, other = form.cleaned_data[name], theirs.get(name)
        rows.append(
            {
                "name": name,
                "label": field.label,
                "yours": _flat(mine),
                "theirs": _flat(other),
                "yours_shown": _words(field, mine),
                "theirs_shown": _words(field, other),
                "differs": _flat(mine) != _flat(other),
            }
        )
    return rows


def _chosen(posted: QueryDict, lesson: Lesson) -> QueryDict:
    """The choice as if it had been typed: theirs, with mine where mine was kept."""
    merged = QueryDict(mutable=True)
    merged["lock_version"] = posted.get("lock_version", "")
    theirs = _as_it_stands(lesson)
    for name, field in ChangeForm.base_fields.items():
        if name in NOT_TEXT:
            continue
        mine = posted.get(f"keep_{name}") == "yours"
        value = posted.get(f"yours_{name}", "") if mine else _flat(theirs.get(name))
        if isinstance(field, MultipleChoiceField):
            merged.setlist(name, [each for each in value.split(SEPARATOR) if each])
        else:
            merged[name] = value
    return merged


def _flat(value: Any) -> str:
    """One string for each answer, so that two versions compare and travel in a form."""
    if value is None or value is False:
        return ""
    if isinstance(value, list | tuple):
        return SEPARATOR.join(sorted(str(each) for each in value))
    # Browsers send line ends of their own.
    return str(value).replace("\r\n", "\n")


def _words(field: Any, value: Any) -> str:
    """The answer in words: the label of a choice, not its code."""
    if value is True:
        return _("Yes")
    if not isinstance(field, ChoiceField) or not value:
        return _flat(value)
    labels: dict[str, str] = {}
    pairs: Iterable[Any] = field.widget.choices
    for code, label in pairs:
        group = label if isinstance(label, list | tuple) else [(code, label)]
        labels |= {str(each): str(words) for each, words in group}
    codes = value if isinstance(value, list | tuple) else [value]
    return ", ".join(labels.get(str(code), str(code)) for code in codes)
