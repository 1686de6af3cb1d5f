"""A published inquiry in a review: several posts of a body, moments, words as published."""

import pytest
from django.urls import reverse

from reviews import actions, selectors
from reviews.choices import Letter
from tests.factories import NOON
from tests.incidents.factories import DAY
from tests.reviews.factories import section


@pytest.fixture
def add(draft, lead):
    """Adds a line of the draft by its noun."""

    def added(noun, **said):
        deed = getattr(actions, f"add_{noun}")
        return deed(review_id=draft.pk, by=lead, at=NOON, **said)

    return added


class TestAPublishedInquiry:
    def test_has_several_posts_of_one_body_under_a_finding(self, add, lead):
        finding = add("finding", kind="failure", title="Nobody led.")
        said = {"finding": finding, "name": "County police"}

        add("finding_body", **said, post="Duty officer")
        add("finding_body", **said, post="Silver", role="CLEARED")

        with pytest.raises(actions.NotSound, match="stands under the finding already"):
            add("finding_body", **said, post="Silver")

    def test_counts_a_kind_of_source_once_for_each_way_it_was_heard(self, add):
        add("source_heard", kind="witness", way="ORAL", number=267)
        add("source_heard", kind="witness", way="READ")

        with pytest.raises(actions.NotSound, match="counted already"):
            add("source_heard", kind="witness", way="ORAL")

    @pytest.mark.parametrize(
        ("noun", "said", "sentence"),
        [
            ("sitting", {"kind": "OPEN", "why_closed": "Secrets"}, "without the public"),
            ("recommendation", {"text": "Train.", "monitored_number": "MR1"}, "monitored"),
            ("report", {"title": "x", "set_up_date": NOON.date(), "published_date": DAY}, "before"),
            ("care", {"kind": "liaison", "amount_published": "£5"}, "compensation"),
        ],
    )
    def test_is_held_to_what_must_be_true(self, add, noun, said, sentence):
        with pytest.raises(actions.NotSound, match=sentence):
            add(noun, **said)

    def test_tells_when_an_opportunity_was_missed(self, draft, at_desk):
        url = reverse("reviews:row_add", args=[draft.pk, "findings"])
        typed = {
            "row-kind": "missed",
            "row-title": "A report was not passed on.",
            "row-phase": "BEFORE",
            "row-counterfactual": "POSSIBLY",
            "row-severity": "UNKNOWN",
            "row-known_before": "UNKNOWN",
            "row-clock": "2223-2231",
            "row-source_words": "No one passed it on.",
        }

        without_day = at_desk.post(url, typed)
        at_desk.post(url, {**typed, "row-on_date": str(DAY), "row-until_date": ""})

        assert without_day.status_code == 422
        assert "Give the day as well as the time." in without_day.text
        finding = draft.findings.get()
        told = selectors.review_document(draft)["findings"][0]
        assert (finding.at_time.hour, told["until_time"], told["precision"]) == (
            22,
            "22:31",
            "ABOUT",
        )
        page = at_desk.get(reverse("reviews:review_read", args=[draft.pk])).text
        assert "22:23–22:31" in page
        assert "No one passed it on." in page
        again = at_desk.get(reverse("reviews:row_change", args=[draft.pk, "findings", finding.pk]))
        assert "22:23-22:31" in again.text

    def test_has_chapters_on_families_and_on_the_security_of_the_place(self, draft, lead, at_desk):
        type(draft).objects.filter(pk=draft.pk).update(tier="T3")
        for letter, code in ((Letter.G, "FAMILIES"), (Letter.B, "SECURITY")):
            empty = selectors.fingerprint(selectors.chapter_texts(draft, letter))
            actions.save_chapters(
                review_id=draft.pk, letter=letter, texts={code: f"Of {code}"}, version=empty,
                by=lead, at=NOON,
            )  # fmt: skip

        page = at_desk.get(reverse("reviews:review_read", args=[draft.pk])).text

        assert "Of FAMILIES" in page
        assert "Of SECURITY" in page
        assert "chapters" in at_desk.get(section(draft, Letter.G)).text
