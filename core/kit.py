"""Example contents of the kit page: invented, and said to be so on the page."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.charts import CountPoint
from core.forms import DayInput, DayPartsField, Form
from core.text import short_day


@dataclass(frozen=True)
class ExampleMarking:
    """What a marked record shows of its marking."""

    classification: str
    tlp: str
    caveat_labels: tuple[str, ...] = ()


def markings() -> list[ExampleMarking]:
    """Three markings from the guarded to the open."""
    return [
        ExampleMarking("CONFIDENTIAL", "RED", (_("Eyes only"),)),
        ExampleMarking("RESTRICTED", "AMBER_STRICT", (_("Originator controlled"), _("Sub judice"))),
        ExampleMarking("UNMARKED", "CLEAR"),
    ]


def casualty_points() -> list[CountPoint]:
    """A series of the shape that first reports take."""
    first, second, later = date(2026, 11, 9), date(2026, 11, 10), date(2026, 11, 14)
    return [
        CountPoint(first, 4, "4", _("Control room")),
        CountPoint(first, 10, "10+", _("Example District Hospital"), vague=True),
        CountPoint(first, 11, "11", _("District police"), low=9, high=13),
        CountPoint(second, 12, "12", _("Example CTD")),
        CountPoint(second, 14, "14", _("Example District Hospital")),
        CountPoint(later, 13, "13", _("Inquiry report")),
    ]


def counts() -> list[dict[str, Any]]:
    """The same series as rows of its table."""
    return [
        {
            "as_of": point.day,
            "group": _("Civilians"),
            "low": point.value if point.low is None else point.low,
            "best": None if point.vague else point.value,
            "high": None if point.vague else (point.high or point.value),
            "said_by": point.said_by,
            "source": _("daily diary"),
            "grade": "B2",
        }
        for point in casualty_points()
    ]


def accounts(at: datetime) -> list[dict[str, Any]]:
    """Two accounts of one deed."""
    return [
        {
            "letter": "A",
            "by": _("Rescue service"),
            "said": _("Dispatched on the first call."),
            "at": at,
            "precision": "MINUTE",
            "source": _("dispatch log"),
            "grade": "B2",
        },
        {
            "letter": "B",
            "by": _("Control room"),
            "said": _("Request passed after a second call."),
            "at": at,
            "precision": "TEN_MINUTES",
            "source": _("wireless log"),
            "grade": "B3",
        },
    ]


def receipts() -> list[dict[str, Any]]:
    """What two agencies did with a release."""
    heads = (_("Sent"), _("Opened"), _("Acknowledged"), _("Acted"))
    sent = short_day(date(2026, 11, 20))
    by, act = short_day(date(2026, 11, 21)), short_day(date(2026, 12, 4))
    rows = (
        (_("Example CTD"), ((sent, "ok"), (sent, "ok"), (sent, "ok"), (act, "none"))),
        (
            _("Example Levies"),
            ((sent, "ok"), (_("2 days unopened"), "late"), (by, "soon"), (act, "none")),
        ),
    )
    return [
        {
            "agency": agency,
            "cells": [
                {"th": head, "word": word, "shape": shape}
                for head, (word, shape) in zip(heads, cells, strict=True)
            ],
        }
        for agency, cells in rows
    ]


def lesson() -> dict[str, str]:
    """A lesson in its four parts."""
    return {
        "title": _("Prayer hall inside the police compound"),
        "observation": _("In two attacks a bomber reached a prayer hall and its roof fell."),
        "discussion": _("The hall stands inside the wall, so the gate is its only screen."),
        "conclusion": _("A hall behind a gate is as safe as the gate and as its roof."),
        "recommendation": _("Ask every station: who checks its gate, who has inspected its roof?"),
    }


def deeds(at: datetime) -> list[dict[str, Any]]:
    """Three deeds of the record."""
    by = _("Inspector, Example District")
    return [
        {"at": at, "deed": _("Review submitted"), "verb": "review.submitted", "by": by}
        | {"what": "AAR-XX001-2026-1109-01", "seal": ""},
        {"at": at, "deed": _("Incident recorded"), "verb": "incident.recorded", "by": by}
        | {"what": "INC-XX001-2026-1109-01", "seal": "sealed"},
    ]


def versions() -> list[dict[str, Any]]:
    """Two versions of two answers."""
    return [
        {
            "name": "what",
            "label": _("What happened"),
            "yours": _("Ambulance dispatched on the first call."),
            "theirs": _("Ambulance dispatched after a second call."),
            "differs": True,
        },
    ]


class KitForm(Form):
    """One field of each kind."""

    day = DayPartsField(
        label=gettext_lazy("When did it happen?"),
        help_text=gettext_lazy("Give what is known. Leave the rest empty."),
    )
    what = forms.CharField(
        label=gettext_lazy("What happened"),
        help_text=gettext_lazy("One sentence. No names of victims."),
        error_messages={"required": gettext_lazy("Say what happened in one sentence.")},
        widget=forms.Textarea,
    )
    district = forms.ChoiceField(
        label=gettext_lazy("District"),
        required=False,
        choices=[("", gettext_lazy("Not known")), ("XX001", gettext_lazy("Example District"))],
    )
    killed = forms.IntegerField(
        label=gettext_lazy("Killed, as now known"), required=False, min_value=0
    )
    due = forms.DateField(label=gettext_lazy("Due date"), required=False, widget=DayInput)
    alert = forms.ChoiceField(
        label=gettext_lazy("Was an alert received before it?"),
        widget=forms.RadioSelect,
        choices=[
            ("YES", gettext_lazy("Yes")),
            ("NO", gettext_lazy("No")),
            ("NOT_KNOWN", gettext_lazy("Not known")),
        ],
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Agencies present"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("POLICE", gettext_lazy("District police")),
            ("CTD", gettext_lazy("Example CTD")),
        ],
    )
    complete = forms.BooleanField(label=gettext_lazy("This section is complete"), required=False)
