"""Static cuts of the fonts, made once at install: full ones for PDFs, small ones for pages.

A variable font costs a PDF a third of its time and a page more bytes than it uses. So each weight
that the sheets name is cut once. Nothing made here is committed.
"""

import hashlib
import io
import json
import logging
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import metadata
from importlib.resources import as_file, files
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

PACKAGES = ("fontpkg-public-sans", "fontpkg-source-serif-4", "fontpkg-amiri", "fonttools")
NASTALIQ = Path("@fontsource/noto-nastaliq-urdu")
NASTALIQ_MISSING = (
    "Noto Nastaliq Urdu is not installed, so Urdu is set in Amiri;"
    " `npm ci --ignore-scripts` brings it."
)

# Upright text of a size between notes and lead paragraphs; titles have a cut of their own.
TEXT_SIZE, TITLE_SIZE = 11, 32
LATIN = [
    *range(0x20, 0x180),
    *(0x1E24, 0x1E25, 0x1E62, 0x1E63, 0x1E6C, 0x1E6D, 0x1E92, 0x1E93),
    *range(0x2002, 0x200B),
    *range(0x2010, 0x2040),
    *(0x20B9, 0x2116, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265),
    *(0x25CB, 0x25CF, 0x2713, 0x2717, 0xFB01, 0xFB02),
]
# What the pages use; a rarer letter falls to the reader's own font.
WEB_LATIN = [
    *range(0x20, 0x7F),
    *map(ord, "\u00a0§°±²³·×÷«»½¼áâäçèéíñóöúüāīūḥ\u2002\u2009–—‘’“”•…′″←↑→↓−≈≠≤≥✓"),
]
URDU = [
    *map(ord, " ءآأؤئابةتثجحخدذرزسشصضطظعغفقكلمنهويىٹپچڈڑژکگںھہۂۃۓےی"),
    *map(
        ord,
        "ﷺﷲ،؛؟۔٪٫٬()«»“”‘’:.!–-/\u00a0\u200b\u200c\u200d\u200e\u200f\u0610\u0611\u0612\u0613\u0614",
    ),
    *range(0x64B, 0x659),
    0x670,
    *range(0x660, 0x66A),
    *range(0x6F0, 0x6FA),
]
# The language switch on English pages: one word, so that they load no Urdu font for it.
URDU_WORD = "اردو"
PRINT_FEATURES = ["kern", "liga", "tnum", "lnum", "pnum", "mark", "mkmk", "ccmp", "locl", "case"]
WEB_FEATURES = ["kern", "tnum", "ccmp"]


# A place on an axis of a variable font, or the range of it that is kept.
Place = float | tuple[float, float]
# The pages name three weights: one file that holds all of them weighs half of three files.
WEB_WEIGHTS = (400, 680)


@dataclass(frozen=True)
class Family:
    """Cuts that come from one source file: the same letters and features, several weights."""

    source: Path
    letters: tuple[int, ...]
    features: tuple[str, ...]
    # (file to write, axis values); no axes: the source is static already.
    cuts: tuple[tuple[str, tuple[tuple[str, Place], ...]], ...]
    flavor: str | None = None


def _packaged(package: str, name: str) -> Path:
    with as_file(files(package) / "files" / name) as path:
        return Path(path)


def _family(
    source: Path,
    letters: list[int],
    features: list[str],
    cuts: dict[str, dict[str, Place]],
    flavor: str | None = None,
) -> Family:
    plain = tuple((name, tuple(axes.items())) for name, axes in cuts.items())
    return Family(source, tuple(letters), tuple(features), plain, flavor)


def latin_families() -> list[Family]:
    """Public Sans and Source Serif 4, for PDFs and for pages."""
    sans = _packaged("fontpkg_public_sans", "PublicSans[wght].ttf")
    sans_italic = _packaged("fontpkg_public_sans", "PublicSans-Italic[wght].ttf")
    serif = _packaged("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf")
    serif_italic = _packaged("fontpkg_source_serif_4", "SourceSerif4-Italic[opsz,wght].ttf")
    weights = (400, 600, 700)

    def cut(stem: str, **axes: float) -> dict[str, dict[str, Place]]:
        return {f"pdf/{stem}-{weight}.ttf": {**axes, "wght": weight} for weight in weights}

    return [
        _family(serif, LATIN, PRINT_FEATURES, cut("source-serif-4", opsz=TEXT_SIZE)),
        _family(serif_italic, LATIN, PRINT_FEATURES, cut("source-serif-4-italic", opsz=TEXT_SIZE)),
        _family(
            serif,
            LATIN,
            PRINT_FEATURES,
            {"pdf/source-serif-4-title-600.ttf": {"opsz": TITLE_SIZE, "wght": 600}},
        ),
        _family(sans, LATIN, PRINT_FEATURES, cut("public-sans")),
        _family(sans_italic, LATIN, PRINT_FEATURES, cut("public-sans-italic")),
        _family(
            sans,
            WEB_LATIN,
            WEB_FEATURES,
            {"public-sans.woff2": {"wght": WEB_WEIGHTS}},
            "woff2",
        ),
    ]


def urdu_families(node_modules: Path) -> list[Family]:
    """Amiri (Naskh) always; Noto Nastaliq Urdu when its package is installed."""
    found = [
        _family(
            _packaged("fontpkg_amiri", f"Amiri-{style}.ttf"),
            [],
            [],
            {f"pdf/amiri-{weight}.ttf": {}},
        )
        for style, weight in (("Regular", 400), ("Bold", 700))
    ]
    for weight in (400, 700):
        source = nastaliq_source(node_modules, weight)
        if source.exists():
            found.append(_family(source, [], [], {f"pdf/noto-nastaliq-urdu-{weight}.ttf": {}}))
    # The stylesheet of the site names these files: Amiri stands in, so that they are there. Pages
    # take one weight; the browser thickens it, which looks the same and saves 100 kB.
    web = nastaliq_source(node_modules, 400)
    if not web.exists():
        web = _packaged("fontpkg_amiri", "Amiri-Regular.ttf")
    found.append(_family(web, URDU, ["*"], {"noto-nastaliq-urdu-400.woff2": {}}, "woff2"))
    word = [*map(ord, URDU_WORD)]
    found.append(_family(web, word, ["*"], {"urdu-word.woff2": {}}, "woff2"))
    return found


def nastaliq_source(node_modules: Path, weight: int) -> Path:
    """Where the npm package keeps a weight of Noto Nastaliq Urdu."""
    return node_modules / NASTALIQ / "files" / f"noto-nastaliq-urdu-arabic-{weight}-normal.woff2"


def make(family: Family, target: Path) -> list[str]:
    """Write the cuts of one family; the names of the files written."""
    logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells of every glyph
    font = TTFont(family.source)
    if family.letters:
        _keep(font, family)
    for name, axes in family.cuts:
        cut = _pinned(font, dict(axes)) if axes else font
        cut.flavor = family.flavor
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # A reader never meets half a font.
        part = path.with_name(f"{path.name}.part")
        cut.save(part)
        part.replace(path)
    return [name for name, _ in family.cuts]


def _keep(font: TTFont, family: Family) -> None:
    """Drop every letter, feature and hint that the family does not name."""
    options = Options()
    options.layout_features = list(family.features)
    options.hinting = False
    options.notdef_outline = True
    options.legacy_kern = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=family.letters)
    subsetter.subset(font)


def _pinned(font: TTFont, axes: dict[str, Place]) -> TTFont:
    """A copy of a variable font with every axis fixed, or kept to a range."""
    copy = io.BytesIO()
    font.save(copy)
    copy.seek(0)
    return instancer.instantiateVariableFont(TTFont(copy), axes, inplace=True)


def end_at_ctrl_c() -> None:
    """A terminal's Ctrl-C reaches the children too: they end at once and say nothing."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def stamp(node_modules: Path) -> str:
    """What the cuts depend on: package versions, this file, whether Nastaliq is there."""
    parts = [f"{name} {metadata.version(name)}" for name in PACKAGES]
    parts.append(Path(__file__).read_text(encoding="utf-8"))
    try:
        package = json.loads((node_modules / NASTALIQ / "package.json").read_text("utf-8"))
        parts.append(f"nastaliq {package['version']}")
    except (OSError, ValueError, KeyError):
        parts.append("no nastaliq")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def build(target: Path, node_modules: Path, say: Callable[[str], object]) -> bool:
    """Make what is missing or out of date in `target`; False when all was there already."""
    if not nastaliq_source(node_modules, 400).exists():
        say(NASTALIQ_MISSING)
    mark, wanted = target / "stamp.json", stamp(node_modules)
    if _is_current(mark, wanted, target):
        return False
    target.mkdir(parents=True, exist_ok=True)
    mark.unlink(missing_ok=True)
    families = [*latin_families(), *urdu_families(node_modules)]
    with ProcessPoolExecutor(max_workers=2, initializer=end_at_ctrl_c) as pool:
        written = [
            name for names in pool.map(make, families, [target] * len(families)) for name in names
        ]
    for name in sorted(written):
        say(f"{name}: {(target / name).stat().st_size / 1000:.1f} kB")
    mark.write_text(json.dumps({"stamp": wanted, "files": sorted(written)}), encoding="utf-8")
    return True


def _is_current(mark: Path, wanted: str, target: Path) -> bool:
    try:
        made = json.loads(mark.read_text(encoding="utf-8"))
        return made["stamp"] == wanted and all((target / name).exists() for name in made["files"])
    except (OSError, ValueError, KeyError):
        return False


def pdf_faces(target: Path) -> Iterator[tuple[str, int, str, Path]]:
    """The cuts for PDFs that were built: (family, weight, style, file)."""
    families = {
        "source-serif-4-title": ("Source Serif 4 Title", "normal"),
        "source-serif-4-italic": ("Source Serif 4", "italic"),
        "source-serif-4": ("Source Serif 4", "normal"),
        "public-sans-italic": ("Public Sans", "italic"),
        "public-sans": ("Public Sans", "normal"),
        "noto-nastaliq-urdu": ("Noto Nastaliq Urdu", "normal"),
        "amiri": ("Amiri", "normal"),
    }
    for path in sorted((target / "pdf").glob("*.ttf")):
        stem, _, weight = path.stem.rpartition("-")
        if stem in families:
            family, style = families[stem]
            yield family, int(weight), style, path
