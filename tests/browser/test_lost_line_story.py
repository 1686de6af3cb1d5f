"""Stories of a line that is lost: what was typed there is recovered, and shown as a difference."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.product import Product
from tests.browser.seeds import a_review
from tests.browser.steps import crash, fill, name_a_facilitator, open_review, press

pytestmark = [pytest.mark.browser, pytest.mark.proof, pytest.mark.timeout(900)]

TEXT = "SELECT text FROM reviews_section WHERE review_id = %s AND letter = 'B'"
NEEDS = "SELECT needs FROM reviews_hotdebrief WHERE review_id = %s"
FINDINGS = "SELECT title FROM reviews_finding WHERE review_id = %s ORDER BY number"
LANES = "The lane was planned.\n\nNobody staffed it."
# Milliseconds; a busy machine answers late.
PATIENCE = 20_000
MINE, THEIRS = "Two staffed it to noon.", "No officer staffed it."


def write(page: Page, **boxes: str) -> None:
    """Typed, and left alone: after a pause the server has it, without a button."""
    version = page.locator("#saved [name=version]")
    before = version.input_value()
    fill(page, **boxes)
    expect(version).not_to_have_value(before, timeout=PATIENCE)
    expect(page.locator("#saved")).to_contain_text("Saved on the server")


def lose_the_line(page: Page, box: str, words: str) -> None:
    """The line goes; what is typed then waits on the device."""
    page.context.set_offline(True)
    page.locator(box).fill(words)
    expect(page.locator("#saved")).to_contain_text("kept on this device, sealed")


def come_back(page: Page, address: str) -> Page:
    """The tab is killed; the line is there again, and the page is opened anew."""
    context = page.context
    crash(page)
    context.set_offline(False)
    fresh = context.new_page()
    fresh.goto(address)
    expect(fresh.get_by_role("region", name="Not saved yet")).to_contain_text("did not save it")
    return fresh


def settle(page: Page, *asked: str) -> None:
    """Both versions are shown; both are kept."""
    main = page.get_by_role("main")
    for each in asked:
        expect(main).to_contain_text(each)
    page.get_by_role("radio", name="Both, yours below theirs").check()
    press(page, "Save what is chosen")


def test_a_story_of_a_section_typed_without_a_line_while_another_writes(product, desk):
    review = a_review(product, "The line is lost")
    lead, helper = desk("BL-POLICE", "INVESTIGATOR"), desk("KP-POLICE", "INVESTIGATOR")
    lead.goto(review.section("B"))
    write(lead, text=LANES)
    helper.goto(review.section("B"))

    lose_the_line(lead, "#id_text", LANES.replace("Nobody staffed it.", MINE))
    write(helper, text=LANES.replace("Nobody staffed it.", THEIRS))
    lead = come_back(lead, review.section("B"))

    difference = lead.get_by_role("region", name="Not saved yet")
    expect(difference.locator("ins").first).to_contain_text("Two")
    expect(difference.locator("del").first).to_contain_text("No officer")
    ((stands,),) = product.ask(TEXT, review.pk)
    assert THEIRS in stands
    assert MINE not in stands
    press(lead, "Save and back to the list")
    settle(lead, MINE, THEIRS)
    ((stands,),) = product.ask(TEXT, review.pk)
    assert MINE in stands
    assert THEIRS in stands


def leave_at_once(product: Product, page: Page, pk: int) -> None:
    """What was typed the moment before is sent while the page goes."""
    fill(page, needs="Lamps.")
    page.goto("/")
    for _ in range(40):
        if product.ask(NEEDS, pk) == [("Lamps.",)]:
            return
        page.wait_for_timeout(500)
    raise AssertionError("what was typed before leaving was not saved")


def write_together(product: Product, lead: Page, helper: Page, pk: int) -> None:
    """Each adds a finding on the one page; both stand, and each sees the other's come in."""
    write(helper, finding_2="The ambulance came in six minutes")
    write(lead, finding_2="Nobody searched the stalls")
    expect(lead.locator("[name=finding_3]")).to_have_value("The ambulance came in six minutes")
    assert [each for (each,) in product.ask(FINDINGS, pk)] == [
        *("One lane open", "The ambulance came in six minutes", "Nobody searched the stalls"),
    ]


def take_a_line_out(product: Product, page: Page, pk: int) -> None:
    """A line that was emptied stands until its writer saves."""
    fill(page, finding_1="")
    expect(page.get_by_role("alert")).to_contain_text("taken out when you save")
    assert ("One lane open",) in product.ask(FINDINGS, pk)
    press(page, "Save")
    assert ("One lane open",) not in product.ask(FINDINGS, pk)


def test_a_story_of_one_page_typed_without_a_button_or_a_line(product, desk):
    seed = a_review(product, "One page, no button", state="NONE")
    lead = desk("BL-POLICE", "INVESTIGATOR")
    lead.goto(f"/incidents/{seed.incident_pk}/")
    review = open_review(lead, "T1")
    pk = int(review.rstrip("/").rpartition("/")[2])
    name_a_facilitator(lead, review)
    lead.goto(review)
    helper = desk("BL-POLICE", "AGENCY_ADMIN")

    write(lead, conditions="Dusk, one lamp.", finding_1="One lane open")
    assert product.ask(FINDINGS, pk) == [("One lane open",)]
    leave_at_once(product, lead, pk)
    lead.goto(review)
    expect(lead.locator("[name=needs]")).to_have_value("Lamps.")

    helper.goto(review)
    write_together(product, lead, helper, pk)

    take_a_line_out(product, lead, pk)

    # The line is lost while the other writes in the same box.
    helper.reload()
    lose_the_line(lead, "[name=needs]", "Lamps and radios.")
    write(helper, needs="Two lamps.")
    lead = come_back(lead, review)
    assert product.ask(NEEDS, pk) == [("Two lamps.",)]
    press(lead, "Save")
    settle(lead, "Lamps and radios.", "Two lamps.")
    assert product.ask(NEEDS, pk) == [("Two lamps.\n\nLamps and radios.",)]
