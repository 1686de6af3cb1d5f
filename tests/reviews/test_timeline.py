"""Section D: what happened, as exactly as it is known and no more."""

import re
from datetime import date, time

import pytest
from django.urls import reverse

from audit.models import Event
from incidents.choices.files import EvidenceKind, MediaGroup
from incidents.models import CasualtyCount, Evidence, ResponseTime
from reviews import actions, forms, selectors
from reviews.intervals import intervals_of
from reviews.lanes import lanes_by_day
from reviews.models import TimelineEntry
from reviews.rendering import minutes_text, swim_lanes
from reviews.rendering.axis import Axis
from tests.counting import LOCK
from tests.factories import NOON, AgencyFactory, UserFactory
from tests.incidents.factories import DAY, IncidentFactory
from tests.reviews.factories import ReviewFactory, section, words

NEXT = date(2023, 9, 30)


def tell(entry, lead, *times):
    for at_time in times:
        actions.add_account(
            review_id=entry.review_id, entry_id=entry.pk, by=lead, at=NOON,
            teller=f"Post {at_time}", said="So.", at_time=at_time,
        )  # fmt: skip


def piece_of(incident, lead, number):
    """A piece of evidence, handed in by the lead."""
    return Evidence.objects.create(
        incident=incident, agency=incident.agency, tlp=incident.tlp, added_at=NOON, added_by=lead,
        classification=incident.classification, title=f"Camera {number}", original_name="a.jpg",
        kind=EvidenceKind.PHOTOGRAPH, media_type="image/jpeg", group=MediaGroup.IMAGE, size=1,
        sha256=f"{number:064x}", path=f"originals/00/{number:064x}",
    )  # fmt: skip


class TestEntryForm:
    def form(self, review, **typed):
        said = {"on_date": DAY.isoformat(), "text": "x", "kind": "ACTION", "phase": "DURING"}
        return forms.EntryForm(
            {f"row-{name}": each for name, each in (said | typed).items()}, review=review
        )

    @pytest.mark.parametrize(
        ("typed", "held"),
        [
            ({"clock": "171305"}, ("SECOND", time(17, 13, 5), None, None)),
            ({"clock": "17h"}, ("HOUR", time(17), None, None)),
            ({"clock": "5:13 pm"}, ("MINUTE", time(17, 13), None, None)),
            ({"clock": "2350-0020"}, ("ABOUT", time(23, 50), time(0, 20), NEXT)),
            ({"until_date": "2023-09-30"}, ("RANGE", None, None, NEXT)),
            ({"precision": "YEAR"}, ("YEAR", None, None, None)),
        ],
    )
    def test_takes_a_moment_from_the_second_to_the_year(self, draft, typed, held):
        form = self.form(draft, **typed)

        assert form.is_valid(), form.errors
        values = form.values()
        names = ("precision", "at_time", "until_time", "until_date")
        assert tuple(values[name] for name in names) == held

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"authority": "Order 7"}, "kind"),
            ({"clock_offset": "4 min fast"}, "clock_offset"),
            ({"until_date": "2023-09-28"}, "until_date"),
            ({"clock": "1713", "until_date": "2023-09-30"}, "clock"),
        ],
    )
    def test_says_what_does_not_fit_together(self, draft, typed, field):
        assert list(self.form(draft, **typed).errors) == [field]


class TestEntry:
    def test_knows_the_agency_that_its_name_means(self, say):
        agency = AgencyFactory.create(name="Levies Force", name_ur="لیویز")

        entry = say("Sent.", acting=" levies  force", told="لیویز")

        assert (entry.acting_agency, entry.told_agency) == (agency, agency)

    def test_stands_where_its_clock_put_right_says(self, say, draft):
        say("Seen at the gate.", at=time(16, 20))
        say("On camera.", at=time(16, 23), clock_offset=240)

        assert words(draft) == ["On camera.", "Seen at the gate."]
        line = selectors.timeline_of(draft).days[0].entries[0]
        assert (line.clock, line.entered) == ("16:19", "16:23 by its clock, 4 min fast")

    @pytest.mark.parametrize("said", [{"clock_offset": 60}, {"authority": "Order 7"}])
    def test_is_refused_what_its_kind_or_time_does_not_carry(self, say, draft, said):
        with pytest.raises(actions.NotSound):
            say("Sent.", **said)

        assert not draft.timeline.exists()

    def test_changes_place_with_its_neighbour_only(self, say, draft, lead):
        first, second, timed = say("First."), say("Second."), say("Timed.", at=time(9))
        common = {"review_id": draft.pk, "by": lead, "at": NOON}

        for _click in range(2):
            actions.move_entry_before(row_id=second.pk, other_id=first.pk, **common)

        assert words(draft) == ["Timed.", "Second.", "First."]
        assert Event.objects.filter(data__deed="moved").count() == 1
        actions.move_entry_after(row_id=second.pk, other_id=first.pk, **common)
        assert words(draft) == ["Timed.", "First.", "Second."]
        with pytest.raises(actions.NotBeside, match="times decide"):
            actions.move_entry_before(row_id=second.pk, other_id=timed.pk, **common)

    def test_moves_by_a_button_that_keeps_the_keyboard_and_the_words(self, at_desk, say, draft):
        first, second = say("First."), say("Second.")

        answer = at_desk.post(
            section(draft, "D"),
            {"version": 1, "text": "Typed.", "do": f"earlier:{second.pk}:{first.pk}"},
        )

        assert answer.url == f"{section(draft, 'D')}#later-{second.pk}"
        assert words(draft) == ["Second.", "First."]
        assert draft.sections.get(letter="D").text == "Typed."


class TestEvidenceOfAnEntry:
    def test_is_attached_once_and_seen_with_the_piece_only(self, client, say, draft, lead):
        entry = say("Seen.")
        piece = piece_of(draft.incident, lead, 4)
        common = {"review_id": draft.pk, "entry_id": entry.pk, "evidence_id": piece.pk}

        for _click in range(2):
            actions.attach_evidence(by=lead, at=NOON, **common)

        assert entry.shown_by.count() == 1
        assert selectors.beside(draft, lead).pieces == {entry.pk: [piece]}
        [frozen] = selectors.review_document(draft)["timeline"]
        assert frozen["evidence"] == [piece.sha256]
        Evidence.objects.filter(pk=piece.pk).update(tlp="RED")
        assert selectors.beside(draft, lead).pieces == {}
        assert selectors.review_document(draft)["timeline"][0]["evidence"] == []

    def test_is_of_the_incident_under_review(self, at_desk, say, draft, lead, outsider):
        entry = say("Seen.")
        other = piece_of(IncidentFactory.create(by=lead), lead, 5)
        common = {"review_id": draft.pk, "entry_id": entry.pk, "evidence_id": other.pk}

        with pytest.raises(Evidence.DoesNotExist):
            actions.attach_evidence(by=lead, at=NOON, **common)

        page = reverse("reviews:entry_evidence", args=[draft.pk, entry.pk])
        assert at_desk.post(page, {"attach": other.pk}).url == page
        assert not entry.shown_by.exists()
        at_desk.force_login(outsider)
        assert at_desk.get(page).status_code == 404


class TestLanes:
    def test_measure_a_hand_off_over_midnight_with_clocks_put_right(self, say, draft):
        say("Told.", at=time(23, 55), acting="Police", told="Rescue", clock_offset=-60)
        say("Arrives.", at=time(0, 11, 30), on_date=NEXT, precision="SECOND", acting="Rescue")

        [first, second] = lanes_by_day(selectors.in_order(draft))

        [hand_off] = first.hand_offs
        assert (hand_off.end, minutes_text(hand_off)) == ("00:11:30, 1 day later", "16")
        assert (first.day, second.day, second.hand_offs) == (DAY, NEXT, ())
        assert "16 min" in swim_lanes(first)

    def test_break_the_axis_where_nothing_happened_for_long(self):
        hour = 3600
        axis = Axis([16 * hour, 16 * hour + 600, 23 * hour], 140, 820)

        [(x, gap)] = axis.breaks()

        assert axis(16 * hour + 600) < x < axis(23 * hour)
        assert gap > 6 * hour
        assert axis(16 * hour + 600) - axis(16 * hour) > 100

    def test_tell_kinds_apart_and_lay_no_words_over_each_other(self, say, draft):
        for n in range(40):
            say(f"Deed {n}", at=time(16, n), acting=f"Agency {n % 6} of the whole province",
                told=f"Agency {(n + 1) % 6} of the whole province",
                kind="DECISION" if n % 2 else "WARNING",
                **({"milestone": "ATTACK"} if n == 3 else {}))  # fmt: skip

        svg = swim_lanes(lanes_by_day(selectors.in_order(draft))[0])

        text = (
            r'<text class="strong halo"[^>]* x="([\d.]+)" y="([\d.]+)" text-anchor="(\w+)">(.*?)<'
        )
        boxes = []
        for x, y, anchor, said in re.findall(text, svg):
            width = 6.9 * len(said)
            left = float(x) - {"start": 0, "middle": width / 2, "end": width}[anchor]
            boxes.append((left, float(y) - 10, left + width, float(y) + 2))
        assert len(boxes) > 5
        assert not any(
            a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
            for n, a in enumerate(boxes)
            for b in boxes[:n]
        )
        assert "16:03 Attack began" in svg
        assert svg.count("l7.5 7.5l-7.5 7.5l-7.5 -7.5Z") == 20


class TestIntervals:
    def test_are_computed_from_milestones_and_blank_where_nobody_knows(self, say, draft, lead):
        say("Explosion.", at=time(16, 22), milestone="ATTACK")
        say("Call.", at=time(16, 24), milestone="ALERT")
        sent = say("Ambulance.", milestone="AMBULANCE")
        tell(sent, lead, time(16, 26), time(16, 41))
        say("Police.", at=time(16, 40), precision="ABOUT", milestone="FIRST_UNIT")

        found = {each.code: each for each in intervals_of(selectors.in_order(draft))}

        assert found["AMBULANCE"].clock == "16:26 / 16:41"
        assert found["AMBULANCE"].since_attack == "4 or 19"
        assert found["FIRST_UNIT"].since_alert == "about 16"
        assert (found["HOSPITAL"].clock, found["HOSPITAL"].since_alert) == ("", "")

    def test_take_what_was_settled(self, say, draft, lead):
        entry = say("Ambulance.", at=time(16, 26), milestone="AMBULANCE", settled="By the log.")
        tell(entry, lead, time(16, 26), time(16, 41))

        found = {each.code: each.clock for each in intervals_of(selectors.in_order(draft))}

        assert found["AMBULANCE"] == "16:26"


class TestPagesOfTheTimeline:
    def test_show_what_the_incident_says_to_who_may_see_it_there(self, client, lead):
        incident = IncidentFactory.create(
            by=lead,
        )
        CasualtyCount.objects.create(
            incident=incident, state="killed", best=12, recorded_at=NOON, recorded_by=lead
        )
        ResponseTime.objects.create(
            incident=incident, section="RESPONSE", step="ALERT", on_date=DAY, precision="MINUTE",
            at_time=time(11, 40), recorded_at=NOON, recorded_by=lead,
        )  # fmt: skip
        review = ReviewFactory.create(lead=lead, incident=incident)
        actions.add_entry(
            review_id=review.pk, by=lead, at=NOON, text="Call.", on_date=DAY, at_time=time(11, 41),
            precision="MINUTE", milestone="ALERT", is_public=True,
        )  # fmt: skip

        client.force_login(lead)
        page = client.get(reverse("reviews:review_read", args=[review.pk])).text

        assert "11:40" in page
        assert "Casualties, from the incident’s record" in page
        assert "What the public was told" in page
        hidden = selectors.beside(review, UserFactory.create())
        assert (hidden.series, hidden.sources, hidden.recorded, hidden.named) == (None, [], {}, [])

    @pytest.mark.parametrize("name", ["section_edit", "review_read"])
    def test_ask_the_same_number_of_queries_for_two_hundred_entries(
        self, at_desk, draft, say, name, django_assert_max_num_queries
    ):
        url = (
            section(draft, "D")
            if name == "section_edit"
            else reverse("reviews:review_read", args=[draft.pk])
        )
        say("Deed.", at=time(9), acting="Police", told="Rescue", milestone="ALERT")
        at_desk.get(url)
        with django_assert_max_num_queries(16 + LOCK) as few:
            at_desk.get(url)
        TimelineEntry.objects.bulk_create(
            TimelineEntry(
                review=draft, text=f"Deed {n}", on_date=DAY, at_time=time(9 + n % 10, n % 60),
                precision="MINUTE", acting=f"Agency {n % 12}", told=f"Agency {n % 7}",
            )
            for n in range(200)
        )  # fmt: skip

        with django_assert_max_num_queries(len(few)):
            page = at_desk.get(url)

        assert page.text.count('class="when"') == 201

    def test_give_the_timeline_to_the_api(self, client, say, draft, lead, outsider):
        say("On camera.", at=time(16, 23), clock_offset=240)

        client.force_login(lead)
        [entry] = client.get(f"/api/reviews/{draft.pk}/").json()["timeline"]

        assert (entry["time"], entry["began"]) == ("16:23:00", "2023-09-29T16:19:00+05:00")
        client.force_login(outsider)
        assert client.get(f"/api/reviews/{draft.pk}/").status_code == 404
