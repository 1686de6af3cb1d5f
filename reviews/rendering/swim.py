"""The lanes of one day as SVG. Time runs from left to right in every language.

Pieces are plain strings joined once, because a day has hundreds: whatever somebody typed goes
through `escape` where it is put in.
"""

from collections.abc import Iterable, Iterator
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reviews.choices import EntryKind, Milestone
from reviews.lanes import DAY, HandOff, Lanes
from reviews.rendering.axis import Axis
from reviews.rendering.labels import Anchor, Labels, width_of
from reviews.rendering.layout import (
    DIVIDER,
    LEFT,
    NAME_LINE,
    RIGHT,
    TOP,
    UNKNOWN,
    WIDTH,
    Lane,
    Layout,
    Placed,
    layout_of,
)
from reviews.rendering.waits import sentence, wait_signs, wait_text
from reviews.spans import span_signs, span_text

FOOT = 26.0
ACCENT, PAPER, WELL, HAIR, INK = "#17406d", "#ffffff", "#f3f5f4", "#d6dbd9", "#111315"
# Half the size of a mark.
R = 6.0
WARNINGS = frozenset({EntryKind.WARNING, EntryKind.SIGNAL})


def swim_lanes(
    lanes: Lanes, *, uid: str = "sw", numbered: bool = False, told_in_title: bool = False
) -> SafeString:
    """The picture, or nothing where no deed of the day has a clock time.

    `numbered` puts figures where words would stand, for a renderer that cannot join Urdu letters:
    the names of the lanes then belong under the picture. `told_in_title` puts the hand-offs into
    the title, for a reader that is given nothing else.
    """
    if not lanes.has_clock:
        return SafeString("")
    lasting = [(m.start, m.until) for m in lanes.marks if m.start is not None and m.until]
    axis = Axis(_seconds(lanes), LEFT, RIGHT, lasting)
    names = [str(n) for n in range(1, len(lanes.names) + 1)] if numbered else lanes.names
    drawing = _Drawing(lanes, layout_of(lanes, axis, names), axis, uid, numbered=numbered)
    return drawing.svg(told_in_title=told_in_title)


class _Drawing:
    """One picture while it is drawn."""

    def __init__(
        self, lanes: Lanes, layout: Layout, axis: Axis, uid: str, *, numbered: bool
    ) -> None:
        self.lanes, self.layout, self.axis, self.uid = lanes, layout, axis, uid
        self.numbered = numbered
        self.labels = Labels(LEFT, WIDTH)
        self.rows = {(each.mark.lane, each.mark.start): each.y for each in layout.marks}
        self.waits = [wait_text(each) for each in lanes.hand_offs]
        for each in layout.marks:
            self.labels.take(each.x - R, each.y - R, (each.end or each.x) + R, each.y + R)

    def svg(self, *, told_in_title: bool) -> SafeString:
        """All of it, words last, so that nothing lies over them."""
        drawn = [each for each in self.lanes.hand_offs if _is_drawn(each)]
        body = [
            *(_strip(place, each) for place, each in enumerate(self.layout.lanes)),
            *self._ticks(),
            *self._attacks(),
            *self._breaks(),
            *(piece for each in drawn for piece in self._arrows(each)),
            *map(_mark, self.layout.marks),
            *self._delays(),
        ]
        title = _("Who acted when, and how long each hand-off took")
        told = " ".join(
            sentence(each, wait)
            for each, wait in zip(self.lanes.hand_offs, self.waits, strict=True)
        )
        if told_in_title:
            title = f"{title}: {told}" if told else title
        uid = escape(self.uid)
        return SafeString(
            '<svg class="chart wide" xmlns="http://www.w3.org/2000/svg"'
            f' viewBox="0 0 {WIDTH:.0f} {self.layout.foot + FOOT:.0f}" role="img" direction="ltr"'
            f' font-family="Public Sans" aria-labelledby="{uid}-t {uid}-d">'
            f'<title id="{uid}-t">{escape(title)}</title>'
            f'<desc id="{uid}-d">{escape(told or _("No hand-off is recorded."))}</desc>'
            f"{_arrow(uid)}{''.join(body)}</svg>"
        )

    def _ticks(self) -> Iterator[str]:
        free = 0.0
        for second, x in self.axis.ticks():
            words = _clock(second, self.axis.step)
            half = width_of(words) / 2
            shown = words if x - half >= free else ""
            free = x + half + 4 if shown else free
            yield self._tick(x, x, shown)
        yield self._tick(DIVIDER, 908, "?" if self.numbered else _("time not known"))

    def _tick(self, x: float, at: float, words: str) -> str:
        return (
            f'<path class="grid" stroke="{HAIR}" fill="none"'
            f' d="M{x:.1f} {TOP:.0f}V{self.layout.foot:.0f}"/>'
            f'<text x="{at:.1f}" y="20" font-size="12" text-anchor="middle">{escape(words)}</text>'
        )

    def _attacks(self) -> Iterator[str]:
        """A line through all lanes where the attack began."""
        foot = self.layout.foot
        for each in self.layout.marks:
            if not each.mark.is_attack:
                continue
            words = each.mark.label
            if not self.numbered:
                words = f"{words} {Milestone.ATTACK.label}"
            yield (
                f'<path class="inkline" stroke="{INK}" fill="none" stroke-width="1.5"'
                f' d="M{each.x:.1f} {TOP:.0f}V{foot + 6:.0f}"/>'
            )
            places: list[tuple[float, float, Anchor]] = [
                (each.x, foot + 20, "middle"),
                (each.x - 4, foot + 20, "start"),
                (each.x + 4, foot + 20, "end"),
            ]
            yield self._words(words, places, "strong")

    def _breaks(self) -> Iterator[str]:
        """Where time is left out: two lines, and how much between them at the foot."""
        foot = self.layout.foot
        for x, gap in self.axis.breaks():
            yield (
                f'<path class="firm unsure" stroke="{HAIR}" fill="none" stroke-dasharray="3 3"'
                f' d="M{x - 5:.1f} {TOP:.0f}V{foot:.0f}M{x + 5:.1f} {TOP:.0f}V{foot:.0f}"/>'
            )
            words = span_signs(gap) if self.numbered else span_text(gap)
            if words.isdecimal():
                words = _("%(n)s min") % {"n": words}
            yield self._words(words, [(x, foot + 20, "middle")], "quiet")

    def _arrows(self, each: HandOff) -> Iterator[str]:
        """An arrow to each time given for the answer; dashed where it is not sure."""
        solid = each.is_sure and not each.is_disputed and bool(each.to_times)
        look = 'class="wait"' if solid else 'class="wait unsure" stroke-dasharray="3 3"'
        known: list[int | None] = list(each.to_times)
        ends = known or [None]
        short = 9 if each.to_lane > each.from_lane else -9
        for start in each.from_times:
            x1, y1 = self.axis(start), self._y(each.from_lane, start)
            for at in ends:
                x2 = UNKNOWN if at is None else self.axis(at)
                y2 = self._y(each.to_lane, at) - short
                yield (
                    f'<path {look} stroke="{ACCENT}" fill="none" d="M{x1:.1f} {y1:.1f}H{x2:.1f}'
                    f'V{y2:.1f}" marker-end="url(#{escape(self.uid)}-a)"/>'
                )

    def _delays(self) -> Iterator[str]:
        """Each delay beside its arrow, where there is room; the table has it in any case."""
        for each, words in zip(self.lanes.hand_offs, self.waits, strict=True):
            if _is_drawn(each):
                shown = wait_signs(each) if self.numbered else words
                yield self._words(shown, self._beside(each), "strong")

    def _beside(self, each: HandOff) -> Iterator[tuple[float, float, Anchor]]:
        """Places for the delay: along the arrow down, then over the line across."""
        start = each.from_times[0]
        x1, y1 = self.axis(start), self._y(each.from_lane, start)
        end = each.to_times[0] if each.to_times else None
        x2 = UNKNOWN if end is None else self.axis(end)
        y2 = self._y(each.to_lane, end)
        for share in (0.5, 0.7, 0.3):
            y = y1 + (y2 - y1) * share + 4
            yield (x2 + 6, y, "start")
            yield (x2 - 6, y, "end")
        yield ((x1 + x2) / 2, y1 - 5, "middle")

    def _words(self, words: str, places: Iterable[tuple[float, float, Anchor]], kind: str) -> str:
        found = self.labels.place(words, places)
        if found is None:
            return ""
        x, y, anchor = found
        return (
            f'<text class="{kind} halo" font-size="12"'
            f' font-weight="{600 if kind == "strong" else 400}" x="{x:.1f}" y="{y:.1f}"'
            f' text-anchor="{anchor}">{escape(words)}</text>'
        )

    def _y(self, lane: int, second: int | None) -> float:
        return self.rows.get((lane, second), self.layout.lanes[lane].middle)


def _is_drawn(each: HandOff) -> bool:
    return bool(each.from_times) and each.from_lane != each.to_lane


def _seconds(lanes: Lanes) -> list[int]:
    own = [at for mark in lanes.marks for at in (mark.start, mark.until) if at is not None]
    return own + [at for each in lanes.hand_offs if each.from_times for at in each.to_times]


def _clock(second: int, step: int) -> str:
    left = second % DAY
    words = f"{left // 3600:02d}:{left // 60 % 60:02d}"
    return f"{words}:{left % 60:02d}" if step < 60 else words


def _arrow(uid: str) -> str:
    return (
        f'<defs><marker id="{uid}-a" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="7"'
        ' markerHeight="7" orient="auto" markerUnits="userSpaceOnUse">'
        f'<path class="mark" fill="{ACCENT}" d="M0 0L8 4L0 8Z"/></marker></defs>'
    )


def _strip(place: int, lane: Lane) -> str:
    ground = ""
    if place % 2 == 0:
        ground = (
            f'<rect class="lane" fill="{WELL}" x="0" y="{lane.top:.1f}" width="{WIDTH:.0f}"'
            f' height="{lane.height:.1f}"/>'
        )
    first = lane.middle + 4 - NAME_LINE * (len(lane.lines) - 1) / 2
    lines = "".join(
        f'<tspan x="8" y="{first + NAME_LINE * n:.1f}">{escape(line)}</tspan>'
        for n, line in enumerate(lane.lines)
    )
    return (
        f'{ground}<text class="strong" font-size="12" font-weight="600">{lines}'
        f"<title>{escape(lane.name)}</title></text>"
    )


def _mark(each: Placed) -> str:
    """A dot; a diamond for a decision, a triangle for a warning, a square for an effect, a bar for
    what lasted. Hollow where it is not sure, dashed where only the hour is known."""
    mark = each.mark
    title = f"<title>{escape(mark.label)} {escape(mark.text)}</title>"
    if each.end is not None:
        dashed = ' stroke-dasharray="3 3"' if "_" in mark.label else ""
        return (
            f'<rect class="open" fill="{PAPER}" stroke="{ACCENT}"{dashed} x="{each.x:.1f}"'
            f' y="{each.y - 5.5:.1f}" width="{each.end - each.x:.1f}" height="11">{title}</rect>'
        )
    kind, fill, stroke = ("mark", ACCENT, PAPER) if mark.sure else ("open", PAPER, ACCENT)
    return (
        f'<path class="{kind}" fill="{fill}" stroke="{stroke}"'
        f' d="{_outline(mark.shape, each.x, each.y)}">{title}</path>'
    )


def _outline(shape: str, x: float, y: float) -> str:
    if shape == EntryKind.DECISION:
        return f"M{x:.1f} {y - R - 1.5:.1f}l7.5 7.5l-7.5 7.5l-7.5 -7.5Z"
    if shape in WARNINGS:
        return f"M{x:.1f} {y - R - 1:.1f}l7 12h-14Z"
    if shape == EntryKind.EFFECT:
        return f"M{x - 5.5:.1f} {y - 5.5:.1f}h11v11h-11Z"
    return f"M{x - R:.1f} {y:.1f}a6 6 0 1 0 12 0a6 6 0 1 0 -12 0Z"
