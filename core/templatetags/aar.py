"""Filters and tags of the kit, built into every template.

Rows of long lists use the filters (`|st`, `|due`, `|short_date`): they cost a few microseconds.
Pages use the parts in `templates/components/`, which say the same at more length.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from core import fields, text
from core.charts import CountPoint, casualty_chart

register = template.Library()

SHAPE_CLASSES = {
    "none": "st",
    "progress": "st half",
    "submitted": "st full",
    "ok": "st done",
    "soon": "st soon",
    "late": "st late",
    "closed": "st shut",
}


# --- dates and times -------------------------------------------------------------------------


@register.filter
def short_date(value: date | datetime | None) -> str:
    """`29 Sep 2023`, or a dash where there is no date."""
    return text.short_date(value) if value else "–"


@register.filter
def short_day(value: date | datetime | None) -> str:
    """`29 Sep`: where the year is said elsewhere."""
    return text.short_day(value) if value else "–"


@register.filter
def long_date(value: date | datetime | None) -> str:
    """`Friday 29 September 2023`."""
    return text.long_date(value) if value else gettext("not known")


@register.filter
def clock(value: datetime | None) -> str:
    """`16:05`, Pakistan time."""
    return text.clock(value) if value else "–"


@register.filter
def moment(value: datetime | None) -> str:
    """`29 Sep 2023, 16:05`: when a deed was done, always known to the minute."""
    if not value:
        return "–"
    comma = "،" if text.language() == "ur" else ","
    return f"{text.short_date(value)}{comma} {text.clock(value)}"


@register.filter
def digits(value: str) -> SafeString:
    """A clock time set in tabular figures, an underscore drawn as a blank to fill."""
    if text.BLANK not in value:
        return format_html('<span class="t" dir="ltr">{}</span>', value)
    known = ((each,) for each in value.split(text.BLANK))
    inner = format_html_join(SafeString("<i></i>"), "{}", known)
    return format_html('<span class="t" dir="ltr">{}</span>', inner)


@register.filter
def when(value: datetime | None, precision: str = "MINUTE") -> SafeString:
    """The clock time with blanks for what is not known: `16:05`, `16:5_`, `__:__`."""
    known = text.clock_digits(value or None, precision)
    if text.BLANK not in known:
        return digits(known)
    words = text.precision_words(precision if value else "")
    return format_html('{}<span class="hide"> {}</span>', digits(known), words)


@register.filter
def when_day(value: date | datetime | None, precision: str = "DAY") -> str:
    """The day as far as it is known: `29 Sep 2023`, `Sep 2023`, `2023`."""
    return text.day_digits(value, precision) if value else gettext("not known")


@register.filter
def precision(value: str | None) -> str:
    """The words under a time: `to the minute`, `day only`."""
    return text.precision_words(value or "")


# --- counts, limits, marks -------------------------------------------------------------------


@register.simple_tag
def count_range(low: int | None, best: int | None = None, high: int | None = None) -> str:
    """`15–60`, `55`, `50+` or `not known`."""
    return text.count_range(low, best, high)


@register.filter
def figure(value: int | None) -> str:
    """`1,150`: a figure large enough to need its thousands set apart."""
    return "–" if value is None else f"{value:,}"


@register.filter
def st(word: object, shape: str = "none") -> SafeString:
    """A status: a shape, a word, then a colour."""
    return format_html('<span class="{}">{}</span>', SHAPE_CLASSES.get(shape, "st"), word)


@register.filter
def due(limit: date | datetime | None, done: object = None) -> SafeString:
    """A limit as a status: late in days, soon as the day, open as the date. `done` ends it."""
    if not limit:
        return st(gettext("no date set"), "none")
    if done:
        shown = text.short_date(done) if isinstance(done, date) else gettext("done")
        return st(shown, "ok")
    state = text.due(limit, timezone.localdate())
    return st(state.word, state.shape)


@register.filter
def ref(value: object) -> SafeString:
    """A reference, kept on one line and left to right inside Urdu."""
    return format_html('<bdi class="ref" lang="en" dir="ltr">{}</bdi>', value)


@register.filter
def english(value: object) -> SafeString:
    """Latin words or figures inside Urdu."""
    return format_html('<bdi lang="en">{}</bdi>', value)


def _tlp_word(value: object) -> str:
    return f"{value}".upper().removeprefix("TLP:").replace("_", "+")


@register.filter
def tlp(value: object) -> SafeString:
    """A TLP label on its black ground."""
    word = _tlp_word(value)
    colour = word.partition("+")[0].lower()
    return format_html('<span class="tlp {}" lang="en" dir="ltr">TLP:{}</span>', colour, word)


@register.filter
def classification(value: object) -> SafeString | str:
    """The national class; in Urdu with the English word beside it, as stamps carry it."""
    english_word = f"{value}".replace("_", " ").upper()
    word = gettext(english_word) if english_word else ""
    if word == english_word:
        return english_word
    return format_html('{} <span lang="en" dir="ltr">{}</span>', word, english_word)


@register.filter
def caveats(marking: Any) -> str:
    """The caveats of a marked record, in words."""
    words: Any = getattr(marking, "caveat_labels", None) or getattr(marking, "caveats", None) or ()
    return words if isinstance(words, str) else " · ".join(str(each) for each in words)


@register.filter
def grade(value: str | None) -> SafeString:
    """An Admiralty grade with its meaning: source A to F, information 1 to 6."""
    mark = (value or "").strip().upper()
    if not mark:
        return format_html('<span class="grade">{}</span>', "–")
    return format_html(
        '<abbr class="grade" lang="en" title="{}">{}</abbr>', text.grade_words(mark), mark
    )


# --- fields ----------------------------------------------------------------------------------


@register.filter
def kind(field: BoundField) -> str:
    """How `components/field.html` draws it: text, group, parts, checkbox, file or hidden."""
    return fields.kind(field)


@register.filter
def anchor(field: BoundField) -> str:
    """The id that an error summary links to: the first control of the field."""
    return fields.anchor(field)


@register.filter
def parts(field: BoundField) -> list[fields.Part]:
    """The controls of a field that is asked in parts (day, month, year)."""
    return fields.parts(field)


@register.filter
def at(values: Mapping[Any, Any], key: object) -> Any:
    """What stands there under a key; nothing where nothing does."""
    return values.get(key)


@register.filter
def colon(label: object) -> str:
    """A label with a colon after it, unless it is a question."""
    words = str(label).rstrip(" :")
    return words if words.endswith(("?", "؟")) else f"{words}:"


@register.filter
def described(field: BoundField) -> str:
    """The ids of its hint and its error, for a fieldset."""
    return str(field.aria_describedby or "")


# --- blocks ----------------------------------------------------------------------------------


@register.simple_block_tag
def section(
    content: str,
    *,
    title: str,
    note: str = "",
    first: bool = False,
    id: str = "",  # noqa: A002
) -> SafeString:
    """A section of a file: its title and note in the margin, its body beside them."""
    return render_to_string(
        "components/section.html",
        {"title": title, "note": note, "first": first, "id": id, "body": content},
    )


@register.simple_block_tag
def notice(content: str, *, kind: str = "") -> SafeString:
    """A sentence that says what happened, then what to do. Kinds: ok, warn, bad."""
    return render_to_string("components/notice.html", {"kind": kind, "body": content})


@register.simple_tag
def casualty_figure(
    points: Sequence[CountPoint],
    title: str,
    description: str,
    id: str = "cas",  # noqa: A002
) -> SafeString:
    """The casualty series as SVG. Put the table with the same figures under it."""
    return casualty_chart(points, title=title, description=description, uid=id)


@register.simple_tag
def meter(used: float, limit: float) -> dict[str, str | bool]:
    """Figures of a progress bar: `{% meter 13 30 as bar %}`, then `components/progress.html`."""
    late = used > limit
    scale = max(used, limit) or 1
    return {
        "late": late,
        "width": f"{100 * used / scale:.1f}",
        "tick": f"{100 * limit / scale:.1f}",
    }
