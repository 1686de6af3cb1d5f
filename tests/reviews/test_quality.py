"""What one recommendation lacks, and how long a case took: no database."""

from datetime import date

import pytest

from reviews import guidance, quality
from reviews.choices import Letter
from reviews.delays import justice_delays
from reviews.models import JusticeStep
from reviews.quality import Asked
from reviews.words import begins_an_action, is_vague, owners_named

TODAY = date(2026, 11, 20)
SOUND = {
    "text": "Search everybody who enters the lane.",
    "owner_post": "SP Headquarters",
    "due_date": date(2026, 12, 20),
    "closure_criterion": "Three Fridays with a signed list.",
    "has_category": True,
    "answers": 1,
}


def lacking(**said):
    return {
        each.field: each.is_note for each in quality.lacks(Asked(**(SOUND | said)), today=TODAY)
    }


class TestTheGate:
    @pytest.mark.parametrize(
        ("said", "found"),
        [
            ({}, {}),
            ({"owner_post": "all agencies"}, {"owner_post": False}),
            ({"owner_post": "متعلقہ ادارے"}, {"owner_post": False}),
            ({"owner_post": "DPO and Deputy Commissioner"}, {"owner_post": False}),
            ({"text": "Training of police personnel"}, {"text": False}),
            ({"text": "Coordination between agencies should be strengthened."}, {"text": False}),
            ({"text": "رابطہ مزید مضبوط کیا جائے۔"}, {"text": False}),
            ({"closure_criterion": " "}, {"closure_criterion": False}),
            ({"due_date": None}, {"due_date": False}),
            ({"due_date": date(2026, 11, 19)}, {"due_date": False}),
            ({"has_category": False}, {"category": False}),
            ({"answers": 0}, {"findings": True}),
            ({"is_quick_fix": True, "due_date": None}, {"done_date": False}),
            ({"is_quick_fix": True, "due_date": None, "done_date": TODAY}, {}),
        ],
    )
    def test_names_the_field_that_lacks_something(self, said, found):
        assert lacking(**said) == found

    def test_only_notes_what_a_published_inquiry_worded_and_dated(self):
        quoted = {"text": "Liaison should be improved.", "due_date": date(2017, 1, 1)}

        assert lacking(**quoted, is_quoted=True) == {"text": True, "due_date": True}


class TestWords:
    def test_of_an_order_are_known_in_both_languages(self):
        for text in (
            "Example. Let an engineer look at every hall.",
            "NACTA must publish the list.",
            "Immediately close the side gate.",
            "ہر ہال کی چھت کا معائنہ کرایا جائے۔",
        ):
            assert begins_an_action(text), text
            assert not is_vague(text), text

    def test_that_are_vague_are_forgiven_beside_what_can_be_done(self):
        assert is_vague("Police should consider cameras.")
        assert not is_vague("Buy 20 cameras. Their upkeep should be improved.")

    @pytest.mark.parametrize(
        ("owner", "count"),
        [
            ("Secretary, Home and Tribal Affairs", 1),
            ("Director, Public Relations, KP Police", 1),
            ("DPO/RPO", 2),
            ("ایس پی سٹی اور ڈپٹی کمشنر", 2),
        ],
    )
    def test_of_an_owner_count_its_posts(self, owner, count):
        assert owners_named(owner) == count


class TestDelays:
    def test_count_days_from_the_incident_and_keep_the_unknown(self):
        steps = [
            JusticeStep(kind="fir", on_date=date(2023, 9, 30)),
            JusticeStep(kind="forensic", on_date=date(2023, 9, 30)),
            JusticeStep(
                kind="forensic", on_date=date(2023, 10, 2), reported_date=date(2023, 10, 20)
            ),
            JusticeStep(kind="challan"),
        ]

        found = [each.days for each in justice_delays(date(2023, 9, 29), steps)]

        assert found == [1, 1, 21, 18, None]


class TestGuidance:
    def test_asks_in_every_section_and_blames_nobody(self):
        for letter in Letter.values:
            asked = " ".join(map(str, guidance.of(letter))).casefold()
            assert len(guidance.of(letter)) >= 3
            assert not {"blame", "fault", "culprit", "negligence"} & set(asked.split())
