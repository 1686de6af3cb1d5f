"""Lines for machines: every kind by its own form and deeds, written over what was read."""

import uuid
from typing import Any

import pytest
from django.urls import reverse

from reviews.kinds import KINDS
from tests.incidents.evidence.samples import EvidenceFactory
from tests.incidents.factories import DAY

# What a line of each kind says at least, and one answer put right. A name in braces is the number
# of a line that was added before it.
SAID: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "reports": ({"title": "Inquiry"}, {"volume": "2"}),
    "sittings": ({"kind": "OPEN"}, {"days": 194}),
    "participants": ({"body": "A hospital"}, {"standing": "CORE"}),
    "exclusions": ({"what": "What was known"}, {"kind": "CLOSED"}),
    "heard": ({"kind": "witness"}, {"number": 267}),
    "asked": ({"what": "The call log"}, {"asked_date": str(DAY)}),
    "measures": ({"text": "Search lane"}, {"in_place": "YES"}),
    "alerts": ({"number": "802", "done": "NOTHING"}, {"issued": "28/8/2014"}),
    "plans": ({"title": "Procession plan"}, {"rehearsed": "YES"}),
    "occasions": ({"occasion": "milad"}, {"rating": "HIGH"}),
    "decisions": ({"text": "To close the lane"}, {"note": "Nobody asked."}),
    "resources": ({"text": "Constables"}, {"planned": 40}),
    "roles": ({"kind": "planner"}, {"note": "Blank."}),
    "adversary": ({"method": "Vest"}, {"device": "8 kg"}),
    "entries": ({"text": "The patrol left.", "clock": "1713"}, {"clock": "171305"}),
    "accounts": ({"entry": "{entries}", "by": "Driver", "said": "It was dark."}, {"clock": "1714"}),
    "findings": (
        {"title": "Nobody searched.", "clock": "2209-2231", "on_date": str(DAY)},
        {"source_words": "No one searched the crowd."},
    ),
    "ratings": ({"capability": "OPC", "rating": "S"}, {"reason": "Two posts."}),
    "recommendations": (
        {"text": "Train them.", "elements": ["T"]},
        {"is_monitored": True, "monitored_by": "A judge"},
    ),
    "parts": ({"recommendation": "{recommendations}", "body": "A firm"}, {"reports": True}),
    "stages": ({"recommendation": "{recommendations}", "what": "Half"}, {"done_date": str(DAY)}),
    "replies": (
        {"recommendation": "{recommendations}", "body": "A ministry", "stance": "IN_PART"},
        {"text": "From next year."},
    ),
    "care": ({"kind": "liaison"}, {"people": 22}),
    "deaths": ({"survivable": "POSSIBLE"}, {"people": 1}),
    "justice": ({"kind": "fir"}, {"source": "Daily diary"}),
    "bodies": ({"finding": "{findings}", "name": "A firm"}, {"post": "Night shift"}),
    "causes": ({"finding": "{findings}", "other": "{second}"}, {"text": "So it was not seen."}),
    "files": ({"finding": "{findings}", "evidence": "{evidence}"}, {"shows": "Minute 4"}),
}


def lines(review, slug, number=None):
    if number is None:
        return reverse("review-lines", args=[review.pk, slug])
    return reverse("review-line", args=[review.pk, slug, number])


def send(client, method, url, body=None, etag=None):
    headers = {"If-Match": etag} if etag else {}
    return getattr(client, method)(
        url, body or {}, content_type="application/json", headers=headers
    )


@pytest.fixture
def line(draft, at_desk):
    """The address of an entry of the draft, as a machine added it."""
    return send(at_desk, "post", lines(draft, "measures"), {"text": "Search lane"})["Location"]


class TestLinesForMachines:
    @pytest.mark.proof
    def test_of_every_kind_are_added_read_put_right_and_removed(self, draft, lead, at_desk):
        piece = EvidenceFactory.create(incident=draft.incident, by=lead)
        made = {"evidence": piece.pk}
        assert SAID.keys() == KINDS.keys()
        second = send(at_desk, "post", lines(draft, "findings"), {"title": "Nobody looked."})
        made["second"] = second.json()["id"]

        faults = {}
        for slug, (said, mended) in SAID.items():
            body = {
                name: made.get(value.strip("{}")) if str(value).startswith("{") else value
                for name, value in said.items()
            }
            added = send(at_desk, "post", lines(draft, slug), body)
            made[slug] = added.json().get("id", 0)
            address = lines(draft, slug, made[slug])
            same = send(at_desk, "patch", address, {}, '"1"')
            put_right = send(at_desk, "patch", address, mended, '"1"')
            listed = at_desk.get(lines(draft, slug)).json()["lines"]
            if (
                (added.status_code, same.json()) != (201, added.json())
                or (put_right.status_code, put_right.get("ETag")) != (200, '"2"')
                or put_right.json() not in listed
            ):
                faults[slug] = [each.json() for each in (added, same, put_right)]
        assert not faults
        for slug in reversed(SAID):
            address = lines(draft, slug, made[slug])
            gone = send(at_desk, "delete", address, etag=at_desk.get(address)["ETag"])
            assert (gone.status_code, at_desk.get(address).status_code) == (204, 404), slug

    def test_are_written_over_what_was_read_and_over_nothing_else(self, line, at_desk):
        blind = send(at_desk, "patch", line, {"note": "Mine."})
        first = send(at_desk, "patch", line, {"note": "Theirs."}, '"1"')
        stale = send(at_desk, "patch", line, {"note": "Mine."}, '"1"')
        removed = [send(at_desk, "delete", line, etag=etag) for etag in (None, '"1"')]

        assert (blind.status_code, first.status_code) == (428, 200)
        assert (stale.status_code, stale["ETag"]) == (412, '"2"')
        assert stale.json()["yours"] == {"note": "Mine."}
        assert stale.json()["theirs"]["note"] == "Theirs."
        assert [each.status_code for each in removed] == [428, 412]

    def test_sent_twice_with_a_key_are_added_once(self, draft, at_desk):
        body = {"what": "The convoy", "key": str(uuid.uuid4())}

        numbers = {
            send(at_desk, "post", lines(draft, "exclusions"), body).json()["id"] for _ in "12"
        }

        assert numbers == set(draft.exclusions.values_list("pk", flat=True))

    def test_say_beside_the_field_what_is_wrong(self, draft, lead, at_desk):
        empty = send(at_desk, "post", lines(draft, "findings"), {"kind": "no such kind"})
        foreign = send(at_desk, "post", lines(draft, "findings"), {"title": "x", "colour": "x"})
        body = {"agency": lead.agency.code}
        named = send(at_desk, "post", lines(draft, "participants"), body)

        assert (empty.status_code, set(empty.json())) == (400, {"kind", "title"})
        assert (foreign.status_code, set(foreign.json())) == (400, {"colour"})
        assert named.json()["agency"] == lead.agency.code
        assert at_desk.get(lines(draft, "colours")).status_code == 404

    def test_say_what_each_kind_is_asked(self, draft, at_desk):
        kinds = at_desk.get(reverse("review-line-kinds", args=[draft.pk])).json()["kinds"]

        asked = {each["kind"]: {one["name"]: one for one in each["asked"]} for each in kinds}
        assert asked["findings"]["title"]["required"]
        assert "CLEARED" in asked["bodies"]["role"]["codes"]

    def test_are_not_there_for_an_outsider_and_closed_to_who_judges(
        self, client, submitted, judge, outsider, lead
    ):
        finding = submitted.findings.first()
        for person, codes in ((outsider, {404}), (judge, {403}), (lead, {409})):
            client.force_login(person)
            address = lines(submitted, "findings", finding.pk)
            etag = f'"{finding.version}"'
            body = {"title": "Altered"}
            assert {
                send(client, "post", lines(submitted, "findings"), body).status_code,
                send(client, "patch", address, body, etag).status_code,
                send(client, "delete", address, etag=etag).status_code,
            } == codes
        assert not submitted.findings.filter(title="Altered").exists()
