"""The lanes as SVG: drawn by the server, so page, PDF and a browser without script agree."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.lanes import HandOff, Lanes, Mark

WIDTH, LANE, TOP = 960, 52, 30
LEFT, RIGHT, UNKNOWN_X = 140, 820, 908
STEPS = (5, 10, 15, 30, 60, 120, 240)
MOST_TICKS = 9


class _Axis:
    """Minutes of the day to places on the paper."""

    def __init__(self, minutes: Iterable[int]) -> None:
        known = list(minutes)
        span = max(known) - min(known) or 1
        self.step = next((each for each in STEPS if span / each <= MOST_TICKS - 1), STEPS[-1])
        self.first = min(known) // self.step * self.step
        self.last = -(-(max(known) + 1) // self.step) * self.step

    def __call__(self, minute: int) -> float:
        return LEFT + (RIGHT - LEFT) * (minute - self.first) / (self.last - self.first)

    def ticks(self) -> range:
        return range(self.first, self.last + 1, self.step)


def _y(lane: int) -> float:
    return TOP + LANE * lane + LANE / 2


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


def swim_lanes(lanes: Lanes, *, uid: str = "sw") -> SafeString:
    """The picture, or nothing where no deed of the day has a clock time."""
    if not lanes.has_clock:
        return SafeString("")
    axis = _Axis(_known_minutes(lanes))
    foot = TOP + LANE * len(lanes.names)
    body = [
        *(_lane(place, name) for place, name in enumerate(lanes.names)),
        *(_tick(minute, axis, foot) for minute in axis.ticks()),
        _unknown_column(foot),
        *(piece for each in lanes.hand_offs for piece in _hand_off(each, axis, uid)),
        *(_mark(each, axis) for each in lanes.marks),
    ]
    return format_html(
        '<svg class="chart wide" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img"'
        ' direction="ltr" aria-labelledby="{uid}-t {uid}-d">'
        '<title id="{uid}-t">{}</title><desc id="{uid}-d">{}</desc>{}{}</svg>',
        WIDTH,
        foot + 16,
        _("Who acted when, and how long each hand-off took"),
        " ".join(_sentence(each) for each in lanes.hand_offs) or _("No hand-off is recorded."),
        _arrow(uid),
        _join(body),
        uid=uid,
    )


def minutes_text(hand_off: HandOff) -> str:
    """`2`, `2 or 17`, or that nobody knows."""
    if not hand_off.minutes:
        return _("not known")
    joined = _(" or ").join(str(each) for each in hand_off.minutes)
    return joined if hand_off.is_sure or hand_off.is_disputed else _("about %(n)s") % {"n": joined}


def _sentence(each: HandOff) -> str:
    return _("%(acting)s to %(told)s: %(minutes)s minutes.") % {
        "acting": each.acting,
        "told": each.told,
        "minutes": minutes_text(each),
    }


def _known_minutes(lanes: Lanes) -> list[int]:
    own = [m for mark in lanes.marks for m in (mark.minute, mark.until) if m is not None]
    return own + [m for each in lanes.hand_offs for m in each.to_minutes]


def _join(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _arrow(uid: str) -> SafeString:
    return format_html(
        '<defs><marker id="{}-a" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7"'
        ' markerHeight="7" orient="auto" markerUnits="userSpaceOnUse">'
        '<path class="mark" fill="#17406d" d="M0 0L8 4L0 8Z"/></marker></defs>',
        uid,
    )


def _lane(place: int, name: str) -> SafeString:
    ground = SafeString("")
    if place % 2 == 0:
        ground = format_html(
            '<rect class="lane" fill="#f3f5f4" x="0" y="{}" width="{}" height="{}"/>',
            TOP + LANE * place,
            WIDTH,
            LANE,
        )
    shown = name if len(name) <= 19 else f"{name[:18]}…"
    return format_html(
        '{}<text class="strong" font-size="12" x="8" y="{}">{}<title>{}</title></text>',
        ground,
        f"{_y(place) + 4:.1f}",
        shown,
        name,
    )


def _tick(minute: int, axis: _Axis, foot: int) -> SafeString:
    return format_html(
        '<path class="grid" stroke="#d6dbd9" fill="none" d="M{x} {}V{}"/>'
        '<text x="{x}" y="20" font-size="12" text-anchor="middle">{}</text>',
        TOP,
        foot,
        _clock(minute),
        x=f"{axis(minute):.1f}",
    )


def _unknown_column(foot: int) -> SafeString:
    return format_html(
        '<path class="grid" stroke="#d6dbd9" fill="none" d="M856 {}V{}"/>'
        '<text x="{}" y="20" font-size="12" text-anchor="middle">{}</text>',
        TOP,
        foot,
        UNKNOWN_X,
        _("time not known"),
    )


def _mark(mark: Mark, axis: _Axis) -> SafeString:
    x = UNKNOWN_X if mark.minute is None else axis(mark.minute)
    title = f"{mark.label} {mark.text}"
    if mark.minute is not None and mark.until is not None:
        return format_html(
            '<rect class="open" fill="#ffffff" stroke="#17406d" x="{}" y="{}" width="{}"'
            ' height="11"><title>{}</title></rect>',
            f"{x:.1f}",
            f"{_y(mark.lane) - 5.5:.1f}",
            f"{max(axis(mark.until) - x, 4):.1f}",
            title,
        )
    kind, fill, stroke = ("mark", "#17406d", "#ffffff")
    if not mark.sure:
        kind, fill, stroke = ("open", "#ffffff", "#17406d")
    return format_html(
        '<circle class="{}" fill="{}" stroke="{}" cx="{}" cy="{}" r="6"><title>{}</title></circle>',
        kind,
        fill,
        stroke,
        f"{x:.1f}",
        f"{_y(mark.lane):.1f}",
        title,
    )


def _hand_off(each: HandOff, axis: _Axis, uid: str) -> list[SafeString]:
    """An arrow to each time given for the answer; dashed where it is not sure."""
    if each.from_minute is None or each.from_lane == each.to_lane:
        return []
    x1, y1 = axis(each.from_minute), _y(each.from_lane)
    ends = [axis(minute) for minute in each.to_minutes] or [float(UNKNOWN_X)]
    down = 1 if each.to_lane > each.from_lane else -1
    y2 = _y(each.to_lane) - 9 * down
    solid = each.is_sure and not each.is_disputed and bool(each.to_minutes)
    paths = [
        format_html(
            '<path class="wait{}" stroke="#17406d" fill="none"{} d="M{} {}H{}V{}"'
            ' marker-end="url(#{}-a)"/>',
            "" if solid else " unsure",
            SafeString("" if solid else ' stroke-dasharray="3 3"'),
            f"{x1:.1f}",
            f"{y1:.1f}",
            f"{x2:.1f}",
            f"{y2:.1f}",
            uid,
        )
        for x2 in ends
    ]
    return [*paths, _label(each, ends[0], (y1 + y2) / 2)]


def _label(each: HandOff, x: float, y: float) -> SafeString:
    if not each.minutes:
        words = _("not recorded")
    else:
        words = ngettext("%(n)s min", "%(n)s min", each.minutes[-1]) % {"n": minutes_text(each)}
    return format_html(
        '<text class="strong halo" font-size="12" x="{}" y="{}" text-anchor="{}">{}</text>',
        f"{x - 6 if x > RIGHT - 80 else x + 6:.1f}",
        f"{y:.1f}",
        "end" if x > RIGHT - 80 else "start",
        words,
    )
