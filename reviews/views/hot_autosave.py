"""What is typed on the one page of a hot debrief is kept while it is typed."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.http import Request, shows
from core.errors import RuleBroken, StaleEdit
from reviews import actions, forms, policies
from reviews.choices import Letter
from reviews.hot import Debrief
from reviews.hot_merging import keep_emptied, numbered_as
from reviews.models import Draft, Review
from reviews.views import drafts
from reviews.views.hot import address_of, beside_saved, hot_form, let_go
from reviews.views.pages import REVIEW

# Boxes of a line that have an answer of their own where nobody gave one.
CHOSEN = ("kind_", "phase_")


@require_POST
@shows(Review, **REVIEW)
def debrief_autosave(request: Request, review: Review) -> HttpResponse:
    """Keep the page while it is typed; a line that was emptied goes only when its writer saves.

    What cannot be put together with what others saved is kept as it was typed, for its writer.
    """
    if not policies.is_on_team(request.user, review):
        raise Http404
    by, at = request.user, timezone.now()
    if "recovered" in request.POST:
        return _recover(request, review)
    actions.be_present(review_id=review.pk, letter=Letter.D, by=by, at=at)
    form = hot_form(review, request.POST)
    context: dict[str, Any] = {"form": form, "kept_apart": False, "refusal": ""}
    if form.is_valid():
        try:
            context |= _save(request, review, form)
        except StaleEdit:
            context["kept_apart"] = True
        except RuleBroken as broken:
            context["refusal"] = str(broken)
    else:
        context["refusal"] = _("An answer here cannot be saved yet: save, and the page says which.")
    if context["kept_apart"] or context["refusal"]:
        _keep(request, review)
    else:
        let_go(request, review, drafts.page_of(request.POST))
    return render(request, "reviews/debrief_edit.html#saved", context)


def _save(request: Request, review: Review, form: forms.HotForm) -> dict[str, Any]:
    """Save all but what was emptied; what the page must know to go on from there."""
    typed, read = form.debrief(), form.read
    kept = keep_emptied(typed, read) if read else typed
    at = timezone.now()
    stands = actions.save_debrief(
        review_id=review.pk, typed=kept, read=read, by=request.user, at=at
    )
    found = {
        "form": forms.HotForm(held=stands),
        "read_as": forms.version_of(numbered_as(kept, read or stands, stands)),
        "merged": _merged(kept, stands),
        "at": at,
    }
    if kept.compact() != typed.compact():
        found["refusal"] = _("A line that was emptied is taken out when you save the page.")
    return found


def _merged(typed: Debrief, stands: Debrief) -> list[tuple[str, str]]:
    """Boxes that say now what somebody else saved, as a browser shows it."""
    mine, theirs = forms.initial_of(typed), forms.initial_of(stands)
    return [
        (name, _shown(theirs.get(name)))
        for name in (mine | theirs)
        if name != "version"
        and mine.get(name) != theirs.get(name)
        and (name in theirs or not name.startswith(CHOSEN))
    ]


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(value)


def _keep(request: Request, review: Review) -> None:
    actions.keep_draft(
        review_id=review.pk,
        form=address_of(review),
        page=drafts.page_of(request.POST),
        fields=drafts.typed_in(request.POST),
        by=request.user,
        at=timezone.now(),
    )


def _recover(request: Request, review: Review) -> HttpResponse:
    """What had waited on the person's own machine: shown beside what is saved, never over it."""
    waited = Draft(
        form=address_of(review),
        page=drafts.page_of(request.POST),
        fields=drafts.typed_in(request.POST),
        kept_at=timezone.now(),
    )
    answer = HttpResponse(status=204)
    if beside_saved(review, waited, is_first=True)[1].says_something:
        _keep(request, review)
        answer["HX-Refresh"] = "true"
    return answer
