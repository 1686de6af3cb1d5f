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
from reviews.models import CauseLink, Review

LABELS: dict[str, str | Promise] = {
    "accounts": gettext_lazy("Account"),
    "acting": gettext_lazy("Who acted"),
    "acting_agency": gettext_lazy("Agency that acted"),
    "adversary": gettext_lazy("What is known of the adversary"),
    "agency": gettext_lazy("Agency"),
    "alerts": gettext_lazy("Alerts received"),
    "announced_rupees": gettext_lazy("Announced, rupees"),
    "answers": gettext_lazy("Answer"),
    "approved_at": gettext_lazy("Approved"),
    "approved_by": gettext_lazy("Approved by"),
    "asked_at": gettext_lazy("Asked on"),
    "at": gettext_lazy("When"),
    "began": gettext_lazy("Began"),
    "bodies": gettext_lazy("Body"),
    "body": gettext_lazy("Body"),
    "candour": gettext_lazy("Said in confidence"),
    "capability_ratings": gettext_lazy("How capabilities worked"),
    "care": gettext_lazy("What was done for victims and families"),
    "category_label": gettext_lazy("Category in words"),
    "cause": gettext_lazy("Finding that is the cause"),
    "cause_links": gettext_lazy("Causes"),
    "caveats": gettext_lazy("Caveats"),
    "chapter": gettext_lazy("Chapter"),
    "chapters": gettext_lazy("Chapters"),
    "classification": gettext_lazy("Classification"),
    "code": gettext_lazy("Code"),
    "contributors": gettext_lazy("How many said it"),
    "date": gettext_lazy("Day"),
    "decisions": gettext_lazy("Who held which decision"),
    "deed": gettext_lazy("Deed"),
    "dissents": gettext_lazy("Comments and dissent"),
    "due_at": gettext_lazy("Due"),
    "effect": gettext_lazy("Finding that follows"),
    "ended": gettext_lazy("Ended"),
    "evidence_files": gettext_lazy("Evidence"),
    "exclusions": gettext_lazy("Left out"),
    "findings": gettext_lazy("Findings"),
    "format": gettext_lazy("Format of the file"),
    "given_at": gettext_lazy("Given on"),
    "given_by": gettext_lazy("Given by"),
    "grade": gettext_lazy("Grade"),
    "hot_debrief": gettext_lazy("Hot debrief"),
    "incident": gettext_lazy("Incident"),
    "is_changed": gettext_lazy("Changed since"),
    "is_example": gettext_lazy("Example"),
    "justice": gettext_lazy("Steps of the case"),
    "languages": gettext_lazy("Language"),
    "marking": gettext_lazy("Marking"),
    "measures": gettext_lazy("Planned measures"),
    "name": gettext_lazy("Name"),
    "narratives": gettext_lazy("In words"),
    "network_roles": gettext_lazy("Network roles"),
    "notices": gettext_lazy("Fair notice"),
    "number": gettext_lazy("Number"),
    "occasions": gettext_lazy("Occasion and its risk"),
    "opened_at": gettext_lazy("Opened"),
    "paid_rupees": gettext_lazy("Paid, rupees"),
    "parts": gettext_lazy("Part"),
    "plans": gettext_lazy("Plans and orders in force"),
    "post": gettext_lazy("Post"),
    "recommendations": gettext_lazy("Recommendations"),
    "reference": gettext_lazy("Reference"),
    "replies": gettext_lazy("Reply"),
    "resources": gettext_lazy("Resources deployed"),
    "sha256": gettext_lazy("SHA-256"),
    "signoffs": gettext_lazy("Signatures"),
    "sources_asked": gettext_lazy("Asked and not heard"),
    "sources_heard": gettext_lazy("Sources heard"),
    "stages": gettext_lazy("Stage"),
    "steps": gettext_lazy("Step"),
    "submitted_at": gettext_lazy("Submitted"),
    "time": gettext_lazy("Clock time"),
    "timeline": gettext_lazy("Timeline"),
    "title": gettext_lazy("Title"),
    "tlp": gettext_lazy("TLP"),
    "told_agency": gettext_lazy("Agency told"),
    "until_date": gettext_lazy("Until day"),
    "until_time": gettext_lazy("Until clock time"),
    "was_silent": gettext_lazy("Stayed silent"),
    "words": gettext_lazy("Agency’s word"),
}
# Where no model calls a key anything.
PLAIN: dict[str, str | Promise] = {"text": gettext_lazy("In words")}
# Keys that a model knows by another name.
NAMES = {
    "candour": "candour_themes",
    "capability_ratings": "ratings",
    "chapter": "code",
    "evidence_files": "files",
    "hot_debrief": "debrief",
}
# Lines of a review that hang from its findings.
OF_FINDINGS: dict[str, type[models.Model]] = {"cause_links": CauseLink}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d)?")


def model_of(above: type[models.Model] | None, key: str) -> type[models.Model] | None:
    """The model whose lines stand under `key`, when the key is the name that its owner knows."""
    if key in OF_FINDINGS:
        return OF_FINDINGS[key]
    field = _field(above, key)
    related = field.related_model if field is not None and field.is_relation else None
    return cast("type[models.Model] | None", related)


def label(model: type[models.Model] | None, key: str) -> str:
    """What a key is called: as the form calls it, else as listed here, else its own letters."""
    if key in LABELS:
        return str(LABELS[key])
    field = _field(model, key)
    words = str(getattr(field, "verbose_name", "") or PLAIN.get(key) or key.replace("_", " "))
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
        return model._meta.get_field(NAMES.get(key, key))
    except FieldDoesNotExist:
        return None
