"""Pages of section D beside its own: lines pasted from a table, evidence of an entry."""

import uuid
from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from agencies.http import Request, shows
from core.errors import RuleBroken
from core.policy import refuse_unless
from incidents.models import Evidence
from incidents.selectors.evidence import evidence_of
from incidents.selectors.supports import live
from reviews import actions, forms, policies, selectors
from reviews.choices import Letter
from reviews.models import Review
from reviews.views.pages import REVIEW, base_context, marking_with


def _refuse_readers(request: Request, review: Review) -> None:
    """For its team; what was typed before the review left their hands is refused in words."""
    typed = request.method == "POST" and policies.is_on_team(request.user, review)
    refuse_unless(typed or policies.can_write(request.user, review))


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW)
def entries_paste(request: Request, review: Review) -> HttpResponse:
    """Paste a log, see it checked line by line, then add all of it or what is sound."""
    _refuse_readers(request, review)
    if request.method == "GET":
        return _paste_page(request, review, forms.PasteForm(review=review))
    form = forms.PasteForm(request.POST, review=review)
    if not form.is_valid():
        return _paste_page(request, review, form, status=422)
    do = request.POST.get("do", "check")
    lines = form.lines()
    sound = [each for each in lines if each.is_sound]
    if do == "check" or not sound or (do == "all" and len(sound) < len(lines)):
        return _paste_page(request, review, form, status=200 if do == "check" else 422)
    try:
        added = actions.add_entries(
            review_id=review.pk,
            key=form.cleaned_data["key"] or uuid.uuid4(),
            lines=[each.values for each in sound],
            by=request.user,
            at=timezone.now(),
        )
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
        return _paste_page(request, review, form, status=422)
    n = len(added)
    messages.success(
        request, ngettext("%(n)d entry is added.", "%(n)d entries are added.", n) % {"n": n}
    )
    form.keep([each for each in lines if not each.is_sound])
    if form.lines():
        return _paste_page(request, review, form)
    return redirect(selectors.section_url(review, Letter.D))


def _paste_page(
    request: Request, review: Review, form: forms.PasteForm, status: int = 200
) -> HttpResponse:
    # Refused by the review itself, the lines stay; what cannot be read stays in its box.
    lines = form.lines() if form.is_bound and not form.errors.keys() - {"__all__"} else []
    context = {
        **base_context(review, here=Letter.D),
        "form": form,
        "lines": lines,
        "rows": [
            (line, list(zip_longest(form.column_labels, line.cells, fillvalue="")))
            for line in lines
        ],
        "sound": sum(each.is_sound for each in lines),
        "back": selectors.section_url(review, Letter.D),
    }
    return render(request, "reviews/entries_paste.html", context, status=status)


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW)
def entry_evidence(request: Request, review: Review, entry_pk: int) -> HttpResponse:
    """Say which pieces of the incident's evidence show what an entry says."""
    _refuse_readers(request, review)
    entry = get_object_or_404(review.timeline, pk=entry_pk)
    if request.method == "POST":
        return _attach(request, review, entry_pk)
    held = set(entry.shown_by.values_list("evidence_id", flat=True))
    pieces = evidence_of(request.user, review.incident)
    offered = [each for each in pieces if each.pk in held or each in live(pieces)]
    context: dict[str, Any] = {
        **base_context(review, here=Letter.D),
        "entry": entry,
        "pieces": [(each, each.pk in held) for each in offered],
        "marking": marking_with(review, offered),
        "back": selectors.section_url(review, Letter.D),
    }
    return render(request, "reviews/entry_evidence.html", context)


def _attach(request: Request, review: Review, entry_pk: int) -> HttpResponse:
    said = request.POST
    attach, detach = said.get("attach", ""), said.get("detach", "")
    number = attach or detach
    deed = actions.attach_evidence if attach else actions.detach_evidence
    if number.isdecimal():
        try:
            deed(
                review_id=review.pk,
                entry_id=entry_pk,
                evidence_id=int(number),
                by=request.user,
                at=timezone.now(),
            )
        except Evidence.DoesNotExist:
            pass  # gone, or never theirs to see: the page shows what there is
        except RuleBroken as refusal:
            messages.error(request, str(refusal))
    return redirect("reviews:entry_evidence", review.pk, entry_pk)
