"""The story of a form that is filled where there is no network, and handed in once."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.seeds import a_review
from tests.browser.steps import fill, press

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

PASSPHRASE = "eleven grey horses"
FINDINGS = "SELECT title FROM reviews_finding WHERE review_id = %s ORDER BY number"
DEBRIEFS = "SELECT id FROM reviews_review WHERE incident_id = %s"


def hand_in(page: Page, file: str, passphrase: str) -> None:
    """Choose the file that the form saved."""
    page.goto("/reviews/offline/")
    page.locator("#id_file").set_input_files(file)
    fill(page, passphrase=passphrase)
    press(page, "Read it")


def fill_in_the_field(chromium: Browser, form: Path, file: Path, reference: str) -> None:
    """Another browser, no network: nothing is asked of any server."""
    field = chromium.new_context(offline=True, accept_downloads=True)
    field.set_offline(True)
    told: list[str] = []
    field.on("console", lambda message: told.append(message.text))
    field.on("request", lambda request: told.append(request.url))
    blank = field.new_page()
    blank.goto(form.resolve().as_uri())
    fill(
        blank,
        reference=reference,
        conditions="Dusk, light rain, a crowd of two thousand.",
        actions="Closed the north gate and called the ambulance.",
        needs="Two lamps at the north gate.",
        finding_1="One search lane of three was open",
        finding_2="The ambulance came in six minutes",
    )
    blank.locator("#pass").fill(PASSPHRASE)
    with blank.expect_download(timeout=60_000) as saved:
        blank.get_by_role("button", name="Save the file").click()
    expect(blank.locator("#said")).to_contain_text("Saved. Hand the file in")
    saved.value.save_as(file)
    field.close()
    assert [each for each in told if not each.startswith(("file:", "blob:"))] == []


def change_the_head(file: Path, to: Path) -> None:
    """The same file, but for another incident than it was made for."""
    changed = json.loads(file.read_text("utf-8"))
    changed["header"] = changed["header"].replace('"reference":""', '"reference":"PK-1"')
    assert changed["header"] != json.loads(file.read_text("utf-8"))["header"]
    to.write_text(json.dumps(changed), "utf-8")


@pytest.mark.proof
def test_a_story_of_a_form_filled_without_a_network(product, desk, chromium: Browser, tmp_path):
    seed = a_review(product, "Filled in the field", state="NONE")
    page = desk("BL-POLICE", "INVESTIGATOR")
    page.goto("/reviews/offline/")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="Fetch the form").click()
    form = tmp_path / "form.html"
    fetched.value.save_as(form)
    assert form.stat().st_size < 60_000

    file = tmp_path / "debrief.json"
    fill_in_the_field(chromium, form, file, seed.reference)
    assert "search lane" not in file.read_text("utf-8")

    # Back at the desk: a wrong passphrase and a changed file are refused, the true one is read.
    hand_in(page, str(file), "another passphrase")
    expect(page.get_by_role("main")).to_contain_text("does not open this file")
    false = tmp_path / "changed.json"
    change_the_head(file, false)
    hand_in(page, str(false), PASSPHRASE)
    assert page.get_by_role("button", name="File it").count() == 0
    hand_in(page, str(file), PASSPHRASE)
    expect(page.locator("#id_conditions")).to_have_value(
        "Dusk, light rain, a crowd of two thousand."
    )
    assert product.ask(DEBRIEFS, seed.incident_pk) == []
    press(page, "File it")
    expect(page.get_by_role("status").first).to_contain_text("Filed.")
    expect(page.locator("#id_finding_2")).to_have_value("The ambulance came in six minutes")

    # The same file again adds nothing.
    review = page.url
    hand_in(page, str(file), PASSPHRASE)
    expect(page.get_by_role("status").first).to_contain_text("Nothing was added")
    assert page.url == review
    ((pk,),) = product.ask(DEBRIEFS, seed.incident_pk)
    assert product.ask(FINDINGS, pk) == [
        ("One search lane of three was open",),
        ("The ambulance came in six minutes",),
    ]
