"""Two editors of one draft: both versions side by side, and the choice taken line by line."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from bulletins import selectors
from bulletins.choices import BulletinKind
from bulletins.forms import ProductForm
from bulletins.models import Bulletin
from bulletins.models.kinds import KIND_FIELDS

PLAIN = ("title", "bottom_line", "audience", "actions", "act_by", "language")
LISTS = ("caveats", "lessons")


def _names(bulletin: Bulletin) -> tuple[str, ...]:
    """The lines of the form of its kind."""
    names = (*PLAIN, *KIND_FIELDS[bulletin.kind], "classification", "tlp", "caveats")
    if bulletin.kind == BulletinKind.DRILL:
        names = tuple(name for name in names if name not in {"actions", "act_by"})
    return names if bulletin.kind == BulletinKind.FLASH else (*names, "lessons")


def context(bulletin: Bulletin, form: ProductForm) -> dict[str, Any]:
    """What the page of the conflict shows: theirs is the draft as it stands now."""
    bulletin.refresh_from_db()
    theirs, yours = _now(bulletin), _typed(form, _names(bulletin))
    last = selectors.last_deed(bulletin)
    rows = [
        {
            "name": name,
            "label": form.fields[name].label,
            "yours": yours[name],
            "theirs": theirs[name],
            "differs": yours[name] != theirs[name],
        }
        for name in _names(bulletin)
    ]
    return {
        "bulletin": bulletin,
        "marking": bulletin,
        "rows": rows,
        "theirs_by": last.actor_name if last else "",
        "theirs_at": last.at if last else bulletin.composed_at,
        "version": bulletin.lock_version,
        "action": reverse("bulletins:bulletin_edit", args=[bulletin.pk]),
        "back": bulletin.get_absolute_url(),
    }


def chosen(posted: QueryDict, bulletin: Bulletin) -> "QueryDict | MultiValueDict[str, Any]":
    """What to save: the form as posted, or theirs with every line kept as `yours` put over it."""
    if not any(name.startswith(("keep_", "yours_")) for name in posted):
        return posted
    values = _now(bulletin)
    for name in _names(bulletin):
        if posted.get(f"keep_{name}") == "yours":
            values[name] = posted.get(f"yours_{name}", "")
    data: MultiValueDict[str, Any] = MultiValueDict(
        {name: [value] for name, value in values.items() if name not in LISTS}
    )
    data.setlist("caveats", _split(values["caveats"]))
    data.setlist("lessons", selectors.lesson_ids(_split(values.get("lessons", ""))))
    data["lock_version"] = posted.get("lock_version", "")
    return data


def _now(bulletin: Bulletin) -> dict[str, str]:
    names = _names(bulletin)
    values = {name: str(getattr(bulletin, name) or "") for name in names if name not in LISTS}
    values["caveats"] = ", ".join(sorted(bulletin.caveats))
    if "lessons" in names:
        values["lessons"] = _references(selectors.parts_of(bulletin))
    return values


def _typed(form: ProductForm, names: tuple[str, ...]) -> dict[str, str]:
    data = form.cleaned_data
    values = {name: str(data[name] or "") for name in names if name not in LISTS}
    values["caveats"] = ", ".join(sorted(data["caveats"]))
    if "lessons" in names:
        values["lessons"] = _references(data["lessons"])
    return values


def _references(lessons: Any) -> str:
    return ", ".join(sorted(lesson.reference for lesson in lessons))


def _split(words: str) -> list[str]:
    # No code and no reference holds a NUL, and PostgreSQL refuses to compare one.
    return [each.strip() for each in words.replace("\0", "").split(",") if each.strip()]
