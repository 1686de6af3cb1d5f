"""The door in a real browser: security keys, codes without scripts, a session that ran out."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.browser.product import Product

pytestmark = pytest.mark.browser


def plug_in_a_key(page: Page) -> None:
    """Chromium's own virtual authenticator stands for a key in a USB port."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "usb",
                "hasResidentKey": False,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_a_security_key_is_set_up_and_opens_the_door(desk, product: Product):
    page = desk("SD-POLICE", "COMMANDER")
    plug_in_a_key(page)

    page.goto("/account/key/")
    page.get_by_label("Name of the key").fill("Blue key")
    page.get_by_role("button", name="Add this key").click()
    expect(page.get_by_text("The second factor is set up")).to_be_visible()
    expect(page.get_by_text("Blue key")).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    person = product.sign_in_of("SD-POLICE", "COMMANDER")
    page.get_by_label("E-mail").fill(person["email"])
    page.get_by_label("Password").fill(person["password"])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Use a security key").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()

    page.goto("/sign-in/again/?next=/account/")
    page.get_by_role("button", name="Use a security key").click()
    expect(page).to_have_url(f"{product.address}/account/")


def test_a_key_of_somebody_else_opens_nothing(desk, chromium, watched, product: Product):
    page = desk("KP-POLICE", "COMMANDER")
    plug_in_a_key(page)
    page.goto("/account/key/")
    page.get_by_label("Name of the key").fill("Own key")
    page.get_by_role("button", name="Add this key").click()
    expect(page.get_by_text("Own key")).to_be_visible()

    stranger = chromium.new_context(base_url=product.address, locale="en-GB")
    watched(stranger)
    other = stranger.new_page()
    plug_in_a_key(other)
    person = product.sign_in_of("KP-POLICE", "COMMANDER")
    other.goto("/sign-in/")
    other.get_by_label("E-mail").fill(person["email"])
    other.get_by_label("Password").fill(person["password"])
    other.get_by_role("button", name="Sign in").click()
    other.get_by_role("button", name="Use a security key").click()

    expect(other.get_by_text("The key did not answer")).to_be_visible(timeout=10_000)
    expect(other.get_by_role("button", name="Sign out")).to_have_count(0)
    stranger.close()


def test_without_scripts_the_codes_do_it_all(desk):
    page = desk("KP-POLICE", "RELEASE_OFFICER", scripts=False)

    page.goto("/account/key/")
    expect(page.get_by_text("Set up an authenticator app instead")).to_be_visible()
    expect(page.get_by_role("button", name="Add this key")).to_be_hidden()


@pytest.mark.parametrize("scripts", [False, True])
def test_what_was_typed_survives_the_end_of_the_session(desk, product: Product, scripts):
    page = desk("BL-POLICE", "RELEASE_OFFICER", scripts=scripts)
    page.goto("/bulletins/new/")
    page.get_by_label("Title").fill("Crowds beside a single vehicle")
    product.let_sessions_lie_idle()

    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("what you typed is kept for you")).to_be_visible()
    person = product.sign_in_of("BL-POLICE", "RELEASE_OFFICER")
    page.get_by_label("E-mail").fill(person["email"])
    page.get_by_label("Password").fill(person["password"])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Code").fill(product.code_of(person))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Crowds beside a single vehicle")).to_be_visible()
    page.get_by_role("button", name="Send it now").click()

    expect(page.get_by_label("Title")).to_have_value("Crowds beside a single vehicle")


def test_a_grave_act_asks_again_by_keyboard_alone(desk, product: Product):
    page = desk("BL-POLICE", "AGENCY_ADMIN")
    product.let_proofs_go_stale()
    person = product.sign_in_of("BL-POLICE", "AGENCY_ADMIN")

    page.goto("/account/password/")
    expect(page.get_by_role("heading", name="Show again that it is you")).to_be_visible()
    page.get_by_label("Password").focus()
    page.keyboard.type(person["password"])
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Change the password")).to_be_visible()


def test_a_page_that_breaks_the_policy_is_noticed(chromium, product: Product):
    """The watch itself: what it hears when a page is made to break the policy."""
    heard: list[str] = []
    context = chromium.new_context(base_url=product.address)
    context.on("console", lambda message: heard.append(message.text))
    page = context.new_page()
    page.goto("/sign-in/")
    page.evaluate(
        "() => { const s = document.createElement('script'); s.textContent = '1';"
        " document.head.append(s); }"
    )
    page.wait_for_timeout(200)
    context.close()

    assert [text for text in heard if "Content Security Policy" in text]


def test_the_door_is_walked_through_once_more(chromium, watched, product: Product):
    """A code that was used is refused in the browser as well, with a sentence."""
    person = product.sign_in_of("BL-LEVIES", "COMMANDER")
    context = chromium.new_context(base_url=product.address, locale="en-GB")
    watched(context)
    page = context.new_page()
    sign_in(page, product, person)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("E-mail").fill(person["email"])
    page.get_by_label("Password").fill(person["password"])
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Code").fill(product.last_code_of(person))
    page.get_by_role("button", name="Go on").click()

    expect(page.get_by_text("was used before").first).to_be_visible()
    context.close()
