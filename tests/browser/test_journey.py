"""The main job, end to end, in a browser against the running product.

One story: an explosion at a market gate is recorded, reviewed, returned once, approved; a lesson is
drawn, endorsed and sent in a bulletin to a second agency, which acts on it; a third sees nothing.
"""

from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.factories import PAKISTAN

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

# The story is told twice, under other names: with scripts, and in a browser without them.
TITLE = "Explosion at the gate of the weekly market"
LESSON = "Search the market before the crowd comes"
BULLETIN = "Weekly markets: search before the crowd"
WITHOUT_SCRIPTS = {
    "TITLE": "Firing at the toll plaza",
    "LESSON": "Light the plaza before dusk",
    "BULLETIN": "Toll plazas: light before dusk",
}
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


def record_incident(page: Page) -> str:
    """The investigator records the incident; returns its address."""
    page.goto("/")
    page.get_by_role("link", name="Incidents", exact=True).first.click()
    follow(page, "Record an incident")
    fill(page, title=TITLE, on_date=YESTERDAY.isoformat())
    choose(page, province="Balochistan", district="Mastung", attack_type="Bombing or explosion")
    page.get_by_text("A range, or “at least”").click()
    fill(page, killed_best="2", injured_low="5", said_by="Duty officer, City police station")
    press(page, "Record the incident")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.get_by_role("main")).to_contain_text("time not known")
    return page.url


def open_review(page: Page) -> str:
    """The investigator opens its review; returns its address."""
    follow(page, "Open a review")
    page.get_by_role("radio", name="T2").check()
    press(page, "Open the review")
    expect(page.get_by_role("main")).to_contain_text("Sign-off and release")
    return page.url


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
    """Section F: refused while all agencies own it, kept once one post does."""
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
    expect(page.get_by_role("alert")).to_contain_text("one post")
    expect(page.locator("[name='row-text']")).to_have_value(
        "Search every stall before the market opens."
    )
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


def draw_lesson(page: Page, review: str) -> str:
    """The investigator draws a lesson from a finding and hands it on; returns its address."""
    page.goto(review)
    follow(page, "Draw a lesson")
    page.get_by_label("Nobody searched the stalls").check()
    press(page, "Go on with these")
    fill(
        page,
        title=LESSON,
        observation="The stalls were not searched before the crowd came.",
        discussion="Once the crowd is there, a search draws it together.",
        conclusion="The search belongs before opening.",
        recommendation="Search stalls and approaches before the market opens.",
    )
    press(page, "Draw the lesson")
    expect(page.get_by_role("heading", level=1)).to_have_text(LESSON)
    press(page, "Hand it to the commander")
    return page.url


def endorse(page: Page, lesson: str) -> None:
    """The commander endorses the lesson."""
    page.goto(lesson)
    press(page, "Endorse the lesson")
    expect(page.get_by_role("main")).to_contain_text("Endorsed")


def compose(page: Page) -> str:
    """The agency's admin composes and marks the bulletin; returns its address."""
    page.goto("/bulletins/new/")
    fill(
        page,
        title=BULLETIN,
        bottom_line="Search weekly markets before they open; a search in the crowd is too late.",
        audience="District police officers",
        actions="Search stalls before opening\nSign the search register",
        act_by=NEXT_MONTH.isoformat(),
    )
    page.get_by_label(LESSON).check()
    choose(page, classification="RESTRICTED", tlp="TLP:AMBER")
    press(page, "Save the draft")
    expect(page.get_by_role("heading", level=1)).to_have_text(BULLETIN)
    expect(page.get_by_role("main")).to_contain_text("another sends it out")
    expect(page.get_by_role("link", name="Check and issue")).to_have_count(0)
    return page.url


def issue(page: Page, bulletin: str) -> None:
    """The release officer reads what the admin wrote, and issues it."""
    page.goto(bulletin)
    follow(page, "Check and issue")
    press(page, "Issue the bulletin")
    wait_for_pdf(page)


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


def release_to(page: Page, agency: str, bulletin: str) -> None:
    """The release officer releases it to one more agency, asking for action."""
    page.goto(bulletin)
    choose(page, to=agency)
    press(page, "Check the release")
    press(page, "Release the bulletin")
    expect(page.get_by_role("table").first).to_contain_text(agency)


def receive_and_act(page: Page, bulletin: str) -> None:
    """The other agency's commander finds it at home, reads, acknowledges, and later acts."""
    page.goto("/")
    follow(page, BULLETIN)
    assert page.url == bulletin
    assert "Search stalls before opening" in read_pdf(page)
    page.reload()
    press(page, "Acknowledge")
    follow(page, "Record what was done")
    fill(
        page,
        text="Search parties named for three markets.",
        on_date=TODAY.isoformat(),
        evidence="Duty roster of the range",
    )
    press(page, "Save")
    expect(page.get_by_role("main")).to_contain_text("Search parties named for three markets.")


def see_who_acted(page: Page, bulletin: str) -> None:
    """The release officer sees who opened, acknowledged and acted, and who has not."""
    page.goto(bulletin)
    acted = page.get_by_role("row", name="Khyber Pakhtunkhwa Police").first
    waiting = page.get_by_role("row", name="Balochistan Levies").first
    expect(acted).to_contain_text("Search parties named for three markets.")
    expect(waiting).not_to_contain_text("Search parties")


def export_brief(page: Page, incident: str) -> None:
    """The release officer exports a PDF brief of the incident."""
    page.goto(incident)
    follow(page, "Make a PDF brief")
    press(page, "Make the brief")
    wait_for_pdf(page)
    assert TITLE in read_pdf(page)


def sees_nothing(page: Page, *addresses: str) -> None:
    """A third agency's person finds neither a page nor a word of it."""
    for address in addresses:
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 404, address
    for address in ("/", "/incidents/", "/reviews/", "/lessons/", "/bulletins/"):
        page.goto(address)
        for words in (TITLE, LESSON, BULLETIN):
            expect(page.get_by_role("main")).not_to_contain_text(words)


@pytest.fixture(scope="module")
def kept() -> dict[tuple[str, str], dict[str, Any]]:
    """What the browser of each person of the first story kept, for the second."""
    return {}


@pytest.fixture
def sit_down(desk, kept):
    """A browser of a person of the story, who signs in for the first one only."""

    def open_desk(agency: str, role: str, *, scripts: bool) -> Page:
        known = {"storage_state": kept[agency, role]} if (agency, role) in kept else {}
        page: Page = desk(agency, role, scripts=scripts, **known)
        kept[agency, role] = page.context.storage_state()
        return page

    return open_desk


@pytest.mark.parametrize(
    "scripts",
    [
        pytest.param(True, id="with scripts"),
        pytest.param(False, id="without scripts", marks=pytest.mark.proof),
    ],
)
def test_the_main_job_end_to_end(sit_down, monkeypatch, scripts):
    if not scripts:
        for name, words in WITHOUT_SCRIPTS.items():
            monkeypatch.setitem(globals(), name, words)
    investigator = sit_down("BL-POLICE", "INVESTIGATOR", scripts=scripts)
    commander = sit_down("BL-POLICE", "COMMANDER", scripts=scripts)
    release_officer = sit_down("BL-POLICE", "RELEASE_OFFICER", scripts=scripts)
    writer = sit_down("BL-POLICE", "AGENCY_ADMIN", scripts=scripts)
    receiver = sit_down("KP-POLICE", "COMMANDER", scripts=scripts)
    outsider = sit_down("SD-POLICE", "COMMANDER", scripts=scripts)

    incident = record_incident(investigator)
    review = open_review(investigator)
    write_what_was_planned(investigator, review)
    write_what_happened(investigator, review)
    write_why(investigator, review)
    write_what_next(investigator, review)
    submit(investigator, review)
    return_with_comments(commander, review)
    mend_and_submit_again(investigator, review)
    approve(commander, review)
    lesson = draw_lesson(investigator, review)
    endorse(commander, lesson)
    bulletin = compose(writer)
    issue(release_officer, bulletin)
    assert LESSON in read_pdf(release_officer)
    release_to(release_officer, "Khyber Pakhtunkhwa Police", bulletin)
    release_to(release_officer, "Balochistan Levies", bulletin)
    receive_and_act(receiver, bulletin)
    see_who_acted(release_officer, bulletin)
    export_brief(release_officer, incident)
    sees_nothing(outsider, incident, review, lesson, bulletin)
