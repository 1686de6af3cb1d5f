"""A reader's numbered copy of a bulletin, and the page that says whose copy somebody's page is."""

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.http import Request
from agencies.models import User
from bulletins import policies
from bulletins.actions import copies as actions
from bulletins.forms import TraceForm
from bulletins.models import Bulletin, Copy, Document
from bulletins.rendering.copies.tracing import sentence
from bulletins.views.posting import posted
from core.errors import RuleBroken
from core.policy import opens


def hand_out(
    bulletin: Bulletin, document: Document, *, by: User, at: datetime
) -> StreamingHttpResponse:
    """The person's copy, stamped while it is sent: no transaction waits for the stamping."""
    copy = actions.hand_out_copy(bulletin_id=bulletin.pk, document_id=document.pk, by=by, at=at)
    made = actions.maker(copy)

    def pieces() -> Iterator[bytes]:
        yield made()

    response = StreamingHttpResponse(pieces(), content_type="application/pdf")
    name = f"{bulletin.reference}-{bulletin.edition}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # A shared PC must not keep it.
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@opens(Bulletin, may=policies.can_trace, hides=True)
def copy_trace(request: Request, bulletin: Bulletin) -> HttpResponse:
    """Hand in a PDF or a scan of a page: whose copy it is, or why that cannot be told."""
    form = TraceForm(posted(request), request.FILES if request.method == "POST" else None)
    context = {
        "bulletin": bulletin,
        "marking": bulletin,
        "form": form,
        "copies_made": Copy.objects.visible_to(request.user).filter(bulletin=bulletin).count(),
    }
    if form.is_valid():
        try:
            traced = actions.trace_copy(
                bulletin_id=bulletin.pk,
                upload=form.cleaned_data["file"].read(),
                by=request.user,
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            form.add_error("file", str(refusal))
        else:
            context |= {
                "traced": traced,
                "because": sentence(traced.trace.outcome),
                "one_in": _one_in(traced.trace.chance),
            }
    status = 422 if form.errors else 200
    return render(request, "bulletins/copy_trace.html", context, status=status)


def _one_in(chance: float) -> int:
    """How many pages chance would need to name any copy: to the power of ten below, at most 18."""
    power = next((each for each in range(18, 0, -1) if chance <= 10.0**-each), 0)
    return int(10**power)
