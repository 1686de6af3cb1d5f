"""Two people changed the same words: both versions beside each other, and the choice between."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from reviews.forms.fields import ClockTime
from reviews.forms.moments import TypedMoment
from reviews.merging import Piece, both, differences

# Between the values of a field that takes several.
SEPARATOR = ","
OWN = ("key", "version", "entry", "finding")


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
    # Only this person changed it: theirs is taken without a question.
    is_mine: bool = False
    # Of a text: the difference word by word. Both texts can then be kept, one below the other.
    pieces: list[Piece] = field(default_factory=list)


def compare(
    mine: forms.BaseForm,
    current: forms.BaseForm,
    base: forms.BaseForm | None = None,
    known: Collection[str] = (),
) -> list[VersionRow]:
    """What was typed in `mine` beside what is saved now, shown by `current`.

    `base` is what both read, as far as the fields `known` say it: what one side alone changed is
    then no question.
    """
    rows = []
    for name in current.fields:
        if name in OWN or name not in mine.fields:
            continue
        yours, theirs = _raw(mine, name), _raw(current, name)
        was = _raw(base, name) if base is not None and name in known else None
        alone = was is not None and was in (yours, theirs)
        rows.append(
            VersionRow(
                name=name,
                label=str(current[name].label),
                yours=SEPARATOR.join(yours),
                theirs=SEPARATOR.join(theirs),
                yours_shown=_shown(current.fields[name], yours),
                theirs_shown=_shown(current.fields[name], theirs),
                differs=yours != theirs and not alone,
                is_mine=yours != theirs and was == theirs,
                pieces=_pieces(current.fields[name], yours, theirs),
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
            if post.get(f"keep_{name}") == "both":
                typed = both(raw[0], typed)
            raw = typed.split(SEPARATOR) if _is_many(current.fields[name]) else [typed]
        data.setlist(current.add_prefix(name), [each for each in raw if each])
    data[current.add_prefix("version")] = str(post["lock_version"])
    return data


def _pieces(each: forms.Field, yours: list[str], theirs: list[str]) -> list[Piece]:
    is_text = isinstance(each.widget, forms.Textarea) and yours != theirs
    return differences(theirs[0], yours[0]) if is_text else []


def _is_many(each: forms.Field) -> bool:
    return isinstance(each, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)


def _raw(form: forms.BaseForm, name: str) -> list[str]:
    """The value as a browser would send it; a time typed `1713` is the time saved as `17:13`."""
    value: Any = form[name].value()
    cleaned = getattr(form, "cleaned_data", {}).get(name)
    if isinstance(cleaned, ClockTime | TypedMoment):
        value = cleaned
    if isinstance(value, bool):
        return ["on"] if value else [""]
    if isinstance(value, list | tuple):
        return sorted(str(each) for each in value) or [""]
    return ["" if value is None else str(value).replace("\r\n", "\n")]


def _shown(asked: forms.Field, raw: list[str]) -> str:
    if isinstance(asked, forms.BooleanField):
        return _("Yes") if raw[0] else _("No")
    if isinstance(asked, forms.ChoiceField):
        labels = dict(_flat(asked.choices))
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
