"""Chromium and a running product for the tests that drive them."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.browser.product import Product

VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  window.aarViolation(`${event.violatedDirective}: ${event.blockedURI} on ${location.pathname}`));
"""
Watch = Callable[[BrowserContext], None]
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium():
    """One browser for the whole run."""
    program = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if program is None:
        pytest.skip(
            "No Chromium here. As root: apt-get install chromium-headless-shell. "
            "Then run this again."
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def product(tmp_path_factory):
    """The product with its examples, as processes of their own."""
    running = Product(Path(tmp_path_factory.mktemp("product")))
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
def desk(chromium: Browser, product: Product, watched: Watch):
    """Opens a browser of its own for a person: `desk("BL-POLICE", "COMMANDER")`.

    With `storage_state`, what a browser kept when the person was signed in, nobody signs in again.
    """
    contexts = []

    def open_desk(agency: str, role: str, *, scripts: bool = True, **options) -> Page:
        context = chromium.new_context(
            base_url=product.address, java_script_enabled=scripts, locale="en-GB", **options
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        watched(context)
        page = context.new_page()
        if "storage_state" not in options:
            sign_in(page, product, product.sign_in_of(agency, role))
        return page

    yield open_desk
    for context in contexts:
        context.close()


@pytest.fixture(autouse=True)
def watched():
    """Fails the test when a page that it opened broke the content security policy or failed.

    That a server refused or did not answer, which Chromium logs too, is for the test to judge.
    """
    broken: list[str] = []

    def note(message: ConsoleMessage) -> None:
        failed = message.type == "error" and not message.text.startswith("Failed to load resource")
        if failed or "Content Security Policy" in message.text:
            broken.append(message.text)

    def watch(context: BrowserContext) -> None:
        context.on("console", note)
        context.on("weberror", lambda told: broken.append(str(told.error)))
        context.expose_binding("aarViolation", lambda _source, told: broken.append(told))
        context.add_init_script(VIOLATIONS)

    yield watch
    assert not broken


def sign_in(page: Page, product: Product, person: dict[str, str], *, here: bool = False) -> None:
    """Come in as people do: the password, then the six digits where the person has a factor.

    `here`: on the page of the door that is open already.
    """
    if not here:
        page.goto("/sign-in/")
    page.get_by_label("E-mail").fill(person["email"])
    page.get_by_label("Password").fill(person["password"])
    page.get_by_role("button", name="Sign in").click()
    if person["second_factor"]:
        page.get_by_label("Code").fill(product.code_of(person))
        page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Sign out").wait_for()
