"""The main job, end to end, in a browser against the running product.

One story: an explosion at a market gate is recorded, reviewed, returned once, approved; a lesson is
drawn, endorsed and sent in a bulletin to a second agency, which acts on it; a third sees nothing.
"""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import (
    NEXT_MONTH,
    TODAY,
    approve,
    choose,
    fill,
    follow,
    mend_and_submit_again,
    name_a_facilitator,
    open_review,
    press,
    read_pdf,
    record_incident,
    return_with_comments,
    submit,
    wait_for_pdf,
    write_what_happened,
    write_what_next,
    write_what_was_planned,
    write_why,
)

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

    incident = record_incident(investigator, TITLE)
    review = open_review(investigator)
    name_a_facilitator(investigator, review)
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
