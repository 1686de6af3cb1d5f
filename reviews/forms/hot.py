"""The one page of a hot debrief, and the chapters of a major review: flat, each saved whole."""

from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.forms import LONGEST, DayInput, Form
from incidents.choices import Precision
from reviews import rules
from reviews.choices import CHAPTERS, ChapterCode, FindingKind, Phase
from reviews.forms.fields import ClockField, ClockTime
from reviews.hot import (
    ASKED_LINES,
    FINDING_LINES,
    IN_WORDS,
    QUESTIONS,
    AskedLine,
    Debrief,
    FindingLine,
)

SHORT = {"rows": 2}
LINE = 200
# How much one answer of the page may hold: the debrief is short by design.
LONGEST_ANSWER = 5_000
READ_SALT = "reviews.hot.read"


def _words(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(SHORT),
    )


class HotForm(Form):
    """All that a hot debrief asks. `held` is what the page was read with, or a blank one.

    `version` brings it back, signed, so that what others save meanwhile is told from what is typed.
    """

    on_date = forms.DateField(label=_("Day"), required=False, widget=DayInput)
    clock = ClockField(label=_("Time"))
    conditions = _words(_("What it was like"), _("Light, weather, crowd, how many of you."))
    actions = _words(_("What we did"), _("The first steps, in their order."))
    needs = _words(_("What we need"), _("People, kit, words, orders."))
    planned = _words(_("What was supposed to happen?"))
    happened = _words(_("What did happen?"))
    why = _words(_("Why was it so?"))
    next = _words(_("What do we keep, what do we change?"))
    no_finding = forms.BooleanField(
        label=_("No finding: nothing to keep and nothing to put right"), required=False
    )
    version = forms.CharField(
        required=False, max_length=rules.LARGEST_DRAFT, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, held: Debrief, **kwargs: Any) -> None:
        kwargs.setdefault("initial", initial_of(held))
        super().__init__(*args, **kwargs)
        self.held = held

    @property
    def read(self) -> Debrief | None:
        """What the page was read with, if that can be told."""
        return read_of(self["version"].value())

    @property
    def written(self) -> Debrief:
        """Which lines of the page hold words, sound or not."""
        found = [FindingLine(self[f"finding_{n}"].value() or "") for n in _places(FINDING_LINES)]
        asked = [AskedLine(self[f"asked_{n}"].value() or "") for n in _places(ASKED_LINES)]
        return Debrief(findings=tuple(found), asked=tuple(asked))

    @property
    def finding_lines(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The five lines for findings: sentence, kind, phase."""
        names = ("finding", "kind", "phase")
        return [(n, [self[f"{each}_{n}"] for each in names]) for n in _places(FINDING_LINES)]

    @property
    def asked_lines(self) -> list[tuple[int, list[forms.BoundField]]]:
        """The lines for what a post is asked to do: what, who, by when."""
        names = ("asked", "owner", "due")
        return [(n, [self[f"{each}_{n}"] for each in names]) for n in _places(ASKED_LINES)]

    @property
    def asks(self) -> bool:
        """Whether any line asks a post for something, so that the lines stand open."""
        return any(box.value() or box.errors for _n, line in self.asked_lines for box in line)

    def clean_on_date(self) -> Any:
        """Not a day that is still to come."""
        day = self.cleaned_data["on_date"]
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(str(rules.DAY_IS_AHEAD))
        return day

    def clean(self) -> dict[str, Any]:
        """The time has its day, what a post is asked for is whole, and no finding is none."""
        data = super().clean() or self.cleaned_data
        for name in (*IN_WORDS, *QUESTIONS):
            data[name] = str(data.get(name, "")).replace("\r\n", "\n").rstrip()
        if data.get("clock") and not data.get("on_date") and "on_date" not in self.errors:
            self.add_error("on_date", _("Give the day of this time."))
        for n in _places(ASKED_LINES):
            self._clean_asked(n, data)
        if data.get("no_finding") and any(data.get(f"finding_{n}") for n in _places(FINDING_LINES)):
            self.add_error(
                "no_finding",
                _("There is a finding, and it is said that there is none: choose one of the two."),
            )
        return data

    def _clean_asked(self, n: int, data: dict[str, Any]) -> None:
        text, owner, due = (data.get(f"{name}_{n}") for name in ("asked", "owner", "due"))
        if not (text or owner or due):
            return
        if not text:
            self.add_error(f"asked_{n}", _("Say what is to be done."))
        if rules.names_nobody(owner or ""):
            self.add_error(f"owner_{n}", str(rules.OWNER_IS_NOBODY))
        before = self.held.asked[n - 1].due_date if n <= len(self.held.asked) else None
        if not due and f"due_{n}" not in self.errors:
            self.add_error(f"due_{n}", _("Give the day by which it is to be done."))
        elif due and due < timezone.localdate() and due != before:
            self.add_error(f"due_{n}", str(rules.DUE_IS_PAST))

    def debrief(self) -> Debrief:
        """What was typed, as one value."""
        data = self.cleaned_data
        clock: ClockTime | None = data["clock"]
        return Debrief(
            **{name: data[name] for name in (*IN_WORDS, *QUESTIONS)},
            no_finding=data["no_finding"],
            on_date=data["on_date"],
            at_time=clock.start if clock else None,
            until_time=clock.end if clock else None,
            precision=_precision(clock, has_day=data["on_date"] is not None),
            findings=tuple(self._finding(n) for n in _places(FINDING_LINES)),
            asked=tuple(self._asked(n) for n in _places(ASKED_LINES)),
        )

    def _finding(self, n: int) -> FindingLine:
        data = self.cleaned_data
        if not data[f"finding_{n}"]:
            return FindingLine()
        kind = data[f"kind_{n}"] or FindingKind.FAILURE.value
        return FindingLine(data[f"finding_{n}"], kind, data[f"phase_{n}"] or Phase.BEFORE.value)

    def _asked(self, n: int) -> AskedLine:
        data = self.cleaned_data
        if not data[f"asked_{n}"]:
            return AskedLine()
        return AskedLine(data[f"asked_{n}"], data[f"owner_{n}"], data[f"due_{n}"])


def _places(lines: int) -> range:
    return range(1, lines + 1)


def _line_fields() -> dict[str, forms.Field]:
    """The numbered boxes of the page."""
    found: dict[str, forms.Field] = {}
    for n in _places(FINDING_LINES):
        found[f"finding_{n}"] = forms.CharField(
            label=format_lazy(_("Finding {n}"), n=n), required=False, max_length=LINE
        )
        found[f"kind_{n}"] = forms.ChoiceField(
            label=format_lazy(_("Kind of finding {n}"), n=n),
            required=False,
            choices=FindingKind.choices,
            initial=FindingKind.FAILURE,
        )
        found[f"phase_{n}"] = forms.ChoiceField(
            label=format_lazy(_("Phase of finding {n}"), n=n),
            required=False,
            choices=Phase.choices,
            initial=Phase.BEFORE,
        )
    for n in _places(ASKED_LINES):
        found[f"asked_{n}"] = forms.CharField(
            label=_("What is to be done"), required=False, max_length=LINE
        )
        found[f"owner_{n}"] = forms.CharField(
            label=_("Owner: one post"), required=False, max_length=120
        )
        found[f"due_{n}"] = forms.DateField(label=_("Due"), required=False, widget=DayInput)
    return found


HotForm.base_fields |= _line_fields()


def initial_of(held: Debrief) -> dict[str, Any]:
    """What each box of the page shows for what is saved."""
    shown: dict[str, Any] = {name: getattr(held, name) for name in (*IN_WORDS, *QUESTIONS)}
    shown |= {"on_date": held.on_date, "no_finding": held.no_finding, "version": version_of(held)}
    if held.at_time is not None:
        about = held.precision == Precision.ABOUT and held.until_time is None
        shown["clock"] = str(ClockTime(held.at_time, held.until_time, about))
    for n, line in enumerate(held.findings, start=1):
        if line.words:
            shown |= {f"finding_{n}": line.title, f"kind_{n}": line.kind, f"phase_{n}": line.phase}
    for n, ask in enumerate(held.asked, start=1):
        if ask.words:
            shown |= {
                f"asked_{n}": ask.text,
                f"owner_{n}": ask.owner_post,
                f"due_{n}": ask.due_date,
            }
    return shown


def version_of(read: Debrief) -> str:
    """What a page was read with, as its hidden field carries it."""
    return signing.dumps(read.told(), salt=READ_SALT, compress=True)


def read_of(version: Any) -> Debrief | None:
    """What `version_of` wrote; None for anything else."""
    try:
        return Debrief.from_told(signing.loads(str(version or ""), salt=READ_SALT))
    except signing.BadSignature:
        return None


def _precision(clock: ClockTime | None, *, has_day: bool) -> str:
    if clock is not None:
        about = clock.is_about or clock.end is not None
        return Precision.ABOUT.value if about else Precision.MINUTE.value
    return Precision.DAY.value if has_day else Precision.UNKNOWN.value


class ChaptersForm(Form):
    """The chapters of one section, each an answer that may stay empty."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, letter: str, texts: dict[ChapterCode, str], version: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for code in CHAPTERS[letter]:
            self.fields[code.value] = forms.CharField(
                label=code.label,
                required=False,
                strip=False,
                max_length=LONGEST,
                widget=forms.Textarea({"rows": 5, "dir": "auto"}),
            )
        self.initial = {**{code.value: text for code, text in texts.items()}, "version": version}

    def texts(self) -> dict[str, str]:
        """What was typed, by chapter."""
        return {
            name: str(value).replace("\r\n", "\n").rstrip()
            for name, value in self.cleaned_data.items()
            if name != "version"
        }
