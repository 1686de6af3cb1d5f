"""Causes as SVG: drawn by the server, so page, PDF and a browser without script agree.

A chart runs from left to right in both languages, as the lanes do: cause first, effect after it.
What a box is, its word says first, then its outline, then its colour.
"""

from collections.abc import Callable, Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.causes import PAD, Box, Chain, Way
from reviews.choices import GOOD_KINDS, CauseKind, FindingKind
from reviews.wrapping import LINE, TALL_LINE, is_tall

ACCENT, BAD, PAPER = "#17406d", "#9e1b22", "#ffffff"
CORNER = 12
# By kind of link: classes of the page, and for paper colour, width and dashes.
LINES = {
    CauseKind.LED_TO: SafeString('class="wait" stroke="#17406d" stroke-width="2.25"'),
    CauseKind.CONTRIBUTED: SafeString(
        'class="wait thin unsure" stroke="#17406d" stroke-width="1.5" stroke-dasharray="3 3"'
    ),
    CauseKind.LESSENED: SafeString(
        'class="wait thin" stroke="#17406d" stroke-width="1.5" stroke-dasharray="9 4"'
    ),
    CauseKind.WORSENED: SafeString('class="wait late" stroke="#9e1b22" stroke-width="2.25"'),
}
# By kind of finding: square for what fell short, round for what held, cut corners for the rest; in
# dashes where something is not known or was only the ground on which it happened.
BROKEN = (FindingKind.FAILURE, FindingKind.MISSED)
OPEN = (FindingKind.GAP, FindingKind.CONTEXT)
GOOD = SafeString('class="node n-good" fill="#ffffff" stroke="#17406d"')
BAD_ONE = SafeString('class="node n-bad" fill="#ffffff" stroke="#9e1b22"')
OTHER = SafeString('class="node n-other" fill="#ffffff" stroke="#78827f"')
DASHED = SafeString('class="node n-other" fill="#ffffff" stroke="#78827f" stroke-dasharray="4 3"')


def cause_graph(
    chain: Chain, *, url_of: Callable[[int], str] | None, uid: str = "cg"
) -> SafeString:
    """The picture of one chain. `url_of`: the address of a finding by its number; None on paper."""
    did = {kind: str(kind.label) for kind in CauseKind}
    said = _("Finding %(cause)d %(did)s finding %(effect)d")
    body = [
        *(_way(each, uid, said, did) for each in chain.ways),
        *(_box(each, url_of(each.node.number) if url_of else "") for each in chain.boxes),
    ]
    title = ngettext("Causes: %(n)d finding", "Causes: %(n)d findings", len(chain.boxes))
    return format_html(
        '<svg class="chart causes" xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}"'
        ' viewBox="0 0 {w} {h}" role="group" direction="ltr" aria-labelledby="{uid}-t {uid}-d">'
        '<title id="{uid}-t">{}</title><desc id="{uid}-d">{}</desc>{}{}</svg>',
        title % {"n": len(chain.boxes)},
        _(
            "From left to right: each arrow leads from a finding to what it did to another. "
            "The table below says the same."
        ),
        _heads(uid),
        SafeString("".join(body)),
        uid=uid,
        w=_n(chain.width),
        h=_n(chain.height),
    )


def _n(figure: float) -> str:
    return f"{figure:.1f}".removesuffix(".0")


def _heads(uid: str) -> SafeString:
    """Heads of arrows: full for what led to, open for what contributed, square for made worse."""
    return format_html(
        '<defs><marker id="{u}-LED_TO" {a}><path class="mark" fill="{c}" d="M0 0L8 4L0 8Z"/>'
        '</marker><marker id="{u}-CONTRIBUTED" {a}><path class="open" fill="{p}" stroke="{c}"'
        ' d="M.8 .8L7 4L.8 7.2Z"/></marker><marker id="{u}-WORSENED" {a}>'
        '<path class="worse" fill="{b}" d="M0 4L4 0L8 4L4 8Z"/></marker></defs>',
        u=uid,
        a=SafeString(
            'viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="10" markerHeight="10"'
            ' orient="auto" markerUnits="userSpaceOnUse"'
        ),
        c=ACCENT,
        b=BAD,
        p=PAPER,
    )


def _way(way: Way, uid: str, said: str, did: dict[CauseKind, str]) -> SafeString:
    kind = CauseKind(way.link.kind)
    return format_html(
        '<path {} fill="none" d="{}" marker-end="url(#{}-{})"><title>{}</title></path>',
        LINES[kind],
        _curve(way.points),
        uid,
        kind.value,
        said % {"cause": way.link.cause, "did": did[kind], "effect": way.link.effect},
    )


def _curve(points: Iterable[tuple[float, float]]) -> str:
    """Level where it leaves, enters and passes; bent only in the gutters between layers."""
    pairs = list(points)
    words = [f"M{_n(pairs[0][0])} {_n(pairs[0][1])}"]
    for place in range(1, len(pairs)):
        (x1, y1), (x2, y2) = pairs[place - 1], pairs[place]
        if place % 2 == 0 or y1 == y2:
            words.append(f"L{_n(x2)} {_n(y2)}")
        else:
            half = _n((x1 + x2) / 2)
            words.append(f"C{half} {_n(y1)} {half} {_n(y2)} {_n(x2)} {_n(y2)}")
    return "".join(words)


def _box(box: Box, url: str) -> SafeString:
    kind = FindingKind(box.node.kind)
    top = box.y + PAD
    head, top = _words(box, box.head, top, SafeString(' class="strong"'))
    title, _foot = _words(box, box.lines, top, SafeString(""))
    drawn = format_html(
        '<path {} d="{}"/>{}{}<title>{}</title>',
        _outline(kind),
        _shape(box, kind),
        head,
        title,
        box.node.title,
    )
    return format_html('<a href="{}">{}</a>', url, drawn) if url else drawn


def _outline(kind: FindingKind) -> SafeString:
    if kind in GOOD_KINDS:
        return GOOD
    if kind in BROKEN:
        return BAD_ONE
    return DASHED if kind in OPEN else OTHER


def _shape(box: Box, kind: FindingKind) -> str:
    x, y, w, h = box.x, box.y, box.width, box.height
    if kind in GOOD_KINDS:
        c = CORNER
        arc = f"a{c} {c} 0 0 1 "
        return (
            f"M{_n(x + c)} {_n(y)}h{_n(w - 2 * c)}{arc}{c} {c}v{_n(h - 2 * c)}{arc}-{c} {c}"
            f"h-{_n(w - 2 * c)}{arc}-{c} -{c}v-{_n(h - 2 * c)}{arc}{c} -{c}Z"
        )
    if kind in BROKEN:
        return f"M{_n(x)} {_n(y)}h{_n(w)}v{_n(h)}h-{_n(w)}Z"
    c = CORNER // 2
    return (
        f"M{_n(x + c)} {_n(y)}h{_n(w - 2 * c)}l{c} {c}v{_n(h - 2 * c)}l-{c} {c}"
        f"h-{_n(w - 2 * c)}l-{c} -{c}v-{_n(h - 2 * c)}Z"
    )


def _words(
    box: Box, lines: tuple[str, ...], top: float, look: SafeString
) -> tuple[SafeString, float]:
    """Lines from `top` down, each in the direction of its own language; where they end."""
    right = is_tall(" ".join(lines))
    x = box.x + (box.width - PAD if right else PAD)
    step = TALL_LINE if right else LINE
    drawn = format_html(
        '<text font-size="12"{}{} y="{}">{}</text>',
        look,
        SafeString(' direction="rtl"' if right else ""),
        _n(top - step * 0.25),
        format_html_join(
            "", f'<tspan x="{_n(x)}" dy="{step}">{{}}</tspan>', ((line,) for line in lines)
        ),
    )
    return drawn, top + step * len(lines)
