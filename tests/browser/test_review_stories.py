"""Stories of writing a review: nothing that was typed is lost, whatever happens meanwhile."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.browser.product import Product
from tests.browser.seeds import Seed, a_review
from tests.browser.steps import crash, press

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

LANES = "The lane was planned.\n\nNobody staffed it."
TEXT = "SELECT text FROM reviews_section WHERE review_id = %s AND letter = %s"
FINDINGS = "SELECT title FROM reviews_finding WHERE review_id = %s"


def words(page: Page) -> str:
    """What stands in the box of the section."""
    return page.locator("#id_text").input_value()


def type_on(page: Page, text: str) -> None:
    """Go on at the end of the box, by the keyboard."""
    page.locator("#id_text").press("Control+End")
    page.locator("#id_text").press_sequentially(text)


def is_kept(page: Page) -> None:
    """The page says that the server has it."""
    expect(page.locator("#saved")).to_contain_text("Saved on the server", timeout=8_000)


def stored(product: Product, review: Seed, letter: str = "B") -> str:
    """What the database holds of a section."""
    return str(product.ask(TEXT, review.pk, letter)[0][0])


def sealed(page: Page) -> list[str]:
    """What waits on this device."""
    found: list[str] = page.evaluate("Object.values(localStorage)")
    return found


def write_two_paragraphs(product: Product, lead: Page, helper: Page, review: Seed) -> None:
    """Different paragraphs are merged, and each sees the other's words come in."""
    helper.goto(review.section("B"))
    expect(helper.locator("#here")).to_contain_text("is in this section")
    lead.locator("#id_text").fill(LANES.replace("planned", "ordered in writing"))
    expect(lead.locator("#saved [name=version]")).not_to_have_value("2")
    type_on(helper, "\n\nThe relief came late.")
    expect(helper.locator("#id_text")).to_have_value(
        "The lane was ordered in writing.\n\nNobody staffed it.\n\nThe relief came late."
    )
    assert stored(product, review) == words(helper)


def change_two_fields(product: Product, lead: Page, helper: Page, review: Seed) -> None:
    """The language by one, the words by the other: both stand."""
    both_open(lead, helper, review)
    before = words(helper)
    lead.locator("#id_language").select_option("ur")
    is_kept(lead)
    type_on(helper, "\n\nThe register was not signed.")
    expect(helper.locator("#id_language")).to_have_value("ur")
    assert stored(product, review) == f"{before}\n\nThe register was not signed."


def both_open(lead: Page, helper: Page, review: Seed) -> None:
    """Both have the section before them as it is saved."""
    lead.goto(review.section("B"))
    helper.goto(review.section("B"))


def write_one_paragraph(product: Product, lead: Page, helper: Page, review: Seed) -> None:
    """The same paragraph by both: the second is told, types on, and loses nothing."""
    both_open(lead, helper, review)
    before = words(lead)
    lead.locator("#id_text").fill(before.replace("Nobody staffed it.", "No officer staffed it."))
    expect(lead.locator("#saved [name=version]")).not_to_have_value(
        helper.locator("#saved [name=version]").input_value()
    )
    helper.locator("#id_text").fill(before.replace("Nobody staffed it.", "Two staffed it to noon."))
    expect(helper.locator("#saved")).to_contain_text("Somebody else saved this section meanwhile")
    with helper.expect_response(lambda answer: answer.request.method == "POST"):
        type_on(helper, " So says the duty roster.")
    expect(helper.locator("#saved [name=version]")).to_have_count(1)
    expect(helper.get_by_role("alert")).to_contain_text("Your words are still on this page")
    assert "Two staffed it to noon." not in stored(product, review)


@pytest.mark.proof
def test_a_story_of_two_editors_in_one_section(product, desk):
    review = a_review(product, "Two write of the market gate")
    lead, helper = desk("BL-POLICE", "INVESTIGATOR"), desk("KP-POLICE", "INVESTIGATOR")
    lead.goto(review.section("B"))
    lead.locator("#id_text").fill(LANES)
    is_kept(lead)

    write_two_paragraphs(product, lead, helper, review)
    change_two_fields(product, lead, helper, review)
    write_one_paragraph(product, lead, helper, review)
    press(helper, "Save and back to the list")
    both = helper.get_by_role("main")
    expect(both).to_contain_text("No officer staffed it.")
    expect(both).to_contain_text("Two staffed it to noon.")
    helper.get_by_role("radio", name="Both, yours below theirs").check()
    press(helper, "Save what is chosen")

    end = stored(product, review)
    for each in ("No officer staffed it.", "Two staffed it to noon.", "So says the duty roster."):
        assert each in end
    lead.goto(f"{review.section('B')}earlier/")
    expect(lead.get_by_role("main")).to_contain_text("The lane was planned.")
    lead.goto(review.section("B"))
    expect(lead.locator("#id_text")).to_have_value(end)


def lose_the_session(product: Product, page: Page, typed: str) -> None:
    """The session ends between two words."""
    product.let_sessions_lie_idle()
    type_on(page, f"\n\n{typed}")
    expect(page.locator("#saved")).to_contain_text("you are signed out")
    assert len(sealed(page)) == 1
    assert typed not in sealed(page)[0]


def come_back_in_another_tab(product: Product, page: Page) -> None:
    """The link beside the words opens the door; the first tab then goes on by itself."""
    with page.context.expect_page() as opened:
        page.locator("#saved").get_by_role("link").click()
    sign_in(opened.value, product, product.sign_in_of("BL-POLICE", "INVESTIGATOR"))
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    is_kept(page)


@pytest.mark.proof
def test_a_story_of_a_session_that_ends_while_one_types(product, desk):
    review = a_review(product, "The session ends")
    page = desk("BL-POLICE", "INVESTIGATOR")
    page.goto(review.section("B"))
    page.locator("#id_text").fill(LANES)
    is_kept(page)

    # In again by the same tab: the words are back as a difference, and overwrite nothing.
    late = "Typed after the session had ended."
    lose_the_session(product, page, late)
    sign_in(page, product, product.sign_in_of("BL-POLICE", "INVESTIGATOR"))
    page.goto(review.section("B"))
    difference = page.get_by_role("region", name="Not saved yet")
    expect(difference).to_contain_text("did not save it")
    expect(difference.locator("ins")).to_contain_text(late)
    expect(page.locator("#id_text")).to_have_value(f"{LANES}\n\n{late}")
    assert (stored(product, review), sealed(page)) == (LANES, [])
    press(page, "Save and back to the list")
    assert stored(product, review) == f"{LANES}\n\n{late}"

    # In again by another tab: what was typed goes on by itself.
    page.goto(review.section("B"))
    lose_the_session(product, page, "And a second time.")
    come_back_in_another_tab(product, page)
    assert stored(product, review).endswith("And a second time.")
    assert sealed(page) == []

    # At sign-out the device is wiped.
    page.evaluate("localStorage.setItem('kept:left', 'over')")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()
    assert sealed(page) == []


def type_into_the_void(page: Page, secret: Page, finding: Page) -> None:
    """Three forms are typed in while nothing answers; the tab of one is killed."""
    secret.bring_to_front()
    type_on(secret, "Nothing of this may wait here.")
    expect(secret.locator("#saved")).to_contain_text("Do not close this page")
    finding.bring_to_front()
    finding.locator("[name=row-title]").press_sequentially("Nobody searched the crowd")
    expect(finding.locator("#saved")).to_contain_text("kept on this device, sealed")
    page.bring_to_front()
    type_on(page, "\n\nTyped while the server was dead.")
    expect(page.locator("#saved")).to_contain_text("kept on this device, sealed")
    page.get_by_role("button", name="Save and back to the list").click()
    expect(page.locator("#saved")).to_contain_text("the server does not answer")
    wait_five_minutes(page)
    type_on(page, " It was five minutes.")
    # Two forms wait, sealed; of the CONFIDENTIAL review nothing does.
    assert len(sealed(page)) == 2
    assert not any("server was dead" in each or "searched" in each for each in sealed(page))
    crash(finding)


def wait_five_minutes(page: Page) -> None:
    """By the clock of the page, which tries again and again meanwhile."""
    tried: list[str] = []
    page.on("requestfailed", lambda request: tried.append(request.url))
    for _ in range(10):
        page.clock.run_for(30_000)
        page.wait_for_timeout(200)
    assert len([each for each in tried if "/keep/" in each]) >= 5
    expect(page.locator("#saved")).to_contain_text("the server does not answer")


@pytest.mark.proof
def test_a_story_of_a_server_that_dies_while_one_types(product, desk):
    review = a_review(product, "The server dies")
    hidden = a_review(product, "The server dies too", classification="CONFIDENTIAL")
    page = desk("BL-POLICE", "INVESTIGATOR")
    page.clock.install()
    secret, finding = page.context.new_page(), page.context.new_page()
    finding.goto(f"{review.url}lines/findings/add/")
    secret.goto(hidden.section("B"))
    page.goto(review.section("B"))
    page.locator("#id_text").fill(LANES)
    is_kept(page)

    product.kill("web")
    try:
        type_into_the_void(page, secret, finding)
    finally:
        product.launch_web()
        product.wait_until_it_answers()

    # It is sent later, without a hand.
    expect(page.locator("#saved")).to_contain_text("Saved on the server", timeout=40_000)
    assert stored(product, review).endswith("Typed while the server was dead. It was five minutes.")
    secret.bring_to_front()
    expect(secret.locator("#saved")).to_contain_text("Saved on the server", timeout=40_000)
    assert stored(product, hidden) == "Nothing of this may wait here."
    # The line of the killed tab is back, and is added once.
    page.goto(f"{review.url}lines/findings/add/")
    expect(page.locator("[name=row-title]")).to_have_value("Nobody searched the crowd")
    expect(page.get_by_role("region", name="Not saved yet")).to_contain_text("did not save it")
    press(page, "Save")
    assert product.ask(FINDINGS, review.pk) == [("Nobody searched the crowd",)]
    assert sealed(page) == []
