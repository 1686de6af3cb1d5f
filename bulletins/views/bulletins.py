"""The list of bulletins; composing, changing, reading and issuing one."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.freshness import fresh, fresh_for_marking
from agencies.http import Request, shows
from agencies.models import User
from agencies.page_marking import marking_of
from agencies.raising import raised_by
from agencies.readers import Reach, count_readers
from bulletins import policies, selectors
from bulletins.actions import bulletins as actions
from bulletins.actions.notices import note_delivered
from bulletins.choices import BulletinKind, BulletinState, Delivery
from bulletins.forms import ProductForm, ReleaseForm, bulletin_initial
from bulletins.models import Bulletin
from bulletins.product_forms import FORMS
from bulletins.selectors import notices
from bulletins.selectors.editions import newest_edition, next_draft
from bulletins.selectors.products import filled_in, incident_for
from bulletins.selectors.reach import people_who_read
from bulletins.views import conflicts
from bulletins.views.posting import posted
from bulletins.views.products import asked_for, framing, preview_address
from bulletins.views.renderings import rendering_context
from core.errors import RuleBroken, StaleEdit
from core.keyset import BadCursor
from core.panels import render_list_panels
from core.policy import asks, lists, opens
from incidents.models import Incident


@require_safe
@lists(Bulletin)
def bulletin_list(request: Request) -> HttpResponse:
    """Bulletins that the person may read, newest first; what was sent to them stands above."""
    state = request.GET.get("state", "")
    try:
        page = selectors.bulletin_page(
            request.user, state=state, cursor=request.GET.get("cursor", "")
        )
    except BadCursor as error:
        raise Http404 from error
    now = timezone.now()
    owed = list(selectors.inbox(request.user)[:10])
    if any(each.delivered_at is None for each in owed):
        note_delivered(receipts=owed, way=Delivery.LIST, by=request.user, at=now)
    context = {
        "page": page,
        "marking": marking_of([*page.rows, *(receipt.bulletin for receipt in owed)]),
        "newer": paged_address(page.newer, state=state),
        "older": paged_address(page.older, state=state),
        "state": state,
        "states": BulletinState.choices,
        "owed": owed,
        "recalled": selectors.recalled_from(request.user, now)[:10],
        "may_compose": policies.can_compose(request.user),
        "may_see_jobs": policies.can_see_jobs(request.user),
        "may_see_overdue": policies.can_see_overdue(request.user),
        "panels": list(render_list_panels(request, Bulletin)),
    }
    return render(request, "bulletins/bulletin_list.html", context)


@framing
@require_http_methods(["GET", "HEAD", "POST"])
@asks(policies.can_compose, hides=True)
def bulletin_compose(request: Request) -> HttpResponse:
    """Write a new product; its kind, and the incident of a flash, stand in the address."""
    kind, incident = asked_for(request)
    if kind == BulletinKind.FLASH and incident is None:
        messages.info(request, _("A flash is written from the page of its incident: open it."))
        return redirect("incidents:incident_list")
    lessons = request.GET.getlist("lesson")
    initial = {**filled_in(request.user, kind, incident, lessons), "token": uuid4()}
    form = FORMS[kind](posted(request), user=request.user, initial=initial)
    if form.is_valid():
        try:
            bulletin = actions.compose_bulletin(
                text=form.text(),
                lesson_ids=form.lesson_ids(),
                origin=form.origin(request.user),
                kind=kind,
                incident_id=incident.pk if incident else None,
                by=request.user,
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft is saved. Nobody outside your desk sees it."))
            return redirect(bulletin)
    return _form_page(request, form, kind=kind, incident=incident)


@framing
@fresh_for_marking(Bulletin)
@require_http_methods(["GET", "HEAD", "POST"])
@shows(Bulletin, may=policies.can_change, hides=True)
def bulletin_edit(request: Request, bulletin: Bulletin) -> HttpResponse:
    """Change a draft; when somebody saved it meanwhile, both versions are shown."""
    data = conflicts.chosen(request.POST, bulletin) if request.method == "POST" else None
    form = FORMS[bulletin.kind](data, user=request.user, initial=bulletin_initial(bulletin))
    if form.is_valid():
        try:
            actions.change_bulletin(
                bulletin_id=bulletin.pk,
                text=form.text(),
                lesson_ids=form.lesson_ids(),
                lock_version=form.cleaned_data["lock_version"] or 0,
                by=request.user,
                at=timezone.now(),
            )
        except StaleEdit:
            context = conflicts.context(bulletin, form)
            return render(request, "bulletins/bulletin_conflict.html", context, status=409)
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft is saved."))
            return redirect(bulletin)
    return _form_page(request, form, bulletin)


@require_safe
@shows(Bulletin, fetch=("agency",))
def bulletin_detail(request: Request, bulletin: Bulletin) -> HttpResponse:
    """The bulletin: what it says, its document, who can read it, who did what with it."""
    user = request.user
    receipt = selectors.own_receipt(user, bulletin)
    parts = selectors.parts_of(bulletin) if bulletin.agency_id == user.agency_id else []
    context = {
        "bulletin": bulletin,
        "marking": bulletin,
        "parts": parts,
        "about": incident_for(user, str(bulletin.incident_id or "")),
        "newer": newest_edition(user, bulletin),
        "next_draft": next_draft(user, bulletin),
        "raised": raised_by(bulletin, parts, name=lambda part: getattr(part, "reference", "")),
        "may_change": policies.can_change(user, bulletin),
        "may_issue": policies.can_issue(user, bulletin) and not bulletin.is_written_by(user),
        "may_trace": policies.can_trace(user, bulletin),
        "receipt": receipt,
        "may_answer": receipt is not None and policies.can_answer(user, receipt),
        **_sending_context(user, bulletin),
        **rendering_context(user, bulletin),
    }
    return render(request, "bulletins/bulletin_detail.html", context)


@fresh
@require_http_methods(["GET", "HEAD", "POST"])
@opens(Bulletin, may=policies.issues, hides=True)
def bulletin_issue(request: Request, bulletin: Bulletin) -> HttpResponse:
    """Ask before issuing: an issued bulletin does not change any more."""
    issued = bulletin.state == BulletinState.ISSUED
    if request.method != "POST":
        if issued:
            return redirect(bulletin)
        context = {
            "bulletin": bulletin,
            "marking": bulletin,
            "parts": selectors.parts_of(bulletin),
            "about": incident_for(request.user, str(bulletin.incident_id or "")),
            "another": selectors.second_person_sentence(request.user, bulletin),
            "reach": count_readers(
                people_who_read(bulletin, state=BulletinState.ISSUED), Reach.of(bulletin)
            ),
        }
        return render(request, "bulletins/bulletin_issue.html", context)
    try:
        actions.issue_bulletin(bulletin_id=bulletin.pk, by=request.user, at=timezone.now())
    except RuleBroken as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The bulletin is issued. Its PDF is being made."))
    return redirect(bulletin)


def _sending_context(user: User, bulletin: Bulletin) -> dict[str, Any]:
    """What the sender sees besides: who got it, what they did, who can read it, the next."""
    context: dict[str, Any] = {
        "may_release": policies.can_release(user, bulletin) and not bulletin.is_written_by(user),
        "may_recall": policies.can_recall(user, bulletin),
        "another": selectors.second_person_sentence(user, bulletin),
        "sees_receipts": policies.can_see_receipts(user, bulletin),
    }
    if context["sees_receipts"]:
        receipts = selectors.receipts_of(bulletin)
        context["receipts"] = receipts
        context["mailed"] = notices.mailed_of(user, bulletin)
        context["reminders"] = notices.reminders_of(user, bulletin)
        context["counts"] = selectors.receipt_counts(receipts)
        context["standing"] = selectors.standing(receipts, timezone.now())
        context["releases"] = selectors.releases_of(bulletin)
        context["readers"] = selectors.readers_of(bulletin)
    if context["may_release"]:
        context["release_form"] = ReleaseForm(user=user, bulletin=bulletin)
    return context


def paged_address(cursor: str, **kept: str) -> str:
    """The address of the page at `cursor` with the filters kept; blank when there is none."""
    chosen = {name: value for name, value in kept.items() if value}
    return f"?{urlencode({**chosen, 'cursor': cursor})}" if cursor else ""


def _form_page(
    request: Request,
    form: ProductForm,
    bulletin: Bulletin | None = None,
    *,
    kind: str = BulletinKind.LESSONS,
    incident: Incident | None = None,
) -> HttpResponse:
    if bulletin is not None:
        kind = bulletin.kind
        incident = incident_for(request.user, str(bulletin.incident_id or ""))
    context = {
        "form": form,
        "bulletin": bulletin,
        "incident": incident,
        "marking": bulletin or incident,
        "kind": BulletinKind(kind),
        "preview": preview_address(kind, incident),
    }
    return render(
        request, "bulletins/bulletin_form.html", context, status=422 if form.errors else 200
    )
