"""The form on a weak line: 400 kbit/s and 400 ms, as Chromium emulates it.

A fresh browser opens the page of a section; then the same browser opens it again. Usable is when
the page is parsed and its scripts have run; bytes are what went over the line, heads included.
"""

import os
import shutil
from dataclasses import dataclass

from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from aar.examples.people import person
from agencies.choices import Role
from agencies.models import User
from benchmarks import long_review
from benchmarks.table import Case, at_most, for_orientation
from reviews.choices import Letter
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.product import Product, free_port
from tests.signed_in import through_the_door

# Bytes a second, and milliseconds to the first byte of each answer.
RATE, LATENCY = 400_000 / 8, 400
READY = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
SECTIONS = (Letter.D, Letter.E)


@dataclass(frozen=True)
class View:
    """One opening of a page."""

    ms: float
    kilobytes: float


def measure() -> list[Case]:
    """Sections D and E of a T2 that was just opened; for orientation with 200 and 60 lines."""
    lead, facilitator = (
        person("BL-POLICE", role) for role in (Role.INVESTIGATOR, Role.AGENCY_ADMIN)
    )
    begun, full = long_review.begun(lead, facilitator), long_review.long_review(lead, facilitator)
    pages = [
        (reverse("reviews:section_edit", args=[each.pk, letter]), letter, each is begun)
        for each in (begun, full)
        for letter in SECTIONS
    ]
    # A browser of its own for each page, signed in.
    keys = [_session(lead) for _page in pages]
    product = _serving()
    cases: list[Case] = []
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
            for (path, letter, is_new), key in zip(pages, keys, strict=True):
                first, again = _views(browser, product.address, path, key)
                cases += _cases(f"section {letter.value}", first, again, is_new=is_new)
            browser.close()
    finally:
        product.stop()
    return cases


def _cases(where: str, first: View, again: View, *, is_new: bool) -> list[Case]:
    if not is_new:
        size = f"{where}, long"
        return [
            for_orientation("first view of the form", size, first.ms / 1000, "s"),
            for_orientation("first view of the form, sent", size, first.kilobytes, "kB"),
            for_orientation("the form again", size, again.ms / 1000, "s"),
            for_orientation("the form again, sent", size, again.kilobytes, "kB"),
        ]
    return [
        at_most(3, "first view of the form on 400 kbit/s, 400 ms", where, first.ms / 1000, "s"),
        at_most(60, "first view of the form, sent", where, first.kilobytes, "kB"),
        at_most(1.5, "the form again on 400 kbit/s, 400 ms", where, again.ms / 1000, "s"),
        at_most(15, "the form again, sent", where, again.kilobytes, "kB"),
    ]


def _session(user: User) -> str:
    client = Client()
    through_the_door(client, user)
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def _serving() -> Product:
    """The web server alone, on the database of the scene."""
    product = Product(settings.DATA_DIR)
    port = free_port()
    product.address = f"http://localhost:{port}"
    product.environment = dict(os.environ)
    product.launch(
        "web",
        *("-m", "gunicorn", "aar.wsgi", "--bind", f"127.0.0.1:{port}"),
        *("--worker-class", "gthread", "--threads", "4", "--workers", "1"),
        "--no-control-socket",
    )
    product.wait_until_it_answers()
    return product


def _chromium() -> str:
    program = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if program is None:
        raise LookupError("No Chromium here. As root: apt-get install chromium-headless-shell.")
    return program


def _views(browser: Browser, address: str, path: str, key: str) -> tuple[View, View]:
    # The server answers its first request slowly, whatever the line.
    _warmed(browser, address, path, key)
    context = _context(browser, address, key)
    page = context.new_page()
    first = _view(page, context, path)
    again = _view(page, context, path)
    context.close()
    return first, again


def _warmed(browser: Browser, address: str, path: str, key: str) -> None:
    context = _context(browser, address, key)
    answer = context.new_page().goto(path)
    if answer is None or answer.status != 200:
        raise RuntimeError(f"{path} does not open")
    context.close()


def _context(browser: Browser, address: str, key: str) -> BrowserContext:
    context = browser.new_context(base_url=address, locale="en-GB")
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": address, "httpOnly": True}]
    )
    return context


def _view(page: Page, context: BrowserContext, path: str) -> View:
    sent: list[float] = []
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY,
            "downloadThroughput": RATE,
            "uploadThroughput": RATE,
        },
    )
    line.on("Network.loadingFinished", lambda told: sent.append(told["encodedDataLength"]))
    page.goto("about:blank")
    sent.clear()
    page.goto(path, wait_until="networkidle")
    ms = float(page.evaluate(READY))
    line.detach()
    return View(ms, sum(sent) / 1000)
