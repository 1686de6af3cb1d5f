"""Words for what a frozen version holds: the words of the form, or the key itself made readable.

A version is read by the names of its keys alone. A key that is a field of a model takes the words
of that field, so that what is added to the form is named here by itself; a code takes the word of
its choice.
"""

import re
from datetime import date, datetime
from typing import Any, cast

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import text
from reviews.models import Review

LABELS: dict[str, str | Promise] = {
    "accounts": gettext_lazy("Account"),
    "acting": gettext_lazy("Who acted"),
    "agency": gettext_lazy("Agency"),
    "approved_at": gettext_lazy("Approved"),
    "approved_by": gettext_lazy("Approved by"),
    "at": gettext_lazy("When"),
    "category_label": gettext_lazy("Category in words"),
    "caveats": gettext_lazy("Caveats"),
    "classification": gettext_lazy("Classification"),
    "code": gettext_lazy("Code"),
    "date": gettext_lazy("Day"),
    "deed": gettext_lazy("Deed"),
    "dissents": gettext_lazy("Comments and dissent"),
    "due_at": gettext_lazy("Due"),
    "findings": gettext_lazy("Findings"),
    "format": gettext_lazy("Format of the file"),
    "grade": gettext_lazy("Grade"),
    "incident": gettext_lazy("Incident"),
    "is_example": gettext_lazy("Example"),
    "marking": gettext_lazy("Marking"),
    "measures": gettext_lazy("Planned measures"),
    "name": gettext_lazy("Name"),
    "narratives": gettext_lazy("In words"),
    "network_roles": gettext_lazy("Network roles"),
    "number": gettext_lazy("Number"),
    "opened_at": gettext_lazy("Opened"),
    "post": gettext_lazy("Post"),
    "recommendations": gettext_lazy("Recommendations"),
    "reference": gettext_lazy("Reference"),
    "signoffs": gettext_lazy("Signatures"),
    "submitted_at": gettext_lazy("Submitted"),
    "time": gettext_lazy("Clock time"),
    "timeline": gettext_lazy("Timeline"),
    "title": gettext_lazy("Title"),
    "tlp": gettext_lazy("TLP"),
    "until_date": gettext_lazy("Until day"),
    "until_time": gettext_lazy("Until clock time"),
}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d)?")


def model_of(above: type[models.Model] | None, key: str) -> type[models.Model] | None:
    """The model whose lines stand under `key`, when the key is the name that its owner knows."""
    field = _field(above, key)
    related = field.related_model if field is not None and field.is_relation else None
    return cast("type[models.Model] | None", related)


def label(model: type[models.Model] | None, key: str) -> str:
    """What a key is called: as the form calls it, else as listed here, else its own letters."""
    if key in LABELS:
        return str(LABELS[key])
    field = _field(model, key)
    words = str(getattr(field, "verbose_name", "") or key.replace("_", " "))
    return words[:1].upper() + words[1:]


def value(model: type[models.Model] | None, key: str, held: Any) -> str:
    """A plain value in words: a code by its choice, a day or a moment as pages print them."""
    if held is None or held == "":
        return ""
    if isinstance(held, bool):
        return _("yes") if held else _("no")
    choices = dict(getattr(_field(model, key), "flatchoices", None) or ())
    if isinstance(held, str) and held in choices:
        return str(choices[held])
    return _moment(held) if isinstance(held, str) else str(held)


def owner() -> type[models.Model]:
    """Whose keys stand at the top."""
    return Review


def _moment(held: str) -> str:
    try:
        if DAY.fullmatch(held):
            return text.short_date(date.fromisoformat(held))
        if MOMENT.fullmatch(held):
            moment = datetime.fromisoformat(held)
            return f"{text.short_date(moment)} {text.clock(moment)}"
    except ValueError:
        return held
    return held


def _field(model: type[models.Model] | None, key: str) -> Any:
    if model is None:
        return None
    try:
        return model._meta.get_field(key)
    except FieldDoesNotExist:
        return None
