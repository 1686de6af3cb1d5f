"""Two people changed the same incident: both versions side by side, neither lost."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from agencies.http import Request
from audit.choices import Verb
from audit.models import Event
from incidents.forms import ChangeForm, only_fills
from incidents.models import Incident
from places.models import Area


def bound_form(request: Request, incident: Incident) -> ChangeForm:
    """The form of this request: fresh, as typed, or as chosen between two versions."""
    by, stored = request.user, ChangeForm.stored(incident)
    if request.method != "POST":
        return ChangeForm(by=by, initial=stored)
    if only_fills(request.POST):
        kept = ChangeForm.kept(request.POST, by=by)
        assert isinstance(kept, ChangeForm)  # noqa: S101 - `kept` makes its own class
        return kept
    if any(name.startswith("keep_") for name in request.POST):
        return ChangeForm(_chosen(request.POST, stored), by=by, initial=stored)
    return ChangeForm(request.POST, by=by, initial=stored)


def _chosen(typed: QueryDict, stored: dict[str, Any]) -> dict[str, Any]:
    """What stands after the person chose line by line: theirs is what is stored now."""
    values = dict(stored)
    for name in ChangeForm.base_fields:
        if typed.get(f"keep_{name}") == "yours":
            values[name] = typed.get(f"yours_{name}", "")
    if isinstance(values["caveats"], str):
        values["caveats"] = [each for each in values["caveats"].split(",") if each]
    values["lock_version"] = typed.get("lock_version", "")
    district = str(values["district"])
    if district.isascii() and district.isdigit() and len(district) < 12:
        area = Area.objects.districts().filter(pk=int(district)).first()
        values["province"] = area.province_id if area else ""
    return values


def show(request: Request, incident: Incident, form: ChangeForm) -> HttpResponse:
    """Both versions, line by line, where they differ."""
    stored = ChangeForm.stored(incident)
    changed = set(form.details().changes(incident))
    rows = [
        {
            "name": name,
            "label": form.fields[name].label,
            "yours": _raw(form[name].value()),
            "yours_shown": form.words(name, form[name].value()),
            "theirs": _raw(stored[name]),
            "theirs_shown": form.words(name, stored[name]),
            "differs": True,
        }
        for name in form.fields
        if name in changed
    ]
    last = (
        Event.objects.about(incident)
        .filter(verb=Verb.INCIDENT_CHANGED)
        .order_by("-at", "-id")
        .first()
    )
    context = {
        "incident": incident,
        "marking": incident,
        "rows": rows,
        "theirs_by": last.actor_name if last else "",
        "theirs_at": last.at if last else None,
    }
    return render(request, "incidents/incident_conflict.html", context, status=409)


def _raw(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(str(each) for each in value)
    return "" if value is None else str(value)
