"""axe finds nothing on any page that somebody can reach by links, in both languages.

The pages are not listed here: each person starts at home and follows what they find, one page or
two of every kind, so that a new page is tried without being named.
"""

from collections import Counter
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Error, Page

pytestmark = [pytest.mark.browser, pytest.mark.proof, pytest.mark.timeout(1800)]

# Pages of one kind that are looked at; kinds are the names of the addresses.
EACH = 2
MOST = 260
# WCAG 2.2 AA and what axe's authors hold to be good practice.
OPTIONS = {
    "resultTypes": ["violations"],
    # It would write style sheets into the page, which the page refuses.
    "preload": False,
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
A_DRAFT = """
from django.utils import timezone
from agencies.lock import acting
from agencies.models import User
from incidents.models import Incident
from reviews import actions
by = User.objects.get(email="investigator@bl-police.example")
with acting(by):
    known = Incident.objects.visible_to(by).exclude(reviews__agency=by.agency)
    for tier, incident in zip(("T1", "T2"), known.order_by("pk")[:2]):
        actions.open_review(incident_id=incident.pk, by=by, at=timezone.now(), tier=tier,
            tlp="AMBER", classification="RESTRICTED", caveats=[])
"""
PEOPLE = (
    ("BL-POLICE", "INVESTIGATOR"),
    ("BL-POLICE", "COMMANDER"),
    ("BL-POLICE", "RELEASE_OFFICER"),
    ("BL-POLICE", "AGENCY_ADMIN"),
    ("MOI", "SYSTEM_ADMIN"),
    ("APEX-F", "AUDITOR"),
)


@pytest.fixture(scope="module")
def drafts(product):
    """Reviews that are being written, whose sections are pages too."""
    product.run("manage.py", "shell", "-v0", "-c", A_DRAFT)


def kind_of(address: str) -> str:
    """What kind of page an address leads to; empty when it is none of ours."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    letter = found.kwargs.get("letter") or found.kwargs.get("slug") or ""
    return f"{found.view_name} {letter}".strip()


def shows(page: Page, address: str) -> bool:
    """Whether following it leads to a page of the product, neither a file nor a way out."""
    try:
        answer = page.goto(address)
    except Error as download:  # a file that the browser keeps instead of showing it
        if "Download is starting" not in download.message:
            raise
        return False
    return answer is not None and answer.headers.get("content-type", "").startswith("text/html")


def links_of(page: Page) -> list[str]:
    """Where the page leads within the product."""
    found = page.eval_on_selector_all("a[href]", "all => all.map(each => each.href)")
    here = urlsplit(page.url).netloc
    links = [urljoin(page.url, each).split("#")[0] for each in found]
    return [each for each in links if urlsplit(each).netloc == here]


def faults_on(page: Page) -> list[str]:
    """Each fault in a line: the rule and the first element that breaks it."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]


class Walk:
    """One person's way through the product."""

    def __init__(self, page: Page, start: str) -> None:
        self.page = page
        self.waiting = [start]
        self.known = {start}
        self.seen: Counter[str] = Counter()
        self.faults: dict[str, list[str]] = {}

    def to_the_end(self) -> "Walk":
        """From the start to where nothing new is found."""
        while self.waiting and sum(self.seen.values()) < MOST:
            self.look_at(self.waiting.pop(0))
        return self

    def told(self) -> str:
        """The faults, a line each."""
        return "\n".join(f"{at} {each}" for at, found in self.faults.items() for each in found)

    def look_at(self, address: str) -> None:
        """Try one page and note where it leads."""
        kind = kind_of(address)
        if not kind or kind.startswith("sign") or self.seen[kind] >= EACH:
            return
        self.seen[kind] += 1
        if not shows(self.page, address):
            return
        if found := faults_on(self.page):
            self.faults[address] = found
        new = [link for link in links_of(self.page) if link not in self.known]
        self.known.update(new)
        self.waiting.extend(dict.fromkeys(new))


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize(("agency", "role"), PEOPLE)
def test_axe_finds_nothing(product, drafts, desk, agency, role, language):
    page = desk(agency, role)
    page.context.add_cookies([{"name": "language", "value": language, "url": product.address}])

    walk = Walk(page, f"{product.address}/").to_the_end()

    assert len(walk.seen) > 10
    assert not walk.faults, walk.told()
