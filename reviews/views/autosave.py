"""What is typed in a section is kept while it is typed, on the server, for whom it is meant."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.http import Request, shows
from core.errors import RuleBroken, StaleEdit
from reviews import actions, policies
from reviews.choices import WRITTEN_LETTERS
from reviews.forms.base import PREFIX
from reviews.models import Draft, Review
from reviews.views import conflicts, drafts
from reviews.views.pages import REVIEW, as_it_is_now
from reviews.views.sections import Desk

# Fields of the line that is typed on the section's own page.
LINE = f"{PREFIX}-"


@require_POST
@shows(Review, **REVIEW)
def section_autosave(request: Request, review: Review, letter: str) -> HttpResponse:
    """Keep the words while they are typed, and the line that is half typed beside them.

    What cannot be put together with what others saved is kept as it was typed, for its writer.
    """
    if letter not in WRITTEN_LETTERS or not policies.is_on_team(request.user, review):
        raise Http404
    desk = Desk(request, review, letter)
    if "recovered" in request.POST:
        return _recover(desk)
    desk.form = desk.section_form(request.POST)
    kept_apart, refusal = False, ""
    if desk.form.is_valid():
        try:
            desk.store_words()
        except StaleEdit:
            kept_apart = True
        except RuleBroken as broken:
            refusal = str(broken)
    else:
        refusal = _("An answer here cannot be saved yet: save, and the page says which.")
    keep_beside(desk, words=kept_apart or bool(refusal))
    context: dict[str, Any] = {"form": desk.form, "kept_apart": kept_apart, "refusal": refusal}
    if not kept_apart and not refusal:
        fresh = Desk(request, as_it_is_now(request, review), letter)
        context |= {"form": fresh.form, "read_as": desk.read_as, "section": fresh.section}
        context["merged"] = conflicts.compare(desk.form, fresh.form)
    return render(request, "reviews/section_edit.html#saved", context)


def keep_beside(desk: Desk, *, words: bool) -> None:
    """What is not saved is kept for its writer: a line half typed, `words` that are refused."""
    request, review, at = desk.request, desk.review, timezone.now()
    by = request.user
    actions.be_present(review_id=review.pk, letter=desk.letter, by=by, at=at)
    fields = drafts.typed_in(request.POST)
    line = desk.kind.form(request.POST, review=review) if desk.kind and desk.kind.inline else None
    if line is None or line.is_blank or drafts.is_added(desk.kind, review, request.POST):
        fields = [each for each in fields if not each[0].startswith(LINE)] if words else []
    elif not words:
        fields = [each for each in fields if each[0].startswith(LINE)]
    page = drafts.page_of(request.POST)
    if fields:
        actions.keep_draft(
            review_id=review.pk, form=desk.address, page=page, fields=fields, by=by, at=at
        )
    else:
        desk.let_go(page)


def _recover(desk: Desk) -> HttpResponse:
    """What had waited on the person's own machine: shown beside what is saved, never over it."""
    request, review, at = desk.request, desk.review, timezone.now()
    fields, page = drafts.typed_in(request.POST), drafts.page_of(request.POST)
    draft = Draft(form=desk.address, page=page, fields=fields, kept_at=at)
    answer = HttpResponse(status=204)
    if desk.restored_from(draft, is_first=True).says_something:
        actions.keep_draft(
            review_id=review.pk,
            form=desk.address,
            page=page,
            fields=fields,
            by=request.user,
            at=at,
        )
        answer["HX-Refresh"] = "true"
    return answer
