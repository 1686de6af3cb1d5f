"""The editions of a product: its history, and the way to the next."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.http import Request, shows
from bulletins import policies
from bulletins.actions import editions as actions
from bulletins.models import Bulletin
from bulletins.product_forms import EditionForm
from bulletins.selectors.editions import editions_of
from bulletins.views.posting import posted
from core.errors import RuleBroken
from core.policy import opens


@require_safe
@shows(Bulletin)
def bulletin_history(request: Request, bulletin: Bulletin) -> HttpResponse:
    """Every edition that the person may read, with what it says otherwise, by whom and when."""
    context = {
        "bulletin": bulletin,
        "marking": bulletin,
        "editions": editions_of(request.user, bulletin),
        "may_begin": policies.can_begin_edition(request.user, bulletin),
    }
    return render(request, "bulletins/bulletin_history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@opens(Bulletin, may=policies.can_begin_edition, hides=True)
def edition_begin(request: Request, bulletin: Bulletin) -> HttpResponse:
    """Ask what changes, then start the draft of the next edition."""
    form = EditionForm(posted(request))
    if form.is_valid():
        try:
            draft = actions.begin_edition(
                bulletin_id=bulletin.pk,
                change_note=form.cleaned_data["change_note"],
                by=request.user,
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The draft of the next edition is there. Change it now."))
            return redirect("bulletins:bulletin_edit", draft.pk)
    context = {"bulletin": bulletin, "marking": bulletin, "form": form}
    return render(
        request, "bulletins/edition_begin.html", context, status=422 if form.errors else 200
    )
