"""What a choice is called, put into words once for each field and language.

Django makes a hashable copy of all choices of a field, in the language of the page, each time that
`get_…_display` is asked; a page that names thousands of choices spends most of its time on that.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.db import models
from django.utils.encoding import force_str
from django.utils.translation import get_language


class Labelled(models.Model):
    """Rows whose `get_…_display` looks a label up, and answers what Django's own would."""

    class Meta:
        abstract = True

    def _label(self, field: "models.Field[Any, Any]") -> str:
        value = getattr(self, field.attname)
        found = labels_of(field, get_language()).get(value, value)
        label: str = force_str(found, strings_only=True)
        return label

    # The name that every `get_…_display` calls, which is not one that the house would give.
    vars()["_get_FIELD_display"] = _label


@cache
def labels_of(field: "models.Field[Any, Any]", _language: str | None) -> Mapping[Any, str]:
    """The label of each value of a field, in the language that is spoken now."""
    return {value: str(label) for value, label in field.flatchoices}
