"""Two people changed the same words: both versions beside each other, and the choice between."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from reviews.forms.fields import ClockTime

# Between the values of a field that takes several.
SEPARATOR = ","
OWN = ("key", "version", "entry")


@dataclass(frozen=True)
class VersionRow:
    """One answer in both versions, as the form sends it and, where that differs, as it is shown."""

    name: str
    label: str
    yours: str
    theirs: str
    yours_shown: str
    theirs_shown: str
    differs: bool


def compare(mine: forms.BaseForm, current: forms.BaseForm) -> list[VersionRow]:
    """What was typed in `mine` beside what is saved now, shown by `current`."""
    rows = []
    for name in current.fields:
        if name in OWN:
            continue
        yours, theirs = _raw(mine, name), _raw(current, name)
        rows.append(
            VersionRow(
                name=name,
                label=str(current[name].label),
                yours=SEPARATOR.join(yours),
                theirs=SEPARATOR.join(theirs),
                yours_shown=_shown(current.fields[name], yours),
                theirs_shown=_shown(current.fields[name], theirs),
                differs=yours != theirs,
            )
        )
    return rows


def is_choice(post: QueryDict) -> bool:
    """Whether this post answers the page that shows both versions."""
    return "lock_version" in post


def chosen(post: QueryDict, current: forms.BaseForm) -> QueryDict:
    """The form as it was chosen line by line, upon the version that the choice was made on."""
    data = QueryDict(mutable=True)
    for name in current.fields:
        raw = _raw(current, name)
        if f"yours_{name}" in post and post.get(f"keep_{name}") != "theirs":
            typed = str(post[f"yours_{name}"])
            raw = typed.split(SEPARATOR) if _is_many(current.fields[name]) else [typed]
        data.setlist(current.add_prefix(name), [each for each in raw if each])
    data[current.add_prefix("version")] = str(post["lock_version"])
    return data


def _is_many(field: forms.Field) -> bool:
    return isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)


def _raw(form: forms.BaseForm, name: str) -> list[str]:
    """The value as a browser would send it; a time typed `1713` is the time saved as `17:13`."""
    value: Any = form[name].value()
    cleaned = getattr(form, "cleaned_data", {}).get(name)
    if isinstance(cleaned, ClockTime):
        value = cleaned
    if isinstance(value, bool):
        return ["on"] if value else [""]
    if isinstance(value, list | tuple):
        return sorted(str(each) for each in value) or [""]
    return ["" if value is None else str(value).replace("\r\n", "\n")]


def _shown(field: forms.Field, raw: list[str]) -> str:
    if isinstance(field, forms.BooleanField):
        return _("Yes") if raw[0] else _("No")
    if isinstance(field, forms.ChoiceField):
        labels = dict(_flat(field.choices))
        return "\n".join(labels.get(each, each) for each in raw)
    return raw[0]


def _flat(choices: Any) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for value, label in choices:
        if isinstance(label, list | tuple):
            flat += _flat(label)
        else:
            flat.append((str(value), str(label)))
    return flat
