"""What a recipient's post records: acknowledged, briefed, acted, or why not."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.http import Request
from agencies.models import User
from bulletins import policies, selectors
from bulletins.actions import receipts as actions
from bulletins.forms import ActedForm, BriefedForm, ReasonForm
from bulletins.models import Bulletin
from bulletins.views.posting import posted
from core.errors import RuleBroken
from core.forms import Form
from core.policy import opens


def _answers(user: User, bulletin: Bulletin) -> bool:
    """A bulletin sent to the person's agency, for which the person may answer."""
    receipt = selectors.own_receipt(user, bulletin)
    return receipt is not None and policies.can_answer(user, receipt)


@require_POST
@opens(Bulletin, may=_answers, hides=True)
def receipt_acknowledge(request: Request, bulletin: Bulletin) -> HttpResponse:
    """Take note, for the agency."""
    actions.acknowledge_bulletin(bulletin_id=bulletin.pk, by=request.user, at=timezone.now())
    messages.success(request, _("Acknowledged. The agency that sent it sees this."))
    return redirect(bulletin)


@require_http_methods(["GET", "HEAD", "POST"])
@opens(Bulletin, may=_answers, hides=True)
def receipt_brief(request: Request, bulletin: Bulletin) -> HttpResponse:
    """Record how many units were briefed."""
    form = BriefedForm(posted(request))

    def tell() -> str:
        actions.record_briefing(
            bulletin_id=bulletin.pk, briefing=form.briefing(), by=request.user, at=timezone.now()
        )
        return _("The briefing is recorded.")

    return _told(request, bulletin, form, tell, _("Record units briefed"))


@require_http_methods(["GET", "HEAD", "POST"])
@opens(Bulletin, may=_answers, hides=True)
def receipt_act(request: Request, bulletin: Bulletin) -> HttpResponse:
    """Record what was done."""
    form = ActedForm(posted(request))

    def tell() -> str:
        actions.record_action(
            bulletin_id=bulletin.pk, deed=form.deed(), by=request.user, at=timezone.now()
        )
        return _("What was done is recorded. The agency that sent it sees this.")

    return _told(request, bulletin, form, tell, _("Record what was done"))


@require_http_methods(["GET", "HEAD", "POST"])
@opens(Bulletin, may=_answers, hides=True)
def receipt_decline(request: Request, bulletin: Bulletin) -> HttpResponse:
    """Record that nothing was done, and why."""
    form = ReasonForm(posted(request))

    def tell() -> str:
        actions.decline_action(
            bulletin_id=bulletin.pk,
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        )
        return _("The reason is recorded. The agency that sent it sees this.")

    return _told(request, bulletin, form, tell, _("Record that nothing was done, and why"))


def _told(
    request: Request, bulletin: Bulletin, form: Form, tell: Callable[[], str], verb: str
) -> HttpResponse:
    """Show the form, or take what it says."""
    if form.is_valid():
        try:
            words = tell()
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        except PermissionDenied as error:
            raise Http404 from error
        else:
            messages.success(request, words)
            return redirect(bulletin)
    context = {"bulletin": bulletin, "marking": bulletin, "form": form, "verb": verb}
    status = 422 if form.errors else 200
    return render(request, "bulletins/receipt_form.html", context, status=status)
