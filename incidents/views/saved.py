"""The filters that a person saved: their own affair, and nobody else's."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.http import Request
from core.errors import RuleBroken
from core.policy import opens, signed_in
from incidents import actions, selectors
from incidents.forms import SavedFilterForm, read_columns, read_filters, written
from incidents.models import SavedFilter
from incidents.views.registers import said

LIST = "incidents:filter_list"


@require_safe
@signed_in
def filter_list(request: Request) -> HttpResponse:
    """All of them: open one, rename it, remove it, or let it open first."""
    saved = selectors.saved_filters(request.user)
    context = {"saved": list(zip(saved, _in_words(*(each.query for each in saved)), strict=True))}
    return render(request, "incidents/filter_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def filter_save(request: Request) -> HttpResponse:
    """Keep what the address says under a name."""
    query = written(read_filters(request.GET), read_columns(request.GET))
    form = SavedFilterForm(request.POST if request.method == "POST" else None)

    def save(name: str) -> SavedFilter:
        return actions.save_filter(name=name, query=query, by=request.user, at=timezone.now())

    if saved := _done(form, save):
        messages.success(request, _("Saved as “%(name)s”.") % {"name": saved.name})
        return redirect(saved)
    (words,) = _in_words(query)
    context = {"form": form, "words": words, "query": query}
    status = 422 if form.errors else 200
    return render(request, "incidents/filter_save.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@opens(SavedFilter)
def filter_change(request: Request, saved: SavedFilter) -> HttpResponse:
    """Call it something else."""
    typed = request.POST if request.method == "POST" else None
    form = SavedFilterForm(typed, initial={"name": saved.name})

    def rename(name: str) -> SavedFilter:
        return actions.rename_filter(filter_id=saved.pk, name=name, by=request.user)

    if renamed := _done(form, rename):
        messages.success(request, _("It is called “%(name)s” now.") % {"name": renamed.name})
        return redirect(LIST)
    (words,) = _in_words(saved.query)
    context = {"form": form, "saved": saved, "words": words}
    status = 422 if form.errors else 200
    return render(request, "incidents/filter_change.html", context, status=status)


@require_POST
@opens(SavedFilter)
def filter_first(request: Request, saved: SavedFilter) -> HttpResponse:
    """The register opens with it from now on."""
    actions.put_filter_first(filter_id=saved.pk, by=request.user)
    messages.success(
        request, _("The register opens with “%(name)s” from now on.") % {"name": saved.name}
    )
    return redirect(LIST)


@require_POST
@signed_in
def filter_none_first(request: Request) -> HttpResponse:
    """The register opens whole again."""
    actions.put_no_filter_first(by=request.user)
    messages.success(request, _("The whole register opens again."))
    return redirect(LIST)


@require_POST
@opens(SavedFilter)
def filter_remove(request: Request, saved: SavedFilter) -> HttpResponse:
    """Forget it."""
    actions.remove_filter(filter_id=saved.pk, by=request.user)
    messages.success(request, _("“%(name)s” is removed.") % {"name": saved.name})
    return redirect(LIST)


def _done(form: SavedFilterForm, deed: Callable[[str], SavedFilter]) -> SavedFilter | None:
    """What came of the form; None where it was not sent, or says why not."""
    if not form.is_valid():
        return None
    try:
        return deed(form.cleaned_data["name"])
    except RuleBroken as refusal:
        form.add_error("name", str(refusal))
        return None


def _in_words(*queries: str) -> list[list[str]]:
    """What each of these narrows the register to and shows. One query for their areas."""
    asked = [QueryDict(query) for query in queries]
    filters = [read_filters(each) for each in asked]
    areas = selectors.chosen_areas(*filters)
    return [
        [words for _name, words in said(narrowed, read_columns(each), areas)]
        for narrowed, each in zip(filters, asked, strict=True)
    ]
