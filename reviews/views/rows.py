"""Lines of a section on a page of their own: added, changed, removed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.http import Request, shows
from core.errors import RuleBroken, StaleEdit
from core.policy import refuse_unless
from reviews import forms, policies, selectors
from reviews.models import Recommendation, Review, Row
from reviews.views import conflicts
from reviews.views.kinds import KINDS, Kind, add_typed, refuse
from reviews.views.pages import REVIEW, base_context


def _writable(request: Request, review: Review, slug: str) -> Kind:
    if slug not in KINDS:
        raise Http404
    # A line typed before the review left the team's hands is refused in words, and kept.
    typed = request.method == "POST" and policies.is_on_team(request.user, review)
    refuse_unless(typed or policies.can_write(request.user, review))
    return KINDS[slug]


def _page(
    request: Request,
    review: Review,
    kind: Kind,
    form: forms.RowForm,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        **base_context(review, here=kind.letter),
        "kind": kind,
        "form": form,
        "heading": kind.changing if form.instance.pk else kind.adding,
        "section_url": selectors.section_url(review, kind.letter),
        **more,
    }
    return render(request, "reviews/row_edit.html", context, status=status)


def _back(request: Request, review: Review, kind: Kind) -> HttpResponse:
    if request.POST.get("do") == "more":
        return redirect("reviews:row_add", review.pk, kind.slug)
    return redirect(selectors.section_url(review, kind.letter))


def _warn(request: Request, form: forms.RowForm) -> None:
    if form._meta.model is Recommendation and not form.cleaned_data["closure_criterion"]:
        messages.warning(
            request,
            _("Saved. Nothing says yet how it will be seen that it is done: give “Closed when”."),
        )


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW)
def row_add(request: Request, review: Review, slug: str) -> HttpResponse:
    """Add a line."""
    kind = _writable(request, review, slug)
    if kind.slug == "accounts":
        raise Http404
    form = kind.form(request.POST or None, review=review)
    if request.method == "GET":
        return _page(request, review, kind, form)
    done = form.is_valid() and add_typed(kind, form, review, by=request.user, at=timezone.now())
    if not done:
        return _page(request, review, kind, form, status=422)
    _warn(request, form)
    return _back(request, review, kind)


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW)
def account_add(request: Request, review: Review, entry_pk: int) -> HttpResponse:
    """Set another account beside an entry."""
    kind = _writable(request, review, "accounts")
    form = kind.form(request.POST or None, review=review)
    entry = review.timeline.filter(pk=entry_pk).first()
    if entry is None:
        if request.method == "GET":
            raise Http404
        return _entry_gone(request, review, form)
    if request.method == "GET":
        return _page(request, review, kind, form, about=entry.text)
    done = form.is_valid() and add_typed(
        kind, form, review, by=request.user, at=timezone.now(), entry_id=entry.pk
    )
    if not done:
        return _page(request, review, kind, form, status=422, about=entry.text)
    return redirect(selectors.section_url(review, kind.letter))


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW)
def row_change(request: Request, review: Review, slug: str, row_pk: int) -> HttpResponse:
    """Change a line; if somebody else did meanwhile, both versions are shown."""
    kind = _writable(request, review, slug)
    row: Row | None = kind.rows(review).filter(pk=row_pk).first()
    if row is None:
        return _gone(request, review, kind)
    if request.method == "GET":
        return _page(request, review, kind, kind.form(review=review, instance=row), row=row)
    data: QueryDict = request.POST
    if conflicts.is_choice(data):
        data = conflicts.chosen(data, kind.form(review=review, instance=row))
    form = kind.form(data, review=review, instance=row)
    if not (form.is_valid() and _changed(request, review, kind, form, row_pk)):
        return _page(request, review, kind, form, status=422, row=row)
    if form.is_stale:
        return _conflict(request, review, kind, form, row_pk)
    _warn(request, form)
    return redirect(selectors.section_url(review, kind.letter))


def _gone(request: Request, review: Review, kind: Kind) -> HttpResponse:
    """A colleague removed the line meanwhile: what was typed comes back as a line to add."""
    if request.method == "GET":
        raise Http404
    form = kind.form(request.POST, review=review)
    form.is_valid()
    about, action = "", reverse("reviews:row_add", args=[review.pk, kind.slug])
    if kind.slug == "accounts":
        entry = review.timeline.filter(pk=form.cleaned_data.get("entry") or 0).first()
        if entry is None:
            return _entry_gone(request, review, form)
        about, action = entry.text, reverse("reviews:account_add", args=[review.pk, entry.pk])
    form.add_error(
        None,
        _("This line was removed while you wrote. Save, and it is added again as you typed it."),
    )
    return _page(request, review, kind, form, status=409, action=action, about=about)


def _entry_gone(request: Request, review: Review, account: forms.RowForm) -> HttpResponse:
    """The entry went with all its accounts: what was typed comes back as an entry to add."""
    kind = KINDS["entries"]
    blank = kind.form(review=review)
    words = [account[name].value() or "" for name in ("by", "said")]
    kept = {name: account[name].value() or "" for name in ("clock", "source", "grade")}
    data = QueryDict(mutable=True)
    for name in blank.fields:
        data[blank.add_prefix(name)] = str(blank[name].value() or "")
    for name, value in {"text": ": ".join(filter(None, words)), **kept}.items():
        data[blank.add_prefix(name)] = value
    form = kind.form(data, review=review)
    form.add_error(
        None,
        _("The entry was removed while you wrote. Save, and what you typed is added as an entry."),
    )
    action = reverse("reviews:row_add", args=[review.pk, kind.slug])
    return _page(request, review, kind, form, status=409, action=action)


def _changed(
    request: Request, review: Review, kind: Kind, form: forms.RowForm, row_pk: int
) -> bool:
    try:
        kind.change(
            review_id=review.pk,
            row_id=row_pk,
            version=form.cleaned_data["version"] or 0,
            by=request.user,
            at=timezone.now(),
            **form.values(),
        )
    except StaleEdit:
        form.is_stale = True
    except RuleBroken as refusal:
        refuse(form, refusal)
        return False
    return True


def _conflict(
    request: Request, review: Review, kind: Kind, form: forms.RowForm, row_pk: int
) -> HttpResponse:
    row: Row = kind.rows(review).get(pk=row_pk)
    context = {
        **base_context(review, here=kind.letter),
        "rows": conflicts.compare(form, kind.form(review=review, instance=row)),
        "theirs_by": row.edited_by.post if row.edited_by else "",
        "theirs_at": row.edited_at,
        "version": row.version,
        "action": request.path,
        "back": selectors.section_url(review, kind.letter),
    }
    return render(request, "reviews/conflict.html", context, status=409)


def _remove(request: Request, review: Review, kind: Kind, row: Row) -> None:
    try:
        kind.remove(review_id=review.pk, row_id=row.pk, by=request.user, at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW)
def row_remove(request: Request, review: Review, slug: str, row_pk: int) -> HttpResponse:
    """Asks once, then takes the line out of the draft; gone already is as good."""
    kind = _writable(request, review, slug)
    row: Row | None = kind.rows(review).filter(pk=row_pk).first()
    back = selectors.section_url(review, kind.letter)
    if request.method == "POST":
        if row is not None:
            _remove(request, review, kind, row)
        return redirect(back)
    if row is None:
        raise Http404
    words = getattr(row, "title", "") or getattr(row, "said", "") or getattr(row, "text", "")
    context = {
        **base_context(review, here=kind.letter),
        "kind": kind,
        "words": words or str(getattr(row, "get_kind_display", str)()),
        "back": back,
    }
    return render(request, "reviews/row_remove.html", context)
