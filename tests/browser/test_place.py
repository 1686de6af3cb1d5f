"""The place of an incident, found while its name is typed: by keyboard, by hand, in Urdu."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
RECORD = "/incidents/record/"


def chosen(page: Page, name: str) -> str:
    """The words of the option that is chosen in this list."""
    return str(page.eval_on_selector(f"#id_{name}", "list => list.selectedOptions[0].text"))


def test_place_is_found_and_chosen_by_keyboard(desk):
    page = desk("BL-POLICE", "INVESTIGATOR")
    page.goto(RECORD)
    box = page.get_by_role("combobox", name="Find the place")
    offered = page.get_by_role("listbox")

    box.press_sequentially("mastung")
    expect(offered.get_by_role("option")).to_have_count(2)
    expect(page.locator("#place-said")).to_have_text("2 places.")
    box.press("Escape")
    expect(offered).to_be_hidden()
    box.press("ArrowDown")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")
    active = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    expect(active).to_contain_text("Mastung · tehsil · Mastung · Kalat Division · Balochistan")
    box.press("Enter")

    expect(offered).to_be_hidden()
    expect(page.locator("#place-said")).to_have_text("Province, district and tehsil are filled in.")
    # Every tehsil of the district comes in after it, the chosen one among them.
    expect(page.locator("#id_tehsil option")).to_have_count(4)
    assert [chosen(page, name) for name in ("province", "district", "tehsil")] == [
        *("Balochistan", "Mastung"),
        "Mastung",
    ]
    assert page.url.endswith(RECORD)


def test_place_is_found_by_hand_on_a_narrow_urdu_page(desk, product):
    page = desk("BL-POLICE", "INVESTIGATOR", viewport={"width": 360, "height": 740})
    page.context.add_cookies([{"name": "language", "value": "ur", "url": product.address}])
    page.goto(RECORD)
    box = page.locator("#id_place")
    expect(box).to_have_role("combobox")

    # Kaf and he of an Arabic keyboard.
    box.press_sequentially("كوئٹه")
    page.get_by_role("listbox").get_by_role("option").first.click()

    assert chosen(page, "district") == "کوئٹہ"
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_choosing_another_district_by_hand_takes_the_name_back(desk):
    page = desk("BL-POLICE", "INVESTIGATOR")
    page.goto(RECORD)
    box = page.get_by_role("combobox", name="Find the place")
    box.press_sequentially("mastung")
    page.get_by_role("listbox").get_by_role("option").first.click()
    expect(box).to_have_value("Mastung")

    page.locator("#id_district").focus()
    page.keyboard.type("Quetta")

    expect(box).to_have_value("")
