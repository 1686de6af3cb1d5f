"""What people do in a browser, step by step, for the stories that are told of them."""

from contextlib import closing, suppress
from datetime import datetime, timedelta

import pypdfium2
from playwright.sync_api import Error, Page, expect

from tests.factories import PAKISTAN

TODAY = datetime.now(PAKISTAN).date()
YESTERDAY = TODAY - timedelta(days=1)
NEXT_MONTH = TODAY + timedelta(days=30)


def fill(page: Page, **values: str) -> None:
    """Type into fields by their names; `row__x` stands for the field `row-x`."""
    for name, value in values.items():
        page.locator(f"main [name='{name.replace('__', '-')}']").fill(value)


def choose(page: Page, **labels: str) -> None:
    """Choose from lists by the words a person reads."""
    for name, label in labels.items():
        page.locator(f"main select[name='{name.replace('__', '-')}']").select_option(label=label)


def press(page: Page, words: str) -> None:
    """Press a button and wait for the page that answers."""
    page.get_by_role("main").get_by_role("button", name=words, exact=True).first.click()
    page.wait_for_load_state()


def follow(page: Page, words: str) -> None:
    """Follow a link in the page itself, not in its frame."""
    page.get_by_role("main").get_by_role("link", name=words).first.click()
    page.wait_for_load_state()


def record_incident(page: Page, title: str) -> str:
    """The investigator records the incident; returns its address."""
    page.goto("/")
    page.get_by_role("link", name="Incidents", exact=True).first.click()
    follow(page, "Record an incident")
    fill(page, title=title, on_date=YESTERDAY.isoformat())
    choose(page, province="Balochistan", district="Mastung", attack_type="Bombing or explosion")
    page.get_by_text("A range, or “at least”").click()
    fill(page, killed_best="2", injured_low="5", said_by="Duty officer, City police station")
    press(page, "Record the incident")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("main")).to_contain_text("time not known")
    return page.url


def open_review(page: Page, tier: str = "T2") -> str:
    """The investigator opens its review; returns its address."""
    follow(page, "Open a review")
    page.get_by_role("radio", name=tier).check()
    press(page, "Open the review")
    return page.url


def name_a_facilitator(page: Page, review: str) -> None:
    """Somebody of the agency's office, outside the chain reviewed, helps the team along."""
    page.goto(f"{review}people/")
    fill(page, email="agency-admin@bl-police.example")
    choose(page, role="Facilitator")
    page.get_by_role("radio", name="No").check()
    press(page, "Add to the team")
    expect(page.get_by_role("main")).to_contain_text("outside the chain reviewed")


def write_what_was_planned(page: Page, review: str) -> None:
    """Section B."""
    page.goto(f"{review}sections/B/")
    fill(page, row__text="Search of every vehicle at the market gate from 06:00")
    choose(page, row__in_place="Not in place")
    press(page, "Add a measure")
    expect(page.get_by_role("main")).to_contain_text("Search of every vehicle at the market gate")


def write_what_happened(page: Page, review: str) -> None:
    """Section D: one entry to the minute, one whose time nobody wrote down."""
    page.goto(f"{review}sections/D/")
    fill(page, row__clock="1713", row__acting="City police", row__text="Explosion at the gate.")
    press(page, "Add entry")
    expect(page.get_by_role("main")).to_contain_text("17:13")
    fill(page, row__clock="", row__acting="Rescue service", row__text="First ambulance arrives.")
    press(page, "Add entry")
    expect(page.get_by_role("main")).to_contain_text("__:__")


def write_why(page: Page, review: str) -> None:
    """Section E: a failure and a strength."""
    for kind, title, happened in (
        ("Failure", "Nobody searched the stalls before the market opened", "No search took place."),
        ("Strength", "Shopkeepers cleared the lane for the ambulance", "It left in minutes."),
    ):
        page.goto(f"{review}sections/E/")
        press(page, "Save and add a finding")
        choose(page, row__kind=kind)
        fill(page, row__title=title, row__happened=happened)
        press(page, "Save")
        expect(page.get_by_role("main")).to_contain_text(title)


def write_what_next(page: Page, review: str) -> None:
    """Section F: saved with a warning while all agencies own it, mended once one post does."""
    page.goto(f"{review}sections/F/")
    press(page, "Save and add a recommendation")
    fill(
        page,
        row__text="Search every stall before the market opens.",
        row__owner_post="All agencies",
        row__due_date=NEXT_MONTH.isoformat(),
        row__closure_criterion="Search register signed on four market days.",
    )
    press(page, "Save")
    expect(page.get_by_role("main")).to_contain_text("Name one post")
    follow(page, "Edit")
    choose(page, row__category="R11 Protective security of sites and events")
    fill(page, row__owner_post="SDPO, City circle")
    press(page, "Save")
    expect(page.get_by_role("main")).to_contain_text("SDPO, City circle")


def submit(page: Page, review: str) -> None:
    """Check the answers and hand the review to the commander."""
    page.goto(f"{review}sections/J/")
    press(page, "Submit to the commander")
    expect(page.get_by_role("status")).to_contain_text("commander")


def return_with_comments(page: Page, review: str) -> None:
    """The commander finds it on the home page and returns it with a comment."""
    page.goto("/")
    expect(page.get_by_role("main")).to_contain_text("AAR-PK220")
    page.goto(f"{review}sections/J/")
    fill(page, comment="Say who decided that the market may open.")
    press(page, "Return it")
    expect(page.get_by_role("status")).to_contain_text("back with its team")


def mend_and_submit_again(page: Page, review: str) -> None:
    """The investigator reads the comment, adds what was missing, submits again."""
    page.goto(review)
    expect(page.get_by_role("main")).to_contain_text("Say who decided that the market may open.")
    page.goto(f"{review}sections/B/")
    fill(page, text="The market opened on the word of the tehsil office; no order is on file.")
    press(page, "Save and back to the list")
    page.goto(f"{review}sections/J/")
    press(page, "Submit again")
    expect(page.get_by_role("status")).to_contain_text("commander")


def approve(page: Page, review: str) -> None:
    """The commander approves."""
    page.goto(f"{review}sections/J/")
    press(page, "Approve it")
    expect(page.get_by_role("status")).to_contain_text("Approved")


def crash(page: Page) -> None:
    """The process of this tab dies at once: no page is told that it is left."""
    with suppress(Error):
        page.goto("chrome://crash")
    page.close()


def runs_scripts(page: Page) -> bool:
    """Whether the page's own scripts ran: htmx is there only then."""
    return bool(page.evaluate("typeof htmx !== 'undefined'"))


def wait_for_pdf(page: Page) -> None:
    """The worker renders while the page shows progress.

    With scripts htmx swaps the link in and nobody reloads; without them a person asks again.
    """
    link, again = (
        page.get_by_role("link", name="PDF, "),
        page.get_by_role("link", name="Check again"),
    )
    link.or_(again).first.wait_for()
    for _ in range(60):
        if runs_scripts(page):
            link.wait_for(timeout=60_000)
        if link.count():
            return
        page.wait_for_timeout(1_000)
        again.click()
        page.wait_for_load_state()
    raise AssertionError("the PDF was not made in time")


def read_pdf(page: Page) -> str:
    """The words of the PDF that the page links to."""
    link = page.get_by_role("link", name="PDF, ").first.get_attribute("href")
    answer = page.context.request.get(
        f"{page.url.split('/', 3)[0]}//{page.url.split('/')[2]}{link}"
    )
    assert answer.headers["content-type"] == "application/pdf"
    with closing(pypdfium2.PdfDocument(answer.body())) as document:
        return " ".join(each.get_textpage().get_text_bounded() for each in document)
