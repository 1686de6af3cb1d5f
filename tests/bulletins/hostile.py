"""Documents that would hold or fill a renderer, each in few bytes or few words."""

from collections.abc import Callable

HEAD = "<!doctype html><html lang=en><title>x</title>"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100">'
ADDRESSES = ("http://127.0.0.1:9/x.png", "https://example.org/x.png", "file:///etc/passwd")
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def _uses(levels: int, each: int) -> str:
    """A picture that names itself over and over: `each` ** `levels` squares."""
    groups = "".join(
        f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * each + "</g>" for n in range(1, levels)
    )
    first = '<g id="a0"><rect width="1" height="1"/></g>'
    return f'{SVG}<defs>{first}{groups}</defs><use href="#a{levels - 1}"/></svg>'


def _page(body: str, style: str = "") -> str:
    return f"{HEAD}<style>{style}</style><body>{body}"


def _table(rows: int) -> str:
    cells = "".join(f"<tr><td>{n}<td>words and words<td>more</tr>" for n in range(rows))
    return f"<table>{cells}</table>"


def _stops(count: int) -> str:
    return ",".join(f"hsl({n % 360} 50% 50%) {n}px" for n in range(count))


HOSTILE: dict[str, Callable[[], str]] = {
    "a cell over a million columns": lambda: _page("<table><tr><td colspan=1000000>x</table>"),
    "a cell over a million rows": lambda: _page("<table><tr><td rowspan=1000000>x</table>"),
    "a thousand cells over a thousand columns": lambda: _page(
        "<table><tr>" + "<td colspan=1000>x" * 1000 + "</table>"
    ),
    "boxes six thousand deep": lambda: _page("<div>" * 6000),
    "tables two hundred deep": lambda: _page("<table><tr><td>" * 200 + "x"),
    "lists a thousand deep": lambda: _page("<ul><li>x" * 1000),
    "columns and floats eighty deep": lambda: _page(
        "<div style='columns:2'><div style='float:left'>x" * 80 + "word " * 2000
    ),
    "flex boxes forty deep": lambda: _page("<div style='display:flex'>x" * 40),
    "grids forty deep": lambda: _page("<div style='display:grid'>x" * 40),
    "a picture that uses itself, ten to the eighth": lambda: _page(_uses(9, 10)),
    "a picture with a hundred thousand paths": lambda: _page(
        SVG + '<path d="M0 0 L9 9 Z"/>' * 100_000 + "</svg>"
    ),
    "a picture with filters and masks, nested": lambda: _page(
        SVG
        + "<defs><filter id=f>"
        + '<feOffset dx="1"/>' * 20_000
        + "</filter></defs>"
        + '<g filter="url(#f)" opacity=".5">' * 500
        + '<rect width="1" height="1"/></svg>'
    ),
    "a picture a billion points wide": lambda: _page(
        '<svg xmlns="http://www.w3.org/2000/svg" width="1e9" height="1e9"><rect width="1e9"'
        ' height="1e9" fill="url(#p)"/><defs><pattern id="p" width=".001" height=".001">'
        "<circle r='1'/></pattern></defs></svg>"
    ),
    "a word of a million letters": lambda: _page("<p>" + "x" * 1_000_000),
    "an Urdu word of half a million letters": lambda: _page(
        "<p class='nastaliq' lang='ur' dir='rtl'>" + "ب" * 500_000
    ),
    "a word of a million letters in a narrow cell": lambda: _page(
        "<table><tr><td style='width:1mm;overflow-wrap:anywhere'>" + "x" * 1_000_000
    ),
    "a table of ten thousand rows": lambda: _page(_table(10_000)),
    "a table of a hundred thousand rows": lambda: _page(_table(100_000)),
    "a thousand pictures": lambda: _page(f"<img src='{PIXEL}'>" * 1000),
    "a thousand drawn pictures": lambda: _page((SVG + "<rect width='9' height='9'/></svg>") * 1000),
    "an address in the sheet": lambda: _page("x", f"@import '{ADDRESSES[0]}';"),
    "an address of a font": lambda: _page(
        "x", f"@font-face{{font-family:q;src:url({ADDRESSES[1]})}} body{{font-family:q}}"
    ),
    "a file as a picture": lambda: _page(f"<img src='{ADDRESSES[2]}'>"),
    "an address inside a picture": lambda: _page(
        SVG + f"<image href='{ADDRESSES[1]}' width='9' height='9'/></svg>"
    ),
    "a file as an attachment": lambda: _page(f"<link rel=attachment href='{ADDRESSES[2]}'>x"),
    "pages five millimetres wide": lambda: _page("<p>word " * 20_000, "@page{size:5mm;margin:0}"),
    "pages without height": lambda: _page("<p>word " * 200, "@page{size:1px 1px;margin:9cm}"),
    "a page a kilometre high": lambda: _page("<p>word " * 50_000, "@page{size:210mm 1000000mm}"),
    "a counter without end": lambda: _page(
        "<p>x", "p::before{counter-reset:c 9999999;content:counter(c, upper-roman)}"
    ),
    "counters that name the number of pages": lambda: _page(
        "<p>word " * 30_000, "p::before{content:counter(page) counter(pages) target-counter(x,y)}"
    ),
    "a gradient of a hundred thousand colours": lambda: _page(
        "<div style='height:9cm'>x", f"div{{background:linear-gradient({_stops(100_000)})}}"
    ),
    "a gradient repeated each thousandth of a point": lambda: _page(
        "<div style='height:20cm'>x",
        "div{background:repeating-linear-gradient(red 0 .001px,blue .001px .002px)}",
    ),
    "a background of tiny tiles": lambda: _page(
        "<div style='height:20cm'>x",
        f"div{{background:url({PIXEL}) 0 0/.01px .01px}}",
    ),
    "letters a kilometre high": lambda: _page("<p>word " * 2000, "p{font-size:1000000mm}"),
    "letters of no height": lambda: _page("<p>word " * 100_000, "p{font-size:.0001px}"),
    "ten thousand rules": lambda: _page(
        "<p>x" * 2000, "".join(f"p:nth-child({n}n+1) ~ p{{margin:{n}px}}" for n in range(10_000))
    ),
    "margins that push each box to a page of its own": lambda: _page(
        "<p>x" * 20_000, "p{break-before:page}"
    ),
    "content repeated by the sheet": lambda: _page(
        "<p>x" * 5000, f"p::before{{content:{'attr(x) ' * 2000}'y'}}"
    ),
}


def typed() -> dict[str, str]:
    """What a person can type or paste into a field of text."""
    return {
        "a word of a million letters": "x" * 1_000_000,
        "an Urdu word of half a million letters": "\u0628" * 500_000,
        "a hundred thousand paragraphs": "x\n\n" * 100_000,
        "a million marks that join letters": "\u0628\u0651\u064f" * 300_000,
        "ten thousand lines of a table": "| a | b | c |\n" * 10_000,
        "a list a thousand deep": "".join(" " * n + "- x\n" for n in range(1000)),
        "markup that is text": "<table><tr><td colspan=1000000>" * 2000,
        "addresses that are text": "![x](file:///etc/passwd) https://example.org/ " * 2000,
    }
