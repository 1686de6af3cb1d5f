"""Lines of a log pasted from a spreadsheet: read, checked one by one, explained where they fail."""

import csv
import io
import time
import unicodedata
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from core.forms import DayInput, Form
from core.text import LONG_MONTHS
from incidents.choices import Precision
from incidents.loading.values import DAYS, SLASHED
from reviews import rules
from reviews.choices import EntryKind, Milestone, Phase, TimelineSource
from reviews.forms.base import PREFIX
from reviews.forms.fields import CLOCK
from reviews.forms.timeline import EntryForm
from reviews.models import Review

# What a column may be called, folded; the first is the one that is taught.
HEADINGS = {
    "on_date": ("date", "day", "تاریخ", "دن"),
    "clock": ("time", "clock time", "at", "وقت"),
    "acting": ("agency", "agency that acted", "acting", "unit", "who", "ادارہ", "محکمہ", "یونٹ"),
    "text": ("what happened", "what happened, one deed", "what", "event", "entry", "description",
             "کیا ہوا", "واقعہ", "تفصیل"),
    "told": ("agency told", "told", "informed", "اطلاع", "جسے بتایا گیا", "ادارہ جسے بتایا گیا"),
    "source": ("source", "ماخذ", "ذریعہ"),
    "grade": ("grade", "درجہ"),
    "kind": ("kind", "قسم", "نوعیت"),
    "phase": ("phase", "مرحلہ"),
    "precision": ("precise to", "precision", "درستی"),
    "clock_offset": ("clock of the source", "clock", "offset", "گھڑی"),
    "milestone": ("milestone", "سنگِ میل", "سنگ میل"),
    "source_kind": ("kind of source", "source type", "ماخذ کی قسم"),
    "decided": ("what was decided", "decision", "فیصلہ"),
    "because": ("reason given", "reason", "وجہ"),
    "authority": ("on what authority", "authority", "اختیار"),
    "until_date": ("until", "until, if another day", "تک"),
}  # fmt: skip
CHOICES = {
    "kind": EntryKind,
    "phase": Phase,
    "milestone": Milestone,
    "source_kind": TimelineSource,
    "precision": Precision,
}
# Without a heading, in this order; the day may be left out.
IN_ORDER = ("on_date", "clock", "acting", "text", "told", "source", "grade")
IGNORED = "-"


@dataclass
class PastedLine:
    """One line: its cells, and either what an action is told or why it cannot be added."""

    number: int
    # As it can be typed and read again, with commas.
    raw: str
    cells: list[str]
    values: Any = None
    errors: list[str] = field(default_factory=list)
    # It stands on the timeline already, so it is left out.
    is_held: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether it can be added as it is."""
        return self.values is not None and not self.is_held


class LineForm(EntryForm):
    """A line in the columns of an entry; the database states its rules when all are stored."""

    def validate_constraints(self) -> None:
        """Left to the database: a query for each rule and line would be thousands."""


class PasteForm(Form):
    """The text box, then the same lines one by one."""

    text = forms.CharField(
        label=gettext_lazy("Lines"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea({"rows": 10, "wrap": "off"}),
    )
    day = forms.DateField(
        label=gettext_lazy("Day of lines that give none"), required=False, widget=DayInput
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    columns = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, review: Review) -> None:
        super().__init__(data)
        self.review = review
        self.initial = {"key": uuid.uuid4(), "day": review.incident.on_date}
        self._lines: list[PastedLine] | None = None
        self.heads: list[str] = []
        self.ignored: list[str] = []

    def clean(self) -> dict[str, Any]:
        """At least one line, not too many, and a column that says what happened."""
        super().clean()
        records = self._records()
        if not records and not self.errors:
            self.add_error("text", _("Paste at least one line."))
        if len(records) > rules.MOST_LINES:
            self.add_error(
                "text",
                _("At most %(most)d lines are added at once; these are %(n)d.")
                % {"most": rules.MOST_LINES, "n": len(records)},
            )
        if records and "text" not in self.heads:
            self.add_error("text", _("No column is called “What happened”. Name one so."))
        return self.cleaned_data

    def lines(self) -> list[PastedLine]:
        """Every line, checked."""
        if self._lines is None:
            held = set(self.review.timeline.values_list("on_date", "at_time", "acting", "text"))
            codes = _codes()
            first_time = not self._sent()
            self._lines = [
                self._line(n, cells, codes, held if first_time else set())
                for n, cells in enumerate(self._records(), start=1)
            ]
        return self._lines

    def keep(self, lines: Iterable[PastedLine]) -> None:
        """Only these are still to be put right."""
        self._lines = [each for each in lines if not each.is_held]

    @property
    def column_codes(self) -> str:
        """The columns as the page sends them back."""
        return ",".join(self.heads)

    @property
    def column_labels(self) -> list[str | Promise]:
        """The columns in words; what is not read stands under what it was called."""
        names = iter(self.ignored)
        return [_label(head) if head != IGNORED else next(names, "") for head in self.heads]

    def _sent(self) -> list[str]:
        """Lines that were checked before and come back."""
        return self.data.getlist("line") if hasattr(self.data, "getlist") else []

    def _records(self) -> list[list[str]]:
        sent = self._sent()
        if sent:
            self.heads = [
                each if each in HEADINGS else IGNORED
                for each in str(self.data.get("columns", "")).split(",")
            ]
            return [next(csv.reader([line], skipinitialspace=True), []) for line in sent]
        records = _split(str(self.cleaned_data.get("text", "")))
        if records and _is_heading(records[0]):
            self.heads = [_fields().get(_folded(each), IGNORED) for each in records[0]]
            self.ignored = [
                each for each, head in zip(records[0], self.heads, strict=True) if head == IGNORED
            ]
            return records[1:]
        if records:
            has_day = not CLOCK.match(records[0][0].strip())
            self.heads = list(IN_ORDER if has_day else IN_ORDER[1:])
        return records

    def _line(
        self, number: int, cells: list[str], codes: dict[str, dict[str, str]], held: set[Any]
    ) -> PastedLine:
        shown = [*cells, *[""] * (len(self.heads) - len(cells))]
        line = PastedLine(number, _joined(cells), shown)
        said = dict(zip(self.heads, (each.strip() for each in cells), strict=False))
        if any(each.strip() for each in cells[len(self.heads) :]):
            line.errors.append(_("This line has more cells than there are columns."))
        data = {"kind": EntryKind.ACTION.value, "phase": Phase.DURING.value}
        day = self.cleaned_data.get("day")
        data["on_date"] = day.isoformat() if day else ""
        for name, typed in said.items():
            if name != IGNORED and typed:
                data[name] = self._meant(name, typed, codes, line)
        form = LineForm({f"{PREFIX}-{name}": each for name, each in data.items()},
                        review=self.review)  # fmt: skip
        if form.is_valid() and not line.errors:
            line.values = values = form.values()
            told = (values["on_date"], values.get("at_time"), values.get("acting"), values["text"])
            line.is_held = told in held
        for name, sentences in form.errors.items():
            label = form.fields[name].label if name in form.fields else ""
            line.errors += [f"{label}: {each}" if label else str(each) for each in sentences]
        return line

    @staticmethod
    def _meant(name: str, typed: str, codes: dict[str, dict[str, str]], line: PastedLine) -> str:
        """The cell as the form takes it; a cell that means nothing is noted on the line."""
        if name in {"on_date", "until_date"}:
            day = _day(typed)
            if not day:
                line.errors.append(
                    _("“%(value)s” is no day. Write it like 2023-09-29.") % {"value": typed[:40]}
                )
            return day
        if name not in codes:
            return typed
        code = codes[name].get(_folded(typed), "")
        if not code:
            known = ", ".join(str(each) for each in CHOICES[name].labels)
            line.errors.append(
                _("“%(value)s” is none of these: %(known)s.")
                % {"value": typed[:40], "known": known}
            )
        return code


def _split(text: str) -> list[list[str]]:
    """The records, by tabs where there are any, else by commas; empty ones left out."""
    separator = "\t" if "\t" in text else ","
    rows = csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=separator == ",")
    return [row for row in rows if any(cell.strip() for cell in row)]


def _joined(cells: Sequence[str]) -> str:
    """One line that can be corrected by hand: commas, and quotation marks where they are needed."""
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow([" ".join(each.split()) for each in cells])
    return out.getvalue()


def _is_heading(cells: Sequence[str]) -> bool:
    known = [each for each in cells if _folded(each) in _fields()]
    return len(known) >= min(2, len(cells)) and bool(known)


@cache
def _fields() -> dict[str, str]:
    """The field of each folded heading: what is taught, and the form's own labels."""
    found = {}
    for tongue in ("en", "ur"):
        with override(tongue):
            for name in HEADINGS:
                found[_folded(str(_label(name)))] = name
    return found | {name: key for key, names in HEADINGS.items() for name in names}


def _label(name: str) -> str | Promise:
    """What the form of an entry calls the field."""
    return LineForm.base_fields[name].label or name


def _folded(words: str) -> str:
    return " ".join(words.replace("\ufeff", "").split()).casefold().rstrip(":")


def _day(typed: str) -> str:
    """The day as 2023-09-29, from any of the usual ways to write one; blank where it is none."""
    plain = "".join(str(unicodedata.digit(each, each)) for each in typed)
    plain = plain.split(" 00:00:00", 1)[0].replace(",", " ").replace("،", " ")
    words = plain.split()
    for number, name in enumerate(LONG_MONTHS["ur"]):
        words = [LONG_MONTHS["en"][number] if each == name else each for each in words]
    plain = " ".join(words)
    for form in ("%Y-%m-%d", *DAYS, *SLASHED, "%B %d %Y", "%b %d %Y", "%d.%m.%Y", "%d.%m.%y"):
        try:
            return date(*time.strptime(plain, form)[:3]).isoformat()
        except ValueError:
            continue
    return ""


def _codes() -> dict[str, dict[str, str]]:
    """Codes of the fields that take one, by code and by label in both languages."""
    found: dict[str, dict[str, str]] = {}
    for name, choices in CHOICES.items():
        known = {_folded(value): value for value in choices.values}
        for tongue in ("en", "ur"):
            with override(tongue):
                known |= {_folded(str(label)): value for value, label in choices.choices}
        found[name] = known
    return found
