"""The hot debrief on its one page, and how it grows into a heavier review."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.http import Request, shows
from core.errors import RuleBroken, StaleEdit
from reviews import actions, forms, policies, selectors
from reviews.choices import Letter, ReviewTier, SignOffDeed
from reviews.hot_merging import at_places_of
from reviews.kinds import refuse
from reviews.models import Draft, Review
from reviews.views import conflicts, drafts
from reviews.views.pages import REVIEW, as_it_is_now, base_context, clock_context, desk_context

# What the buttons that make the review heavier send.
HEAVIER = (ReviewTier.T2.value, ReviewTier.T3.value)
# How long the page that shows a file beside the draft may stay open, and what names the file.
TICKET_SECONDS = 24 * 3600
TICKET_SALT = "reviews.offline.ticket"


def address_of(review: Review) -> str:
    """Of the one page, where what is half typed on it is kept."""
    return reverse("reviews:debrief_edit", args=[review.pk])


def hot_form(review: Review, data: QueryDict | None = None) -> forms.HotForm:
    """The page's form over what it was read with, or over what is saved now."""
    read = forms.read_of(data.get("version")) if data is not None else None
    return forms.HotForm(data, held=read or selectors.debrief_of(review))


def beside_form(review: Review, mine: forms.HotForm) -> forms.HotForm:
    """What is saved now, each line at the place where the page of `mine` has it."""
    held, read = selectors.debrief_of(review), mine.read
    return forms.HotForm(held=at_places_of(held, read, mine.written) if read else held)


def is_one_page(request: Request, review: Review) -> bool:
    """Whether this person writes this review on the one page."""
    return review.tier == ReviewTier.T1 and policies.can_write(request.user, review)


def debrief_page(
    request: Request,
    review: Review,
    form: forms.HotForm | None = None,
    status: int = 200,
    restored: Sequence[drafts.Restored] = (),
) -> HttpResponse:
    """The one page."""
    if form is None:
        form, restored = restored_form(request, review)
    written = selectors.last_written(review)
    context = {
        **base_context(review),
        **clock_context(review),
        **desk_context(request, review, Letter.D, restored, address=address_of(review)),
        "form": form,
        "beyond": selectors.beyond_the_page(review),
        "at": written.edited_at if written else None,
        "action": address_of(review),
        "ticket": request.POST.get("ticket", ""),
        "section_f": selectors.section_url(review, Letter.F),
        "returned": review.signoffs.filter(deed=SignOffDeed.RETURNED)
        .select_related("by")
        .order_by("-at", "-id")
        .first(),
    }
    return render(request, "reviews/debrief_edit.html", context, status=status)


def restored_form(request: Request, review: Review) -> tuple[forms.HotForm, list[drafts.Restored]]:
    """The page as it was left: with what this person typed here and never saved."""
    form = hot_form(review)
    restored: list[drafts.Restored] = []
    for draft in drafts_here(request, review):
        typed, found = beside_saved(review, draft, is_first=not restored)
        if found.says_something:
            form = form if restored else typed
            restored.append(found)
        else:
            let_go(request, review, draft.page)
    return form, restored


def drafts_here(request: Request, review: Review) -> list[Draft]:
    """What this person typed on the one page and never saved."""
    kept = selectors.drafts_of(review, request.user, page=drafts.page_of(request.GET))
    return [each for each in kept if each.form == address_of(review)]


def beside_saved(
    review: Review, draft: Draft, *, is_first: bool
) -> tuple[forms.HotForm, drafts.Restored]:
    """A draft as a form, and how it differs from what is saved."""
    typed = hot_form(review)
    drafts.fill(typed, drafts.as_sent(draft))
    found = drafts.Restored(draft.form, draft.page, draft.kept_at, is_first)
    found.differences = drafts.beside(typed, beside_form(review, typed))
    return typed, found


def let_go(request: Request, review: Review, page: str) -> None:
    """What was typed on this page is saved."""
    actions.drop_draft(review_id=review.pk, form=address_of(review), page=page, by=request.user)


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW)
def debrief_edit(request: Request, review: Review) -> HttpResponse:
    """Save the one page, all of it as one deed; what was typed is kept whatever is wrong."""
    if not policies.is_on_team(request.user, review):
        return redirect("reviews:review_read", review.pk)
    if request.method == "GET":
        # What was typed before the review grew is still shown to who typed it.
        stays = is_one_page(request, review) or drafts_here(request, review)
        return debrief_page(request, review) if stays else redirect(review)
    data: QueryDict = request.POST
    if conflicts.is_choice(data):
        data = conflicts.chosen(data, _offered(review, data))
    form = hot_form(review, data)
    if not form.is_valid():
        return debrief_page(request, review, form, status=422)
    try:
        _save(request, review, form)
    except StaleEdit:
        return debrief_conflict(request, review, form, ticket=request.POST.get("ticket", ""))
    except RuleBroken as refusal:
        refuse(form, refusal)
        return debrief_page(request, review, form, status=422)
    let_go(request, review, drafts.page_of(request.POST))
    return _onward(request, review)


def _offered(review: Review, data: QueryDict) -> forms.HotForm:
    """The version that the page showed beside what was typed."""
    read = forms.read_of(data.get("lock_version"))
    return forms.HotForm(held=read or selectors.debrief_of(review))


def _save(request: Request, review: Review, form: forms.HotForm) -> None:
    asked: dict[str, Any] = {"review_id": review.pk, "by": request.user, "at": timezone.now()}
    file = ticket_of(request)
    if file and file["incident"] in (None, review.incident_id):
        asked |= {"blank": uuid.UUID(file["blank"]), "sha256": file["sha256"]}
        actions.settle_filing(typed=form.debrief(), read=form.read, **asked)
        return
    actions.save_debrief(typed=form.debrief(), read=form.read, **asked)
    heavier = request.POST.get("do", "")
    if heavier in HEAVIER:
        actions.grow_review(tier=heavier, **asked)


def ticket_of(request: Request) -> dict[str, Any]:
    """The file that this page is about, issued to this very person; nothing otherwise."""
    try:
        ticket: dict[str, Any] = signing.loads(
            request.POST.get("ticket", ""), salt=TICKET_SALT, max_age=TICKET_SECONDS
        )
    except signing.BadSignature:
        return {}
    return ticket if ticket.get("person") == request.user.pk else {}


def _onward(request: Request, review: Review) -> HttpResponse:
    do = request.POST.get("do", "")
    if do == "check":
        return redirect(selectors.section_url(review, Letter.J))
    if do in HEAVIER:
        due = as_it_is_now(request, review).due_at
        words = _("It is a heavier review now, due on %(due)s. All you wrote stands in it.")
        messages.success(request, words % {"due": f"{timezone.localtime(due):%d.%m.%Y}"})
    else:
        messages.success(request, _("Saved."))
    return redirect(review)


def debrief_conflict(
    request: Request, review: Review, mine: forms.HotForm, *, ticket: str = ""
) -> HttpResponse:
    """What was typed beside what is saved, line by line; neither is lost."""
    review = as_it_is_now(request, review)
    current, read = beside_form(review, mine), mine.read
    base = forms.HotForm(held=read) if read else None
    theirs = selectors.last_written(review)
    context = {
        **base_context(review),
        "rows": conflicts.compare(mine, current, base, list(current.fields) if base else ()),
        "theirs_by": theirs.edited_by.post if theirs and theirs.edited_by else "",
        "theirs_at": theirs.edited_at if theirs else review.opened_at,
        "version": current.initial["version"],
        "page": drafts.page_of(request.POST),
        "ticket": ticket,
        "action": address_of(review),
        "back": review.get_absolute_url(),
    }
    return render(request, "reviews/debrief_conflict.html", context, status=409)
