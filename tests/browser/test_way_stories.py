"""Stories of the ways in which a review is written: keyboard, no script, phone, Urdu."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.browser.product import Product
from tests.browser.seeds import Seed, a_review
from tests.browser.steps import (
    NEXT_MONTH,
    YESTERDAY,
    choose,
    fill,
    follow,
    name_a_facilitator,
    open_review,
    press,
    record_incident,
    submit,
    write_what_next,
    write_what_was_planned,
    write_why,
)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


LOG = """Date\tTime\tAgency\tWhat happened\tAgency told\tGrade
{day}\t16:05\tCity police\tFoot patrol leaves the north gate.\t\tB2
{day}\t16:24:10\tCity police\tExplosion beside the stalls.\tControl room\tA1
{day}\t25:10\tRescue service\tFirst ambulance arrives.\t\tA1
"""
ENTRIES = "SELECT text, at_time FROM reviews_timelineentry WHERE review_id = %s ORDER BY at_time"
NAME_OF_FOCUS = """() => {
  const at = document.activeElement;
  const label = at.labels && at.labels.length ? at.labels[0].innerText : "";
  return (at.getAttribute("aria-label") || label || at.innerText || "").trim();
}"""
STATE = "SELECT tier, state FROM reviews_review WHERE id = %s"


def number_of(address: str) -> int:
    """Of the review whose page this is."""
    return int(address.partition("/reviews/")[2].partition("/")[0])


def paste_a_log(page: Page, review: str) -> None:
    """Three lines of a spreadsheet; one that is wrong is put right and added with the others."""
    page.goto(f"{review}sections/D/")
    follow(page, "Paste from a spreadsheet")
    page.locator("#id_text").fill(LOG.format(day=YESTERDAY.isoformat()))
    press(page, "Check the lines")
    main = page.get_by_role("main")
    expect(main).to_contain_text("2 lines are sound.")
    wrong = main.locator("[aria-invalid=true]")
    wrong.fill(wrong.input_value().replace("25:10", "16:49"))
    press(page, "Check again")
    press(page, "Add all 3")
    expect(main).to_contain_text("First ambulance arrives.")
    expect(main).to_contain_text("16:24:10")


@pytest.mark.proof
def test_a_story_without_javascript(product, desk):
    page = desk("BL-POLICE", "INVESTIGATOR", scripts=False)
    record_incident(page, "Blast at the bus stand, told without scripts")
    review = open_review(page)
    name_a_facilitator(page, review)
    write_what_was_planned(page, review)
    page.goto(f"{review}sections/C/")
    choose(page, row__kind="Planner")
    press(page, "Add a role")
    expect(page.get_by_role("main")).to_contain_text("Planner")
    paste_a_log(page, review)
    write_why(page, review)

    # Signed out before Save: what was typed is kept, and sent after signing in.
    page.goto(f"{review}sections/G/")
    page.locator("#id_text").fill("Families were told at the hospital.")
    product.let_sessions_lie_idle()
    page.get_by_role("button", name="Save and back to the list").click()
    expect(page.get_by_role("main")).to_contain_text("what you typed is kept for you")
    sign_in(page, product, product.sign_in_of("BL-POLICE", "INVESTIGATOR"), here=True)
    press(page, "Send it now")
    page.goto(f"{review}sections/G/")
    expect(page.locator("#id_text")).to_have_value("Families were told at the hospital.")

    page.goto(f"{review}sections/J/")
    expect(page.get_by_role("main")).to_contain_text("Still to be said")
    write_what_next(page, review)
    submit(page, review)
    pk = number_of(review)
    assert product.ask(STATE, pk) == [("T2", "SUBMITTED")]
    assert [str(at) for _, at in product.ask(ENTRIES, pk)] == ["16:05:00", "16:24:10", "16:49:00"]


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the keyboard stands on what is called `name`."""
    met = []
    for _ in range(150):
        page.keyboard.press("Tab")
        met.append(page.evaluate(NAME_OF_FOCUS))
        if met[-1].startswith(name):
            return
    raise AssertionError(f"no way by Tab to {name} on {page.url}: {[each[:40] for each in met]}")


def go(page: Page, name: str) -> None:
    """Tab to a link or button, and press Enter on it."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, name: str, text: str) -> None:
    """Tab to a box, and type."""
    tab_to(page, name)
    page.keyboard.type(text)


def test_a_story_of_the_keyboard_alone(product, desk):
    page = desk("BL-POLICE", "INVESTIGATOR")
    page.goto("/incidents/")
    go(page, "Record an incident")
    write(page, "What happened, in one line", "Firing at a check post, told by keyboard")
    write(page, "Date", YESTERDAY.strftime("%m%d%Y"))
    write(page, "Province", "Balochistan")
    write(page, "District", "Mastung")
    write(page, "Kind of attack", "Armed")
    go(page, "Record the incident")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Firing at a check post, told by keyboard"
    )
    go(page, "Open a review")
    go(page, "Open the review")
    expect(page.get_by_role("main")).to_contain_text("Hot debrief")

    address = page.url
    write(page, "What it was like", "Dusk, one lamp, nine of us on the post.")
    write(page, "What we did", "Closed the lane and called the ambulance.")
    write(page, "Finding 1", "One search lane of three was open")
    go(page, "Save and check your answers")
    expect(page.get_by_role("main")).to_contain_text("One search lane of three was open")
    go(page, "Submit to the commander")
    expect(page.get_by_role("status").first).to_contain_text("The review is with the commander.")
    assert product.ask(STATE, number_of(address)) == [("T1", "SUBMITTED")]


def is_narrow(page: Page) -> None:
    """Nothing has to be scrolled sideways."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, page.url


@pytest.mark.proof
def test_a_story_on_a_phone(product, desk):
    seed = a_review(product, "Told from a phone", state="NONE")
    page = desk("BL-POLICE", "INVESTIGATOR", viewport={"width": 360, "height": 740}, has_touch=True)
    page.goto(f"/incidents/{seed.incident_pk}/")
    is_narrow(page)
    open_review(page, "T1")
    is_narrow(page)
    fill(page, conditions="Dusk, one lamp.", actions="Closed the lane.", finding_1="One lane open")
    press(page, "Save and check your answers")
    is_narrow(page)
    expect(page.get_by_role("main")).to_contain_text("One lane open")
    pk = number_of(page.url)
    page.goto(f"/reviews/{pk}/sections/D/")
    fill(page, row__clock="1713", row__acting="City police", row__text="Explosion at the gate.")
    press(page, "Add entry")
    is_narrow(page)
    expect(page.get_by_role("main")).to_contain_text("17:13")
    assert [text for text, _ in product.ask(ENTRIES, pk)] == ["Explosion at the gate."]


URDU = {
    "B": "ہفتہ وار منڈی کے دروازے پر تلاشی کی ایک قطار طے تھی، عملہ تعینات نہ ہوا۔",
    "D": "دروازے پر دھماکہ ہوا۔",
    "E": "منڈی کھلنے سے پہلے دکانوں کی تلاشی نہیں لی گئی",
    "F": "منڈی کھلنے سے پہلے ہر دکان کی تلاشی لی جائے۔",
}


def click(page: Page, button: str) -> None:
    """Click a button, whatever it is called, and wait for the page that answers."""
    page.get_by_role("main").locator(button).first.click()
    page.wait_for_load_state()


def urdu_finding(page: Page, review: str) -> None:
    """A failure, and what shall be done about it, in Urdu."""
    page.goto(f"{review}lines/findings/add/")
    page.locator("[name=row-kind]").select_option("failure")
    fill(page, row__title=URDU["E"])
    click(page, "form button.main")
    page.goto(f"{review}lines/recommendations/add/")
    page.locator("[name=row-category]").select_option(
        page.locator("[name=row-category] option[value]:not([value=''])").first.get_attribute(
            "value"
        )
    )
    fill(
        page,
        row__text=URDU["F"],
        row__owner_post="ایس ڈی پی او، سٹی سرکل",
        row__due_date=NEXT_MONTH.isoformat(),
        row__closure_criterion="چار منڈیوں پر دستخط شدہ تلاشی رجسٹر۔",
    )
    click(page, "form button.main")


def in_urdu(product: Product, page: Page) -> Page:
    """The pages of this browser are Urdu, from right to left."""
    page.context.add_cookies([{"name": "language", "value": "ur", "url": product.address}])
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    return page


def reads_from_the_right(page: Page) -> None:
    """The heading begins at the right edge, and nothing must be scrolled sideways."""
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    edge = page.locator("h1").evaluate(
        "at => getComputedStyle(at).textAlign + getComputedStyle(at).direction"
    )
    assert edge.endswith("rtl")
    assert page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    ), page.url


def write_in_urdu(lead: Page, seed: Seed) -> None:
    """The lead writes the review, types a time in Urdu digits, and submits it."""
    lead.goto(seed.section("B"))
    reads_from_the_right(lead)
    lead.locator("#id_language").select_option("ur")
    lead.locator("#id_text").fill(URDU["B"])
    click(lead, "button[value=leave]")
    lead.goto(seed.section("D"))
    fill(lead, row__clock="۱۷۱۳", row__acting="سٹی پولیس", row__text=URDU["D"])
    click(lead, "button[value=add]")
    expect(lead.get_by_role("main")).to_contain_text("17:13")
    urdu_finding(lead, seed.url)
    lead.goto(seed.section("J"))
    reads_from_the_right(lead)
    click(lead, "form[action$='/submit/'] button")


@pytest.mark.proof
def test_a_story_in_urdu_from_right_to_left(product, desk):
    seed = a_review(product, "ہفتہ وار منڈی کے دروازے پر دھماکہ")
    lead = in_urdu(product, desk("BL-POLICE", "INVESTIGATOR"))
    judge = in_urdu(product, desk("BL-POLICE", "COMMANDER"))

    write_in_urdu(lead, seed)
    judge.goto(seed.section("J"))
    for each in URDU.values():
        expect(judge.get_by_role("main")).to_contain_text(each)
    click(judge, "form[action$='/approve/'] button")
    assert product.ask(STATE, seed.pk) == [("T2", "APPROVED")]
    judge.goto(f"{seed.url}read/")
    reads_from_the_right(judge)
    for each in URDU.values():
        expect(judge.get_by_role("main")).to_contain_text(each)

    # What people wrote in Urdu reads from the right on an English page too.
    judge.context.clear_cookies(name="language")
    judge.goto(f"{seed.url}read/")
    expect(judge.locator("html")).to_have_attribute("dir", "ltr")
    written = judge.locator("#B [dir=auto]", has_text=URDU["B"]).first
    assert written.evaluate("at => getComputedStyle(at).direction") == "rtl"
