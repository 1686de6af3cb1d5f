"""Lines of a log pasted from a table, and how a clock is said to be out."""

import re
import uuid
from datetime import time

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from audit.models import Event
from reviews.forms.fields import ClockOffsetField
from tests.incidents.factories import DAY
from tests.reviews.factories import section, words


class TestClockOffsetField:
    @pytest.mark.parametrize(
        ("typed", "seconds"),
        [
            ("4 min fast", 240),
            ("slow 90 s", -90),
            ("+4:10", 250),
            ("-30", -30),
            ("1 h 2 min slow", -3720),
            ("۴ منٹ تیز", 240),
            ("", 0),
        ],
    )
    def test_reads_how_a_clock_is_out(self, typed, seconds):
        assert ClockOffsetField().clean(typed) == seconds

    @pytest.mark.parametrize("typed", ["4 min", "fast", "8 days fast", "200 h fast"])
    def test_refuses_what_does_not_say_which_way_or_how_far(self, typed):
        with pytest.raises(ValidationError):
            ClockOffsetField().clean(typed)


class TestPaste:
    LOG = (
        "تاریخ\tوقت\tادارہ\tکیا ہوا\tقسم\n"
        "29/09/2023\t16:22\tPolice\tExplosion\tEffect\n"
        "29 Sep 2023\t25:10\tPolice\tCall, logged\t\n"
        "\t5:30 pm\tRescue\tArrives\tdance\n"
    )

    def url(self, review):
        return reverse("reviews:entries_paste", args=[review.pk])

    def test_checks_each_line_keeps_the_bad_ones_and_adds_the_sound_ones_once(self, at_desk, draft):
        key = str(uuid.uuid4())

        checked = at_desk.post(self.url(draft), {"text": self.LOG, "day": DAY, "key": key})

        page = checked.text
        assert "1 line is sound." in page
        assert "25:10 is not a time of the day." in page
        assert "“dance” is none of these: " in page
        sent = re.findall(r'name="line" value="([^"]*)"', page.replace("&quot;", "'"))
        assert len(sent) == 3
        rows = [each.replace("'", '"') for each in sent]
        columns = re.search(r'name="columns" value="([^"]*)"', page)[1]
        common = {"columns": columns, "key": key, "day": DAY}
        for _click in range(2):
            kept = at_desk.post(self.url(draft), {**common, "line": rows, "do": "sound"})
        assert kept.text.count('aria-invalid="true"') == 2
        assert draft.timeline.get().kind == "EFFECT"
        assert Event.objects.filter(data__deed="pasted").count() == 1
        put_right = [row.replace("25:10", "16:25").replace("dance", "Action") for row in rows[1:]]
        done = at_desk.post(self.url(draft), {**common, "line": put_right, "do": "all"})
        assert done.url == section(draft, "D")
        assert words(draft) == ["Explosion", "Call, logged", "Arrives"]

    def test_takes_two_hundred_lines_and_leaves_out_what_stands_there(self, at_desk, draft, say):
        say("Deed 7", at=time(9), acting="Police")
        text = "\n".join(f"09:00,Police,Deed {n}" for n in range(200))

        page = at_desk.post(self.url(draft), {"text": text, "day": DAY}).text
        more = at_desk.post(self.url(draft), {"text": f"{text}\n09:01,Police,More", "day": DAY})

        assert "199 lines are sound." in page
        assert "left out" in page
        assert more.status_code == 422
        assert "At most 200 lines" in more.text

    def test_is_not_there_for_an_outsider(self, client, outsider, draft):
        client.force_login(outsider)

        assert client.get(self.url(draft)).status_code == 404

    def test_keeps_the_lines_of_a_review_that_left_the_team(self, at_desk, submitted):
        typed = {"columns": "clock,text", "line": ["1622,Explosion"], "day": DAY, "do": "all"}

        answer = at_desk.post(self.url(submitted), typed)

        assert answer.status_code == 422
        assert "with the commander" in answer.text
        assert 'value="1622,Explosion"' in answer.text
