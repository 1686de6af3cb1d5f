"""WeasyPrint, kept warm: imported, fonts registered, sheet parsed, one page already set.

Only workers import this module; a web process never loads Pango.
"""

import gc
import hashlib
import logging
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import weasyprint
from django.apps import apps
from django.conf import settings
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from bulletins.rendering import tongues, urdu_text
from bulletins.rendering.fetcher import SCHEME, ClosedFetcher, Resource
from core.fonts import pdf_faces

VARIANT = "pdf/ua-1"
SHEET = settings.BASE_DIR / "static" / "print" / "bulletin.css"
MAKERS = frozenset({".py", ".html", ".mo"})
FIRST_PAGE = (
    "<!doctype html><html lang='{lang}' dir='{way}'><title>.</title>"
    "<body class='bulletin'><h1 class='title'>{text}</h1><p class='stand'>{text} 12 [1 B2]</p>"
    "<table class='t'><caption>{text}</caption><tr><td>{text}</td></tr></table>"
    "<p><em>{text}</em> <strong>{text}</strong></p></html>"
)


class SharedFonts(FontConfiguration):  # type: ignore[misc]
    """Fonts registered once and used by every child; only the process that made them tidies up."""

    def __init__(self) -> None:
        super().__init__()
        self._made_by = os.getpid()
        # The module may be gone before its last object.
        self._pid = os.getpid

    def __del__(self) -> None:
        if self._pid() == self._made_by:
            super().__del__()


@dataclass(frozen=True)
class Engine:
    """What each rendering shares with the ones before it."""

    fonts: SharedFonts
    fetcher: ClosedFetcher
    sheet: CSS
    key: str

    def write(self, html: str) -> tuple[bytes, int]:
        """The PDF of `html` and its number of pages."""
        document = HTML(string=html, base_url=f"{SCHEME}:/", url_fetcher=self.fetcher).render(
            stylesheets=[self.sheet], font_config=self.fonts, pdf_variant=VARIANT
        )
        return document.write_pdf(pdf_variant=VARIANT, pdf_tags=True), len(document.pages)


def faces() -> tuple[str, dict[str, Resource]]:
    """The @font-face rules of the built cuts, and the shelf that answers them."""
    rules, shelf = [], {}
    for family, weight, style, path in pdf_faces(settings.BUILD_DIR / "fonts"):
        address = f"{SCHEME}:/fonts/{path.name}"
        shelf[address] = Resource(path.read_bytes(), "font/ttf")
        rules.append(
            f'@font-face {{ font-family: "{family}"; font-weight: {weight};'
            f" font-style: {style}; src: url({address}) }}"
        )
    return "\n".join(rules), shelf


def product_digest() -> bytes:
    """The product's code, templates and catalogues as they stand: they make pages of a record."""
    digest = hashlib.sha256()
    rooms = [room.path for room in apps.get_app_configs()]
    own = sorted(Path(path) for path in rooms if Path(path).parent == settings.BASE_DIR)
    for folder in (*own, settings.BASE_DIR / "templates", *map(Path, settings.LOCALE_PATHS)):
        for path in sorted(folder.rglob("*")):
            if path.suffix in MAKERS:
                digest.update(f"{path.relative_to(settings.BASE_DIR)}\n".encode())
                digest.update(path.read_bytes())
    return digest.digest()


@cache
def warm() -> Engine:
    """The engine of this process, made on first use (0.5 to 2 s) and kept."""
    # Its warnings name pieces of the document; those are no business of a log.
    for name in ("weasyprint", "weasyprint.progress"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    urdu_text.install()
    tongues.install()
    rules, shelf = faces()
    css = f"{rules}\n{SHEET.read_text(encoding='utf-8')}"
    fetcher = ClosedFetcher(shelf)
    fonts = SharedFonts()
    sheet = CSS(string=css, font_config=fonts, url_fetcher=fetcher, base_url=f"{SCHEME}:/")
    digest = hashlib.sha256(f"{weasyprint.__version__} {VARIANT} {css}".encode())
    for address in sorted(shelf):
        digest.update(shelf[address].body)
    digest.update(product_digest())
    engine = Engine(fonts, fetcher, sheet, digest.hexdigest())
    engine.write(FIRST_PAGE.format(lang="en", way="ltr", text="Warm"))
    engine.write(FIRST_PAGE.format(lang="ur", way="rtl", text="گرم"))
    # What lives now lives as long as the process: children need not copy it when they collect.
    gc.collect()
    gc.freeze()
    return engine
