"""What is added to an incident afterwards, each on a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from agencies.http import Request
from agencies.models import User
from core.errors import RuleBroken
from incidents import actions, forms, policies
from incidents.actions.disputes import Account
from incidents.forms._parts import SourceFields, add_broken
from incidents.models import DisputedFact, Incident
from incidents.rules import DetailsRefused


@dataclass(frozen=True)
class Adding:
    """One kind of addition: its form, its words, who may, and where it stands on the page."""

    form: type[BaseForm]
    title: Promise
    lead: Promise
    anchor: str
    may: Callable[[User, Incident], bool] = policies.can_change_incident


def _common(request: Request, incident: Incident) -> dict[str, Any]:
    return {"incident_id": incident.pk, "by": request.user, "at": timezone.now()}


def _visible(request: Request, pk: int) -> Incident:
    return get_object_or_404(Incident.objects.visible_to(request.user), pk=pk)


def _add(
    request: Request,
    incident: Incident,
    adding: Adding,
    act: Callable[[Any, dict[str, Any]], object],
    dispute: DisputedFact | None = None,
) -> HttpResponse:
    """Show the form; when it is sound, do the deed and go back to where it stands."""
    if not adding.may(request.user, incident):
        raise PermissionDenied
    more: dict[str, Any] = {"incident": incident} if issubclass(adding.form, SourceFields) else {}
    if issubclass(adding.form, forms.ShareForm):
        more = {"by": request.user}
    form = adding.form(request.POST if request.method == "POST" else None, **more)
    if form.is_valid():
        try:
            act(form, _common(request, incident))
        except DetailsRefused as refusal:
            add_broken(form, list(refusal.broken))
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is on the record."))
            return redirect(f"{incident.get_absolute_url()}#{adding.anchor}")
    context = {"form": form, "incident": incident, "marking": incident, "adding": adding}
    status = 422 if form.errors else 200
    return render(request, "incidents/add.html", context | {"dispute": dispute}, status=status)


COUNT = Adding(
    form=forms.CountForm,
    title=_("Add a casualty count"),
    lead=_("It joins the series; no earlier count is replaced. Attackers are counted apart."),
    anchor="casualties",
)
SOURCE = Adding(
    form=forms.SourceForm,
    title=_("Add a source"),
    lead=_("A page, a paper, a unit or a post that says something about this incident."),
    anchor="sources",
)
CLAIM = Adding(
    form=forms.ClaimForm,
    title=_("Add a claim or a denial"),
    lead=_("What was said about who did it. None of it is a finding."),
    anchor="facts",
)
DISPUTE = Adding(
    form=forms.DisputeForm,
    title=_("Add a disputed fact"),
    lead=_("Accounts that differ stand side by side until somebody settles them with a reason."),
    anchor="disputed",
)
ACCOUNT = Adding(
    form=forms.AccountForm,
    title=_("Add an account"),
    lead=_("It stands beside the others."),
    anchor="disputed",
)
SETTLE = Adding(
    form=forms.SettleForm,
    title=_("Settle a disputed fact"),
    lead=_("Every account stays on the record, the losing one too."),
    anchor="disputed",
    may=policies.can_settle_dispute,
)
FACT = Adding(
    form=forms.FactForm,
    title=_("Add a fact"),
    lead=_("One thing reported, and what it rests on."),
    anchor="reported",
)
LOG = Adding(
    form=forms.LogForm,
    title=_("Add what happened"),
    lead=_("One deed a line. The full timeline belongs to the review."),
    anchor="log",
)
QUESTION = Adding(
    form=forms.QuestionForm,
    title=_("Add what is not known"),
    lead=_("What is not known, and should be."),
    anchor="unknown",
)
SHARE = Adding(
    form=forms.ShareForm,
    title=_("Name a reader"),
    lead=_("Within what the TLP label allows. The reader must be cleared for its class."),
    anchor="readers",
    may=policies.can_share_incident,
)


@require_http_methods(["GET", "POST"])
def count_add(request: Request, pk: int) -> HttpResponse:
    """Add a casualty count to the series."""

    def act(form: forms.CountForm, common: dict[str, Any]) -> object:
        return actions.add_casualty_report(report=form.report(), **common)

    return _add(request, _visible(request, pk), COUNT, act)


@require_http_methods(["GET", "POST"])
def source_add(request: Request, pk: int) -> HttpResponse:
    """Name a source."""

    def act(form: forms.SourceForm, common: dict[str, Any]) -> object:
        return actions.add_source(source=form.source(), **common)

    return _add(request, _visible(request, pk), SOURCE, act)


@require_http_methods(["GET", "POST"])
def claim_add(request: Request, pk: int) -> HttpResponse:
    """Keep a claim, a denial or an allegation."""

    def act(form: forms.ClaimForm, common: dict[str, Any]) -> object:
        return actions.add_claim(**form.said(), **common)

    return _add(request, _visible(request, pk), CLAIM, act)


@require_http_methods(["GET", "POST"])
def dispute_add(request: Request, pk: int) -> HttpResponse:
    """Set accounts of one fact side by side."""

    def act(form: forms.DisputeForm, common: dict[str, Any]) -> object:
        accounts = [Account(said=said, source=source) for said, source in form.accounts()]
        return actions.dispute_fact(
            name=form.cleaned_data["name"],
            why_differ=form.cleaned_data["why_differ"],
            accounts=accounts,
            **common,
        )

    return _add(request, _visible(request, pk), DISPUTE, act)


@require_http_methods(["GET", "POST"])
def account_add(request: Request, pk: int, dispute_pk: int) -> HttpResponse:
    """Add one more account to a disputed fact."""
    incident = _visible(request, pk)
    dispute = get_object_or_404(incident.disputes, pk=dispute_pk)

    def act(form: forms.AccountForm, common: dict[str, Any]) -> object:
        account = Account(said=form.cleaned_data["said"], source=form.source())
        return actions.add_account(dispute_id=dispute.pk, account=account, **common)

    return _add(request, incident, ACCOUNT, act, dispute)


@require_http_methods(["GET", "POST"])
def dispute_settle(request: Request, pk: int, dispute_pk: int) -> HttpResponse:
    """Settle a disputed fact with a reason."""
    incident = _visible(request, pk)
    dispute = get_object_or_404(incident.disputes, pk=dispute_pk)

    def act(form: forms.SettleForm, common: dict[str, Any]) -> object:
        resolution = form.cleaned_data["resolution"]
        return actions.settle_dispute(dispute_id=dispute.pk, resolution=resolution, **common)

    return _add(request, incident, SETTLE, act, dispute)


@require_http_methods(["GET", "POST"])
def fact_add(request: Request, pk: int) -> HttpResponse:
    """Keep one reported fact."""

    def act(form: forms.FactForm, common: dict[str, Any]) -> object:
        return actions.add_fact(**form.said(), **common)

    return _add(request, _visible(request, pk), FACT, act)


@require_http_methods(["GET", "POST"])
def log_add(request: Request, pk: int) -> HttpResponse:
    """Keep one reported deed."""

    def act(form: forms.LogForm, common: dict[str, Any]) -> object:
        return actions.add_log_entry(
            when=form.when(), text=form.cleaned_data["text"], source=form.source(), **common
        )

    return _add(request, _visible(request, pk), LOG, act)


@require_http_methods(["GET", "POST"])
def question_add(request: Request, pk: int) -> HttpResponse:
    """Say what is not known."""

    def act(form: forms.QuestionForm, common: dict[str, Any]) -> object:
        return actions.add_question(text=form.cleaned_data["text"], **common)

    return _add(request, _visible(request, pk), QUESTION, act)


@require_http_methods(["GET", "POST"])
def incident_share(request: Request, pk: int) -> HttpResponse:
    """Name a reader."""

    def act(form: forms.ShareForm, common: dict[str, Any]) -> object:
        return actions.share_incident(recipient=form.recipient(), **common)

    return _add(request, _visible(request, pk), SHARE, act)
