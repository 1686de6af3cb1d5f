"""Where the letters of any PDF stand: enough of a reader of page content to compare two pages.

ISO 32000-1, 8.3 and 9.4: matrices, text state, showing operators, forms. No shapes are read.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pikepdf

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1, 0, 0, 1, 0, 0)
# Forms in forms, glyphs on a page: more than any document of ours, less than a bomb.
DEEPEST = 6
MOST = 60_000


class TooMuch(ValueError):
    """The page holds more than any page of ours."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One letter: where its origin stands in points from the lower left, how wide and how large."""

    x: float
    y: float
    width: float
    size: float
    font: Any
    code: int


@dataclass
class Font:
    """What of a font says how far a letter goes on."""

    double: bool
    widths: dict[int, float]
    default: float
    scale: float
    name: Any


@dataclass
class _State:
    matrix: Matrix = UNIT
    font: Font | None = None
    size: float = 0.0
    chars: float = 0.0
    words: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    hidden: bool = False


@dataclass
class Reader:
    """Reads the glyphs of one page."""

    glyphs: list[Glyph] = field(default_factory=list)
    fonts: dict[Any, Font] = field(default_factory=dict)

    def read(self, holder: pikepdf.Object, content: Any, matrix: Matrix, depth: int = 0) -> None:
        """All that `content` shows with the resources of `holder`. Raises TooMuch."""
        if depth > DEEPEST:
            return
        _Content(self, holder, depth, _State(matrix)).run(content)


def glyphs_of(page: pikepdf.Page) -> list[Glyph]:
    """The letters of a page in the order they are drawn, hidden ones left out. Raises TooMuch."""
    reader = Reader()
    box = [float(each) for each in page.mediabox]
    reader.read(page.obj, page, (1, 0, 0, 1, -box[0], -box[1]))
    return reader.glyphs


class _Content:
    """One content stream as it is run."""

    def __init__(self, reader: Reader, holder: Any, depth: int, state: _State) -> None:
        self.reader, self.holder, self.depth = reader, holder, depth
        self.state, self.kept = state, list[_State]()
        self.text, self.line = UNIT, UNIT
        resources = holder.get("/Resources", pikepdf.Dictionary())
        self.known_fonts = resources.get("/Font", pikepdf.Dictionary())
        self.forms = resources.get("/XObject", pikepdf.Dictionary())

    def run(self, content: Any) -> None:
        for instruction in pikepdf.parse_content_stream(content):
            deed = DEEDS.get(str(instruction.operator))
            if deed is not None:
                deed(self, list(instruction.operands))

    def keep(self, _values: list[Any]) -> None:
        if len(self.kept) < MOST:
            self.kept.append(_State(**vars(self.state)))

    def back(self, _values: list[Any]) -> None:
        if self.kept:
            self.state = self.kept.pop()

    def turn(self, values: list[Any]) -> None:
        self.state.matrix = times(_matrix(values), self.state.matrix)

    def begin(self, _values: list[Any]) -> None:
        self.text = self.line = UNIT

    def font(self, values: list[Any]) -> None:
        self.state.size = float(values[1])
        found = self.known_fonts.get(str(values[0]))
        self.state.font = self.reader.fonts.get(_identity(found))
        if self.state.font is None and found is not None:
            self.state.font = self.reader.fonts[_identity(found)] = _font(found)

    def set(self, name: str, scale: float = 1.0) -> Callable[[list[Any]], None]:
        return lambda values: setattr(self.state, name, float(values[0]) * scale)

    def hide(self, values: list[Any]) -> None:
        self.state.hidden = int(values[0]) in {3, 7}

    def place(self, values: list[Any]) -> None:
        self.text = self.line = _matrix(values)

    def move(self, values: list[Any]) -> None:
        self.text = self.line = times((1, 0, 0, 1, float(values[0]), float(values[1])), self.line)

    def move_and_lead(self, values: list[Any]) -> None:
        self.state.leading = -float(values[1])
        self.move(values)

    def next_line(self, _values: list[Any]) -> None:
        self.move([0, -self.state.leading])

    def show(self, values: list[Any]) -> None:
        self._show(bytes(values[0]))

    def show_next(self, values: list[Any]) -> None:
        self.next_line([])
        self._show(bytes(values[-1]))

    def show_spaced(self, values: list[Any]) -> None:
        self.state.words, self.state.chars = float(values[0]), float(values[1])
        self.show_next(values)

    def show_all(self, values: list[Any]) -> None:
        state = self.state
        for each in values[0]:
            if isinstance(each, pikepdf.String):
                self._show(bytes(each))
            else:
                self._on(-float(each) / 1000 * state.size * state.stretch)

    def draw(self, values: list[Any]) -> None:
        form = self.forms.get(str(values[0]))
        if form is None or form.get("/Subtype") != "/Form":
            return
        matrix = _matrix(form.get("/Matrix", UNIT))
        holder = form if "/Resources" in form else self.holder
        self.reader.read(holder, form, times(matrix, self.state.matrix), self.depth + 1)

    def _on(self, by: float) -> None:
        a, b, c, d, e, f = self.text
        self.text = (a, b, c, d, e + by * a, f + by * b)

    def _show(self, codes: bytes) -> None:
        state, font = self.state, self.state.font
        if font is None:
            return
        step = 2 if font.double else 1
        for at in range(0, len(codes) - step + 1, step):
            code = int.from_bytes(codes[at : at + step], "big")
            width = font.widths.get(code, font.default) * font.scale
            by = width * state.size + state.chars
            if step == 1 and code == 0x20:
                by += state.words
            if not state.hidden:
                self._note(code, width * state.size * state.stretch)
            self._on(by * state.stretch)

    def _note(self, code: int, width: float) -> None:
        if len(self.reader.glyphs) >= MOST:
            raise TooMuch
        state = self.state
        a, b, c, d, e, f = times((1, 0, 0, 1, 0, state.rise), times(self.text, state.matrix))
        across, up = (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5
        source = state.font.name if state.font else None
        self.reader.glyphs.append(Glyph(e, f, width * across, state.size * up, source, code))


def times(one: Matrix, two: Matrix) -> Matrix:
    """One after the other."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (
        *(a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j),
        *(e * g + f * i + k, e * h + f * j + m),
    )


def _matrix(values: Any) -> Matrix:
    a, b, c, d, e, f = (float(each) for each in values)
    return (a, b, c, d, e, f)


def _identity(found: Any) -> Any:
    if found is None:
        return None
    return found.objgen if found.is_indirect else id(found)


def _font(found: pikepdf.Object) -> Font:
    if found.get("/Subtype") == "/Type0":
        inner = found.DescendantFonts[0]
        widths = _double_widths(inner.get("/W", []))
        return Font(True, widths, float(inner.get("/DW", 1000)), 0.001, _identity(found))
    first = int(found.get("/FirstChar", 0))
    widths = {first + n: float(each) for n, each in enumerate(found.get("/Widths", []))}
    scale = 0.001
    if found.get("/Subtype") == "/Type3":
        scale = abs(float(found.get("/FontMatrix", [0.001])[0]))
    return Font(False, widths, 0.0, scale, _identity(found))


def _double_widths(values: Any) -> dict[int, float]:
    """ISO 32000-1, 9.7.4.3: `c [w …]` or `first last w`."""
    found: dict[int, float] = {}
    items = list(values)
    at = 0
    while at + 1 < len(items):
        first, second = int(items[at]), items[at + 1]
        if isinstance(second, pikepdf.Array):
            found.update({first + n: float(each) for n, each in enumerate(second)})
            at += 2
        elif at + 2 < len(items):
            last = min(int(second), first + 65535)
            found.update(dict.fromkeys(range(first, last + 1), float(items[at + 2])))
            at += 3
        else:
            break
    return found


DEEDS: dict[str, Callable[[_Content, list[Any]], None]] = {
    "q": _Content.keep,
    "Q": _Content.back,
    "cm": _Content.turn,
    "BT": _Content.begin,
    "Tf": _Content.font,
    "Tc": lambda page, values: page.set("chars")(values),
    "Tw": lambda page, values: page.set("words")(values),
    "Tz": lambda page, values: page.set("stretch", 0.01)(values),
    "TL": lambda page, values: page.set("leading")(values),
    "Ts": lambda page, values: page.set("rise")(values),
    "Tr": _Content.hide,
    "Tm": _Content.place,
    "Td": _Content.move,
    "TD": _Content.move_and_lead,
    "T*": _Content.next_line,
    "Tj": _Content.show,
    "TJ": _Content.show_all,
    "'": _Content.show_next,
    '"': _Content.show_spaced,
    "Do": _Content.draw,
}
