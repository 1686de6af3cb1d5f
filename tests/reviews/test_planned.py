"""Sections B and C in lines: plans, alerts, occasions, resources, decisions, the adversary."""

import uuid
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from audit.models import Event
from incidents.models import Particular, PriorAlert, SecurityPlan
from reviews import actions, selectors
from reviews.forms.moments import MomentField
from reviews.models import AlertReceived, Review
from tests.factories import NOON
from tests.incidents.factories import DAY
from tests.reviews.factories import section

SENT: dict[str, Any] = {"number": "802", "issued_by": "NACTA", "done": "NOTHING"}
SENT |= {"issued_date": DAY - timedelta(days=110), "issued_precision": "DAY"}
ON_RECEIPT: dict[str, Any] = {"received": "YES", "received_date": DAY, "received_precision": "DAY"}
LINES: dict[str, dict[str, Any]] = {
    "plan": {"title": "Procession plan", "rehearsed": "NO"},
    "alert": SENT,
    "occasion": {"occasion": "milad", "rating": "HIGH", "rated_by": "SP Security"},
    "deployment": {"text": "Constables", "planned": 20, "present": 12},
    "decision": {"text": "Whether the route is closed", "outcome": "NO_OWNER"},
    "adversary": {"method": "One attacker on foot", "method_grade": "B2"},
}
CHANGED: dict[str, dict[str, Any]] = {
    "plan": {"rehearsed": "YES", "rehearsed_date": DAY},
    "alert": {"done": "ORDERED", "acted_date": DAY, "acted_precision": "DAY"},
    "occasion": {"rating": "NOT_RATED", "rated_by": ""},
    "deployment": {"present": 0},
    "decision": {"outcome": "TAKEN", "held_by": "DC"},
    "adversary": {"recce": "Not known", "recce_grade": "F6"},
}

# What each line may not say, and the field that it is said beside.
WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("plan", {"rehearsed_date": DAY}, "rehearsed_date"),
    ("alert", {"issued_time": time(0)}, "issued"),
    ("alert", {"issued_date": NOON.date() + timedelta(days=1)}, "issued"),
    ("alert", {"received_date": DAY, "received_precision": "DAY"}, "received"),
    ("alert", ON_RECEIPT | {"received_date": DAY - timedelta(days=200)}, "got"),
    ("alert", {"acted_date": DAY, "acted_precision": "DAY"}, "acted"),
    ("alert", {"number": "", "issued_by": ""}, "number"),
    ("occasion", {"rating": "NOT_RATED"}, "rated_by"),
    ("decision", {"held_by": "DC"}, "held_by"),
    ("decision", {"outcome": "TAKEN"}, "held_by"),
    ("decision", {"outcome": "DELEGATED", "held_by": "DC"}, "delegated_to"),
    ("adversary", {"recce_grade": "B2"}, "recce_grade"),
]


def do(deed, noun, **said):
    return getattr(actions, f"{deed}_{noun}")(at=NOON, **said)


class TestEveryNewLine:
    @pytest.mark.parametrize("noun", sorted(LINES))
    def test_is_added_once_changed_never_unseen_and_removed_on_the_record(self, draft, lead, noun):
        common = {"review_id": draft.pk, "by": lead}
        key = uuid.uuid4()

        row = do("add", noun, key=key, **common, **LINES[noun])
        again = do("add", noun, key=key, **common, **LINES[noun])
        do("change", noun, row_id=row.pk, version=1, **common, **(LINES[noun] | CHANGED[noun]))
        do("change", noun, row_id=row.pk, version=1, **common, **LINES[noun])  # as it was read
        row.refresh_from_db()
        said = {name: getattr(row, name) for name in CHANGED[noun]}
        do("remove", noun, row_id=row.pk, **common)

        assert (again, said) == (row, CHANGED[noun])
        assert not type(row).objects.exists()
        deeds = [each.data["deed"] for each in Event.objects.filter(data__row=row._meta.model_name)]
        assert sorted(deeds) == ["added", "changed", "removed"]

    def test_is_not_for_an_outsider_nor_once_submitted(self, draft, submitted, lead, outsider):
        for noun, said in LINES.items():
            with pytest.raises(Review.DoesNotExist):
                do("add", noun, review_id=draft.pk, by=outsider, **said)
            with pytest.raises(actions.NotOpen):
                do("add", noun, review_id=submitted.pk, by=lead, **said)

    def test_says_nothing_that_cannot_be(self, draft, lead):
        for noun, said, field in WRONG:
            with pytest.raises(actions.NotSound) as refused:
                do("add", noun, review_id=draft.pk, by=lead, **(LINES[noun] | said))

            assert (noun, refused.value.field) == (noun, field)


class TestChain:
    def test_shows_that_nothing_is_recorded_as_done(self, draft, lead):
        do("add", "alert", review_id=draft.pk, by=lead, **SENT)

        (chain,) = selectors.chains(draft)

        assert chain.is_silent
        assert chain.before == "The incident came 110 days after it was sent."
        assert [each.word for each in chain.steps] == [
            *(
                "11 Jun 2023",
                "Not recorded",
                "No acknowledgement recorded",
                "Nothing recorded as done",
            ),
        ]

    def test_counts_the_days_between_its_steps(self, draft, lead):
        steps = ON_RECEIPT | {"received_date": SENT["issued_date"], "done": "ORDERED"}
        steps |= {"acknowledged_by": "Duty officer", "acknowledged_precision": "MONTH"}
        steps |= {"acknowledged_date": date(2023, 7, 1), "acted_date": DAY, "acted_time": time(9)}
        steps |= {"acted_precision": "ABOUT"}
        do("add", "alert", review_id=draft.pk, by=lead, **(SENT | steps))

        (chain,) = selectors.chains(draft)

        assert [each.gap for each in chain.steps] == ["", "same day", "", "110 days later"]
        assert [chain.steps[2].word, chain.steps[3].when] == [
            "Jul 2023",
            "29 Sep 2023, about 09:00",
        ]


class TestMomentField:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("28/8/2014", "2014-08-28"),
            ("28.08.2014 1713", "2014-08-28 17:13"),
            ("2014-8-28 c17:13", "2014-08-28 c17:13"),
            ("8/2014", "2014-08"),
        ],
    )
    def test_takes_a_day_as_people_write_it(self, typed, kept):
        assert str(MomentField().clean(typed)) == kept
        assert str(MomentField().clean(kept)) == kept

    @pytest.mark.parametrize("typed", ["soon", "31/2/2014", "28/8/2014 2599", "8/2014 1713"])
    def test_says_what_is_no_day(self, typed):
        with pytest.raises(ValidationError):
            MomentField().clean(typed)


def on_record(review, made):
    made.incident, made.section = review.incident, made.SECTION
    made.recorded_at, made.recorded_by = NOON, review.lead
    made.save()
    return made


class TestTakeOver:
    def test_copies_the_alert_of_the_record_once_and_keeps_the_words(self, at_desk, draft):
        told = on_record(draft, PriorAlert(reference="802", issued_by="NACTA", done="Read out."))
        button = {"do": f"take-{told.pk}", "version": 1, "text": "Words."}

        answer = at_desk.post(section(draft, "B"), button)
        at_desk.post(section(draft, "B"), button | {"version": 2})

        line = AlertReceived.objects.get()
        assert answer.url == reverse("reviews:row_change", args=[draft.pk, "alerts", line.pk])
        assert (line.number, line.done, line.done_words) == ("802", "", "Read out.")
        assert draft.sections.get(letter="B").text == "Words."
        page = at_desk.get(section(draft, "B")).content.decode()
        assert "Taken over" in page
        assert button["do"] not in page

    def test_is_refused_for_what_no_longer_stands(self, at_desk, draft, lead, outsider):
        told = on_record(draft, SecurityPlan(in_force="NO", what="Two lanes."))
        common = {"review_id": draft.pk, "particular_id": told.pk, "at": NOON}

        assert actions.take_over(by=lead, **common).in_force == "NO"
        Particular.objects.filter(pk=told.pk).update(replaced_at=NOON, replaced_by=lead)

        with pytest.raises(actions.NotOnRecord):
            actions.take_over(by=lead, **common)
        with pytest.raises(Review.DoesNotExist):
            actions.take_over(by=outsider, **common)


class TestPages:
    def test_tell_the_whole_of_both_sections(self, at_desk, draft, lead):
        for noun, said in LINES.items():
            do("add", noun, review_id=draft.pk, by=lead, **said)

        pages = [at_desk.get(section(draft, letter)).content.decode() for letter in "BC"]
        read = at_desk.get(reverse("reviews:review_read", args=[draft.pk])).content.decode()
        frozen = selectors.review_document(draft)

        for words in ("Procession plan", "110 days after", "SP Security", "Constables", "No owner"):
            assert words in pages[0]
            assert words in read
        assert "One attacker on foot" in pages[1]
        assert "One attacker on foot" in read
        assert frozen["alerts"][0]["steps"]["received"]["precision"] == "UNKNOWN"
        assert frozen["adversary"]["method"] == {"text": "One attacker on foot", "grade": "B2"}
        assert (
            "1 alert, 1 with nothing recorded as done"
            in at_desk.get(draft.get_absolute_url()).content.decode()
        )

    def test_put_a_typed_alert_back_as_it_was_typed(self, at_desk, draft):
        typed = {"row-number": "802", "row-issued": "28/8/2014 c1713", "row-got": "29/8/2014",
                 "row-received": "UNKNOWN", "row-done": "NOTHING"}  # fmt: skip
        url = reverse("reviews:row_add", args=[draft.pk, "alerts"])

        wrong = at_desk.post(url, typed | {"row-got": "27/8/2014"})
        at_desk.post(url, typed)

        assert wrong.status_code == 422
        assert "An earlier step of the alert has a later day." in wrong.content.decode()
        line = AlertReceived.objects.get()
        assert (line.received, line.issued_precision) == ("YES", "ABOUT")
        change = reverse("reviews:row_change", args=[draft.pk, "alerts", line.pk])
        assert 'value="2014-08-28 c17:13"' in at_desk.get(change).content.decode()
