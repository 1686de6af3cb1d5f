"""Lines of a section on a page of their own: added, changed, removed."""

from collections.abc import Callable, Sequence
from functools import partial
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
from reviews import actions, forms, policies, quality, selectors
from reviews.choices import Letter
from reviews.kinds import KINDS, Kind, add_typed, form_of, refuse
from reviews.models import AlertReceived, Recommendation, Review, Row
from reviews.views import conflicts, drafts
from reviews.views.pages import REVIEW, base_context, desk_context
from reviews.views.parts import (
    as_finding,
    finding_of,
    finding_page,
    home_of,
    onward,
    parts_of,
)

# What the quality gate looks at.
GATED = (
    *("text", "category", "owner_post", "due_date", "closure_criterion"),
    *("is_quick_fix", "done_date", "source_number"),
)
# What a line is called when somebody is asked whether to remove it; else its kind.
CALLED = ("label", "title", "said", "text", "what", "who", "words")


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
    restored: Sequence[drafts.Restored] = (),
    **more: Any,
) -> HttpResponse:
    context = {
        **base_context(review, here=kind.letter),
        "kind": kind,
        "form": form,
        "heading": kind.changing if form.instance.pk else kind.adding,
        "section_url": home_of(kind, review, form.instance),
        "parts": parts_of(request.user, review, kind, form.instance),
        **desk_context(request, review, kind.letter, restored),
        "address": request.path,
        **more,
    }
    return render(request, "reviews/row_edit.html", context, status=status)


def _restored_page(
    request: Request,
    review: Review,
    kind: Kind,
    form: forms.RowForm,
    again: Callable[[], forms.RowForm] | None = None,
    **more: Any,
) -> HttpResponse:
    """The page as it was left: with what this person typed here and never saved.

    `again` makes the form as it is saved, where more than its line is told to it.
    """
    restored: list[drafts.Restored] = []
    again = again or partial(type(form), review=review, instance=form.instance)
    saved = again()
    page = drafts.page_of(request.GET)
    for draft in selectors.drafts_of(review, request.user, page=page):
        data = drafts.as_sent(draft)
        if draft.form != request.path or drafts.is_added(kind, review, data):
            continue
        typed = again()
        drafts.fill(typed, data)
        found = drafts.Restored(draft.form, draft.page, draft.kept_at, is_first=not restored)
        found.differences = drafts.beside(typed, saved)
        if found.says_something:
            form = form if restored else typed
            found.has_line = form.instance.pk is None
            restored.append(found)
        else:
            _drop(request, review, draft.page)
    return _page(request, review, kind, form, restored=restored, **more)


def _back(request: Request, review: Review, kind: Kind, form: forms.RowForm) -> HttpResponse:
    do = request.POST.get("do", "")
    if do == "more":
        return redirect("reviews:row_add", review.pk, kind.slug)
    row = kind.rows(review).filter(key=form.cleaned_data["key"]).first() if do in KINDS else None
    return redirect(onward(kind, review, row, do))


def _drop(request: Request, review: Review, page: str) -> None:
    """What was typed is saved."""
    actions.drop_draft(review_id=review.pk, form=request.path, page=page, by=request.user)


def warn(request: Request, form: forms.RowForm) -> None:
    """A line is saved as it is; what is wanting in it is said at once."""
    for sentence in form.warnings():
        messages.warning(request, sentence)
    if form._meta.model is not Recommendation:
        return
    said = form.cleaned_data
    asked = selectors.asked_of(
        Recommendation(**{name: said[name] for name in GATED}),
        answers=len(said.get("findings") or ()),
    )
    lacking = quality.faults(asked, today=timezone.localdate())
    if lacking:
        sentences = " ".join(str(each.sentence) for each in lacking)
        messages.warning(
            request,
            _("Saved. Before the review can be submitted: %(sentences)s")
            % {"sentences": sentences},
        )


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW)
def row_add(request: Request, review: Review, slug: str) -> HttpResponse:
    """Add a line."""
    kind = _writable(request, review, slug)
    if kind.slug == "accounts" or kind.added_at:
        raise Http404
    begun = kind.begun(request, review) if kind.begun and request.method == "GET" else None
    form = kind.form(request.POST or None, review=review, initial=begun)
    if request.method == "GET":
        return _restored_page(request, review, kind, form)
    done = form.is_valid() and add_typed(kind, form, review, by=request.user, at=timezone.now())
    if not done:
        return _page(request, review, kind, form, status=422)
    warn(request, form)
    _drop(request, review, drafts.page_of(request.POST))
    return _back(request, review, kind, form)


def take_over(request: Request, review: Review, particular_id: int) -> HttpResponse:
    """Copy a detail of the incident's record into the review, and open its line."""
    try:
        row = actions.take_over(
            review_id=review.pk, particular_id=particular_id, by=request.user, at=timezone.now()
        )
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
        return redirect(selectors.section_url(review, Letter.B))
    slug = "alerts" if isinstance(row, AlertReceived) else "plans"
    return redirect("reviews:row_change", review.pk, slug, row.pk)


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
        return _restored_page(request, review, kind, form, about=entry.text)
    done = form.is_valid() and add_typed(
        kind, form, review, by=request.user, at=timezone.now(), entry_id=entry.pk
    )
    if not done:
        return _page(request, review, kind, form, status=422, about=entry.text)
    _drop(request, review, drafts.page_of(request.POST))
    return redirect(selectors.section_url(review, kind.letter))


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW)
def finding_part_add(request: Request, review: Review, row_pk: int, slug: str) -> HttpResponse:
    """Add a body, a cause link or a file from the page of its finding."""
    kind = _writable(request, review, slug)
    finding = review.findings.filter(pk=row_pk).first()
    data = request.POST if request.method == "POST" else None
    initial = {"finding": finding.pk if finding else None}
    empty = partial(form_of, kind, request.user, review, initial=initial)
    form = empty(data)
    if finding is None:
        if data is None:
            raise Http404
        return _finding_gone(request, review, form)
    here: dict[str, Any] = {
        "about": finding.title,
        "section_url": finding_page(review, finding.pk),
    }
    if data is None:
        return _restored_page(request, review, kind, form, empty, **here)
    done = form.is_valid() and add_typed(kind, form, review, by=request.user, at=timezone.now())
    if not done:
        return _page(request, review, kind, form, status=422, **here)
    _drop(request, review, drafts.page_of(data))
    return redirect(request.path if data.get("do") == "more" else here["section_url"])


@require_http_methods(["GET", "POST"])
@shows(Review, **REVIEW)
def row_change(request: Request, review: Review, slug: str, row_pk: int) -> HttpResponse:
    """Change a line; if somebody else did meanwhile, both versions are shown."""
    kind = _writable(request, review, slug)
    row: Row | None = kind.seen_by(request.user, review).filter(pk=row_pk).first()
    if row is None:
        return _gone(request, review, kind)
    if request.method == "GET":
        form = kind.form(review=review, instance=row)
        return _restored_page(request, review, kind, form, row=row)
    data: QueryDict = request.POST
    if conflicts.is_choice(data):
        data = conflicts.chosen(data, kind.form(review=review, instance=row))
    form = kind.form(data, review=review, instance=row)
    if not (form.is_valid() and _changed(request, review, kind, form, row_pk)):
        return _page(request, review, kind, form, status=422, row=row)
    if form.is_stale:
        return _conflict(request, review, kind, form, row_pk)
    warn(request, form)
    _drop(request, review, drafts.page_of(request.POST))
    return redirect(onward(kind, review, row, request.POST.get("do", "")))


def _gone(request: Request, review: Review, kind: Kind) -> HttpResponse:
    """A colleague removed the line meanwhile: what was typed comes back as a line to add."""
    if request.method == "GET":
        raise Http404
    form = form_of(kind, request.user, review, request.POST)
    finding = finding_of(form)
    about, action = "", reverse("reviews:row_add", args=[review.pk, kind.slug])
    if kind.slug == "accounts":
        entry = review.timeline.filter(pk=form.cleaned_data.get("entry") or 0).first()
        if entry is None:
            return _entry_gone(request, review, form)
        about, action = entry.text, reverse("reviews:account_add", args=[review.pk, entry.pk])
    if kind.added_at:
        if finding is None:
            return _finding_gone(request, review, form)
        about, action = finding.title, reverse(kind.added_at, args=[review.pk, finding.pk])
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


def _finding_gone(request: Request, review: Review, part: forms.RowForm) -> HttpResponse:
    """The finding went with what hangs from it: what was typed comes back as one to add."""
    form = as_finding(part, review)
    form.add_error(
        None,
        _("The finding was removed while you wrote. Say it anew, and what you typed goes with it."),
    )
    action = reverse("reviews:row_add", args=[review.pk, "findings"])
    return _page(request, review, KINDS["findings"], form, status=409, action=action)


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
    row: Row = kind.seen_by(request.user, review).get(pk=row_pk)
    was = selectors.row_at(row, review, form.cleaned_data["version"] or 0)
    base = kind.form(review=review, instance=was[0]) if was else None
    now = kind.form(review=review, instance=row)
    context = {
        **base_context(review, here=kind.letter),
        "rows": conflicts.compare(form, now, base, was[1] if was else ()),
        "theirs_by": row.edited_by.post if row.edited_by else "",
        "theirs_at": row.edited_at,
        "version": row.version,
        "page": drafts.page_of(request.POST),
        "action": request.path,
        "back": home_of(kind, review, row),
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
    row: Row | None = kind.seen_by(request.user, review).filter(pk=row_pk).first()
    back = home_of(kind, review, row)
    if request.method == "POST":
        if row is not None:
            _remove(request, review, kind, row)
        return redirect(back)
    if row is None:
        raise Http404
    words = next(filter(None, (getattr(row, name, "") for name in CALLED)), "")
    context = {
        **base_context(review, here=kind.letter),
        "kind": kind,
        "words": words or str(getattr(row, "get_kind_display", str)()),
        "back": back,
    }
    return render(request, "reviews/row_remove.html", context)
