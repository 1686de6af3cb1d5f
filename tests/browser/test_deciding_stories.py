"""Stories of deciding a review: who was heard, who was silent, what was put right afterwards."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.product import Product
from tests.browser.seeds import Seed, a_review
from tests.browser.steps import NEXT_MONTH, TODAY, choose, fill, follow, press, submit

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

WHY = "A second witness was heard in court."
DISSENT = "Two constables searched at the south lane until 13:40; the roster shows them."
REPLY = "The walk-through gate was lent to the court that day, by letter 1123."
# An agency that was asked in a week that is over.
ASKED_LAST_WEEK = """
from datetime import timedelta
from django.utils import timezone
from aar.examples.people import person
from agencies.choices import Role
from agencies.models import Agency
from reviews import actions
at = timezone.now() - timedelta(days=7)
lead = person("BL-POLICE", Role.INVESTIGATOR)
actions.ask_agency(
    review_id={pk}, agency=Agency.objects.get(code="BL-LEVIES"), by=lead,
    due_date=timezone.localdate(at) + timedelta(days=5), at=at,
)
"""
VERSIONS = "SELECT number, content::text FROM reviews_reviewversion WHERE review_id = %s ORDER BY 1"


def says(page: Page, *sentences: str) -> None:
    """The page says each of these."""
    for each in sentences:
        expect(page.get_by_role("main")).to_contain_text(each)


def gone(page: Page, address: str) -> bool:
    """Whether there is nothing at this address for this person."""
    answer = page.goto(address)
    return answer is not None and answer.status == 404


def publish(page: Page, review: str) -> None:
    """The release officer publishes it."""
    page.goto(f"{review}publish/")
    press(page, "Publish it")
    expect(page.get_by_role("status")).to_contain_text("Published and frozen")


def amend(lead: Page, review: Seed) -> str:
    """The lead opens the amendment, and writes it; returns its address."""
    lead.goto(review.url)
    follow(lead, "Amend the review")
    press(lead, "Sign and open the amendment")
    says(lead, "Say why the review is amended.")
    fill(lead, reason=WHY)
    press(lead, "Sign and open the amendment")
    amendment = lead.url
    says(lead, WHY)
    lead.goto(f"{amendment}sections/B/")
    lead.locator("#id_text").fill("Two search lanes were planned.")
    press(lead, "Save and back to the list")
    lead.goto(f"{amendment}sections/J/")
    press(lead, "Submit to the commander")
    return amendment


def return_and_mend(judge: Page, lead: Page, amendment: str) -> None:
    """The amendment goes back once, with a comment on a section; it is answered; approved."""
    judge.goto(f"{amendment}changes/")
    expect(judge.get_by_role("main").locator("ins").first).to_contain_text("Two")
    judge.goto(f"{amendment}sections/J/")
    judge.get_by_text("Comments on single sections").click()
    fill(judge, comment="Name the witness's post.", on_B="Which order planned the second lane?")
    press(judge, "Return it")
    lead.goto(f"{amendment}sections/B/")
    says(lead, "Which order planned the second lane?")
    lead.locator("#id_text").fill("Two search lanes were planned, by order 14.")
    press(lead, "Save and back to the list")
    follow(lead, "Say what was done")
    fill(lead, answer="The order is named now.")
    press(lead, "Keep the answer")
    lead.goto(f"{amendment}sections/J/")
    press(lead, "Submit again")
    judge.goto(f"{amendment}sections/J/")
    says(judge, "The order is named now.")
    press(judge, "Approve it")


def read_both_versions(reader: Page, review: Seed) -> None:
    """The second version, what it changed, and the first as it was."""
    reader.goto(review.url)
    says(reader, "Two search lanes were planned, by order 14.", "Version 2, frozen")
    follow(reader, "What changed since the version before")
    main = reader.get_by_role("main")
    expect(reader.get_by_role("heading", level=1)).to_contain_text("version 2 changed since")
    expect(main.locator("#B ins").first).to_contain_text("Two")
    expect(main.locator("#B del").first).to_contain_text("One")
    reader.goto(f"{review.url}versions/1/")
    says(reader, "One search lane was planned.", "A newer version is published.")
    says(reader, "Its content still gives the SHA-256")
    expect(main).not_to_contain_text("Two search lanes")


@pytest.mark.proof
def test_a_story_of_an_amendment(product, desk):
    review = a_review(product, "Amended after the court", state="PUBLISHED")
    lead, judge = desk("BL-POLICE", "INVESTIGATOR"), desk("BL-POLICE", "COMMANDER")
    officer, reader = desk("BL-POLICE", "RELEASE_OFFICER"), desk("KP-POLICE", "COMMANDER")
    frozen = product.ask(VERSIONS, review.pk)

    amendment = amend(lead, review)
    # Readers go on reading what is published; of the amendment they see nothing.
    reader.goto(f"{review.url}read/")
    says(reader, "One search lane was planned.")
    expect(reader.get_by_role("main")).not_to_contain_text("Two search lanes")
    expect(reader.get_by_role("main")).not_to_contain_text(WHY)
    assert gone(reader, amendment)
    return_and_mend(judge, lead, amendment)
    publish(officer, amendment)

    read_both_versions(reader, review)
    versions = product.ask(VERSIONS, review.pk)
    assert versions[0] == frozen[0]
    assert [number for number, _ in versions] == [1, 2]
    assert "by order 14" in versions[1][1]


def consult(product: Product, lead: Page, review: Seed) -> None:
    """One agency was asked last week and said nothing; another is asked now."""
    product.run("manage.py", "shell", "-v0", "-c", ASKED_LAST_WEEK.format(pk=review.pk))
    lead.goto(f"{review.url}agencies/")
    choose(lead, agency="Khyber Pakhtunkhwa Police")
    fill(lead, due_date=(TODAY - timedelta(days=1)).isoformat())
    press(lead, "Ask them")
    says(lead, "Give a day that is still to come.")
    fill(lead, due_date=NEXT_MONTH.isoformat())
    press(lead, "Ask them")
    says(lead, "No answer by", "None yet")


def dissent(other: Page, lead: Page, review: Seed) -> None:
    """The agency asked dissents, for good; the lead's answer stands beside it."""
    other.goto("/reviews/asked/")
    follow(other, review.reference)
    follow(other, "Give your agency’s word")
    other.get_by_role("radio", name="Dissents").check()
    press(other, "Give it for good")
    says(other, "Say what your agency disputes.")
    choose(other, kind="Disputes a fact")
    fill(other, about="finding 1", text=DISSENT)
    press(other, "Give it for good")
    says(other, DISSENT, "Dissents")
    expect(other.get_by_role("main").get_by_role("link", name="Edit")).to_have_count(0)
    lead.goto(review.section("I"))
    follow(lead, "Answer it")
    fill(lead, text="The roster is attached as evidence; the finding speaks of the north lane.")
    press(lead, "Attach the answer for good")
    says(lead, DISSENT, "the finding speaks of the north lane")


def give_notice(lead: Page, review: Seed) -> None:
    """The body that a finding criticises is given that passage."""
    lead.goto(f"{review.url}notices/")
    choose(lead, finding_number="1 · Nobody searched the crowd", agency="Sindh Police")
    fill(lead, post="DIG Operations", due_date=NEXT_MONTH.isoformat())
    press(lead, "Give notice")
    says(lead, "DIG Operations", "No reply yet.")


@pytest.mark.proof
def test_a_story_of_dissent_silence_and_fair_notice(product, desk):
    review = a_review(product, "Heard before it is published", state="COMPLETE")
    lead, judge = desk("BL-POLICE", "INVESTIGATOR"), desk("BL-POLICE", "COMMANDER")
    officer, other = desk("BL-POLICE", "RELEASE_OFFICER"), desk("KP-POLICE", "COMMANDER")
    body = desk("SD-POLICE", "COMMANDER")
    submit(lead, review.url)

    consult(product, lead, review)
    dissent(other, lead, review)
    give_notice(lead, review)
    judge.goto(review.section("J"))
    press(judge, "Approve it")
    officer.goto(f"{review.url}publish/")
    says(officer, "It cannot be published before that day has passed, or their reply is in.")
    press(officer, "Publish it")
    expect(officer.get_by_role("status")).not_to_contain_text("Published")

    # The body reads its passage and nothing else, and replies.
    assert gone(body, review.url)
    body.goto("/reviews/asked/")
    follow(body, review.reference)
    says(body, "Nobody searched the crowd", "You read this passage and nothing else of it")
    expect(body.get_by_role("main")).not_to_contain_text("One search lane was planned.")
    fill(body, text=REPLY)
    press(body, "Reply for good")
    says(body, REPLY, "Locked")

    publish(officer, review.url)
    other.goto(f"{review.url}read/")
    says(other, DISSENT, "the finding speaks of the north lane", REPLY, "No answer by")
    content = product.ask(VERSIONS, review.pk)[0][1]
    assert DISSENT in content
    assert REPLY in content
