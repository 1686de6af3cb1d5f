"""The statement that is planned once, and the lines that Python draws."""

from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from agencies.lock import acting
from reviews import actions
from reviews.markup.entries import entry_html
from reviews.markup.pieces import Fact, facts
from reviews.models import Review, TimelineEntry
from reviews.selectors import reading, timeline_of
from reviews.selectors.gathering import gathered
from reviews.selectors.prepared import STAND_IN
from tests.factories import NOON
from tests.incidents.factories import DAY


@pytest.fixture
def entry(draft, lead):
    """An entry whose words would be markup."""
    return actions.add_entry(
        review_id=draft.pk, by=lead, at=NOON, text="<b>", acting="<i>Police</i>",
        at_time=time(16, 22), precision="ABOUT", on_date=DAY,
    )  # fmt: skip


class TestPreparedLists:
    def test_are_what_the_plain_query_gathers(self, draft, lead, entry):
        with acting(lead):
            found = reading.OF_REVIEW.gathered(draft)
            plain = gathered(draft, **reading._asked(draft))

        assert found == plain
        assert [each.text for each in found["entries"]] == ["<b>"]

    def test_are_planned_once_for_a_connection(self, draft, lead):
        with (
            acting(lead),
            CaptureQueriesContext(
                connection,
            ) as captured,
        ):
            reading.OF_REVIEW.gathered(draft)
            reading.OF_REVIEW.gathered(draft)

        prepared = [each for each in captured.captured_queries if "PREPARE" in each["sql"][:8]]
        assert len(prepared) <= 1

    def test_name_no_review_but_the_one_that_is_asked_for(self):
        assert str(STAND_IN.pk) not in reading.OF_REVIEW._sql
        assert str(STAND_IN.incident_id) not in reading.OF_REVIEW._sql
        assert "$1" in reading.OF_REVIEW._sql
        assert "$2" in reading.OF_REVIEW._sql

    def test_hold_nothing_for_an_outsider_after_the_lead_has_read(self, draft, lead, outsider):
        with acting(lead):
            reading.OF_REVIEW.gathered(draft)

        with acting(outsider), pytest.raises(Review.DoesNotExist):
            reading.OF_REVIEW.gathered(draft)


class TestLabels:
    @pytest.mark.parametrize("language", ["en", "ur"])
    def test_are_those_that_django_gives(self, language):
        field = TimelineEntry._meta.get_field("kind")
        row = TimelineEntry(kind="DECISION")

        with translation.override(language):
            label = str(dict(field.flatchoices)["DECISION"])

            assert row.get_kind_display() == label

    def test_leave_an_unknown_value_as_it_is(self):
        assert TimelineEntry(kind="no such").get_kind_display() == "no such"


class TestLinesDrawn:
    def test_escape_what_somebody_typed(self, draft, lead, entry):
        with acting(lead):
            ((line,),) = [day.entries for day in timeline_of(draft).days]

        drawn = entry_html(line, ())

        assert "<bdi>&lt;b&gt;</bdi>" in drawn
        assert "&lt;i&gt;Police&lt;/i&gt;" in drawn
        assert "<i>" not in drawn

    def test_say_their_labels_in_the_language_of_the_page(self):
        with translation.override("ur"):
            urdu = facts([Fact("Owner", "<x>")])

        english = facts([Fact("Owner", "<x>")])

        assert "<dt>Owner</dt><dd>&lt;x&gt;</dd>" in english
        assert "Owner" not in urdu
