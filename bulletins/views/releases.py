"""Sending a bulletin on, and calling it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.freshness import fresh
from agencies.http import Request
from agencies.models import Agency, SharingGroup
from agencies.readers import Reach, count_readers
from bulletins import policies, selectors
from bulletins.actions import releases as actions
from bulletins.forms import ReasonForm, ReleaseForm
from bulletins.models import Bulletin, Release
from bulletins.selectors.reach import people_who_read
from bulletins.views.posting import posted
from core.errors import RuleBroken
from core.policy import lists, opens, refuse_unless


@fresh
@require_http_methods(["GET", "HEAD", "POST"])
@opens(Bulletin, may=policies.can_release, hides=True)
def release_create(request: Request, bulletin: Bulletin) -> HttpResponse:
    """Step one asks to whom and what; step two shows it once more; then it is sent."""
    if bulletin.is_written_by(request.user):
        messages.error(request, selectors.second_person_sentence(request.user, bulletin))
        return redirect(bulletin)
    form = ReleaseForm(posted(request), user=request.user, bulletin=bulletin)
    context = {"bulletin": bulletin, "marking": bulletin, "form": form}
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "bulletins/release_form.html", context, status=status)
    if "confirmed" not in request.POST:
        context["to"] = dict(_flat(form))[form.cleaned_data["to"]]
        reach = Reach.of(bulletin).with_recipient(_recipient(form))
        context["reach"] = count_readers(people_who_read(bulletin, reach), reach)
        return render(request, "bulletins/release_confirm.html", context)
    try:
        _send(request, bulletin, form)
    except RuleBroken as refusal:
        form.add_error(None, str(refusal))
        return render(request, "bulletins/release_form.html", context, status=422)
    messages.success(request, _("The bulletin is released."))
    return redirect(bulletin)


@fresh
@require_http_methods(["GET", "HEAD", "POST"])
@lists(Bulletin)
def release_recall(request: Request, pk: int) -> HttpResponse:
    """Ask for the reason, then take the release back."""
    bulletins = Bulletin.objects.visible_to(request.user)
    release = get_object_or_404(
        Release.objects.live()
        .filter(bulletin__in=bulletins)
        .select_related("bulletin", "to_agency", "to_group"),
        pk=pk,
    )
    refuse_unless(policies.can_recall(request.user, release.bulletin), hides=True)
    form = ReasonForm(posted(request))
    if form.is_valid():
        try:
            actions.recall_release(
                release_id=release.pk,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except RuleBroken as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("The release is recalled."))
            return redirect(release.bulletin)
    context = {
        "release": release,
        "bulletin": release.bulletin,
        "marking": release.bulletin,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "bulletins/release_recall.html", context, status=status)


def _send(request: Request, bulletin: Bulletin, form: ReleaseForm) -> Release:
    kind, key = form.recipient()
    now = timezone.now()
    if kind == "group":
        return actions.release_to_group(
            bulletin_id=bulletin.pk,
            group_id=key,
            asked=form.asked(),
            by=request.user,
            at=now,
        )
    get_object_or_404(Agency.objects.active(), pk=key)
    return actions.release_to_agency(
        bulletin_id=bulletin.pk, agency_id=key, asked=form.asked(), by=request.user, at=now
    )


def _recipient(form: ReleaseForm) -> Agency | SharingGroup:
    kind, key = form.recipient()
    if kind == "group":
        return get_object_or_404(SharingGroup, pk=key)
    return get_object_or_404(Agency, pk=key)


def _flat(form: ReleaseForm) -> list[tuple[str, str]]:
    """The choices of the recipient without their groups."""
    found: list[tuple[str, str]] = []
    for value, label in form.fields["to"].choices:  # type: ignore[attr-defined]
        inner = label if isinstance(label, list | tuple) else [(value, label)]
        found.extend((str(each), str(words)) for each, words in inner)
    return found
