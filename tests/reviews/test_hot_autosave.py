"""The one page of a hot debrief while it is typed: kept, merged, found again, never lost."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from reviews import actions, forms, selectors
from reviews.hot import AskedLine, Debrief, FindingLine
from reviews.models import Draft, Member
from tests.factories import NOON, UserFactory
from tests.incidents.factories import IncidentFactory
from tests.reviews.factories import CLOSED_MARKING, DUE

SAID = Debrief(
    conditions="Dusk, rain.",
    planned="A search lane at each gate.",
    findings=(FindingLine("One lane of three was open", "failure", "BEFORE"),),
    asked=(AskedLine("Light the gate.", "SP Headquarters", DUE),),
)
VERSION = re.compile(r'name="version" value="([^"]*)"')
READ = re.compile(r'data-read="([^"]*)"')
MERGED = re.compile(r'data-merged="([^"]*)">([^<]*)<')


@pytest.fixture
def hot(lead):
    """A hot debrief of two people."""
    review = actions.open_review(
        incident_id=IncidentFactory.create(by=lead).pk,
        by=lead,
        at=NOON,
        tier="T1",
        **CLOSED_MARKING,
    )
    Member.objects.create(review=review, user=UserFactory.create(agency=lead.agency), role="MEMBER")
    save(review, lead, SAID)
    return review


def save(review, by, said):
    read = selectors.debrief_of(review)
    return actions.save_debrief(review_id=review.pk, typed=said, read=read, by=by, at=NOON)


def boxes(page):
    """What the browser sends of the page as it was read."""
    return {
        name: str(page.context["form"][name].value() or "")
        for name in page.context["form"].fields
        if name != "no_finding"
    }


def keep(client, review, typed, **more):
    url = reverse("reviews:debrief_autosave", args=[review.pk])
    return client.post(url, typed | {"page": "one"} | more)


class TestTheOnePageWhileItIsTyped:
    def test_is_saved_and_can_be_typed_on_over_what_others_saved_meanwhile(
        self, at_desk, hot, lead
    ):
        typed = boxes(at_desk.get(hot.get_absolute_url()))
        theirs = (*SAID.findings, FindingLine("Theirs", "gap", "AFTER"))
        save(hot, lead, replace(SAID, needs="Lamps.", findings=theirs))

        typed |= {"why": "Two stood elsewhere. ", "finding_2": "Mi", "kind_2": "strength"}
        answer = keep(at_desk, hot, typed).text
        # Typed on while the answer was on its way: over what was sent.
        typed |= {"version": READ.search(answer)[1], "finding_2": "Mine"}
        keep(at_desk, hot, typed)

        said = selectors.debrief_of(hot)
        assert (said.why, said.needs) == ("Two stood elsewhere.", "Lamps.")
        assert [each.title for each in said.findings] == [
            *(SAID.findings[0].title, "Theirs", "Mine"),
        ]
        merged = dict(MERGED.findall(answer))
        assert (merged["needs"], merged["finding_3"]) == ("Lamps.", "Theirs")
        # The box that is typed in is left alone, a space at its end too.
        assert not {"why", "finding_2"} & merged.keys()
        assert not Draft.objects.exists()

    def test_takes_out_no_line_before_its_writer_saves(self, at_desk, hot):
        typed = boxes(at_desk.get(hot.get_absolute_url())) | {"finding_1": "", "needs": "Lamps."}

        answer = keep(at_desk, hot, typed).text

        assert "taken out when you save" in answer
        assert not MERGED.findall(answer)
        assert hot.findings.get().title == SAID.findings[0].title
        assert hot.debrief.needs == "Lamps."
        typed["version"] = VERSION.search(answer)[1]
        at_desk.post(reverse("reviews:debrief_edit", args=[hot.pk]), typed | {"page": "one"})
        assert not hot.findings.exists()
        assert not Draft.objects.exists()

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"asked_2": "Radios."}, "An answer here cannot be saved yet"),
            ({"finding_1": "Mine"}, "Somebody else saved this page meanwhile"),
        ],
    )
    def test_is_found_again_by_its_writer_where_it_cannot_be_saved(
        self, at_desk, hot, lead, typed, said
    ):
        typed = boxes(at_desk.get(hot.get_absolute_url())) | typed
        line = FindingLine("Theirs", "failure", "BEFORE")
        save(hot, lead, replace(SAID, findings=(line,)))

        answer = keep(at_desk, hot, typed).text
        page = at_desk.get(hot.get_absolute_url())

        assert said in answer
        assert selectors.debrief_of(hot) == replace(SAID, findings=(line,))
        form, (restored,) = page.context["form"], page.context["restored"]
        assert form["asked_2"].value() == typed.get("asked_2")
        assert form["finding_1"].value() == typed["finding_1"]
        assert "It stands in the form again" in page.text
        # Once the review has grown, it waits beside the section where its words have their place.
        actions.grow_review(review_id=hot.pk, tier="T2", by=lead, at=NOON)
        waits = at_desk.get(selectors.section_url(hot, "D")).context["waiting"]
        assert [each.url for each in waits] == [restored.form]
        assert typed["finding_1"] in at_desk.get(restored.form).text

    def test_from_a_device_is_shown_beside_what_is_saved_and_overwrites_nothing(self, at_desk, hot):
        typed = boxes(at_desk.get(hot.get_absolute_url()))

        same = keep(at_desk, hot, typed, recovered="1")
        lost = keep(at_desk, hot, typed | {"finding_2": "Typed alone"}, recovered="1")

        assert (same.status_code, same.has_header("HX-Refresh")) == (204, False)
        assert lost["HX-Refresh"] == "true"
        assert selectors.debrief_of(hot) == SAID
        differences = at_desk.get(hot.get_absolute_url()).context["restored"][0].differences
        assert [each.typed for each in differences] == ["Typed alone"]

    def test_is_sealed_under_one_name_wherever_it_is_shown(self, at_desk, hot):
        page = at_desk.get(hot.get_absolute_url())
        again = at_desk.post(
            reverse("reviews:debrief_edit", args=[hot.pk]), boxes(page) | {"clock": "99"}
        )

        assert again.status_code == 422
        assert page.context["device_slot"] == again.context["device_slot"] != ""
        assert "data-keep" in page.text

    def test_is_nothing_of_an_outsiders(self, client, hot, outsider):
        client.force_login(outsider)

        assert keep(client, hot, {}).status_code == 404


class TestTheConflictPage:
    def test_asks_only_for_what_both_changed(self, at_desk, hot, lead):
        typed = boxes(at_desk.get(hot.get_absolute_url())) | {"why": "Mine.", "needs": "Mine."}
        save(hot, lead, replace(SAID, needs="Theirs.", next="Theirs."))

        both = at_desk.post(reverse("reviews:debrief_edit", args=[hot.pk]), typed)
        hidden = {"lock_version": both.context["version"], "yours_why": "Mine."}
        chosen = {"keep_needs": "both", "yours_needs": "Mine."}
        at_desk.post(reverse("reviews:debrief_edit", args=[hot.pk]), hidden | chosen)

        assert [each.name for each in both.context["rows"] if each.differs] == ["needs"]
        assert forms.read_of(hidden["lock_version"]).needs == "Theirs."
        said = selectors.debrief_of(hot)
        assert (said.why, said.needs, said.next) == ("Mine.", "Theirs.\n\nMine.", "Theirs.")
        assert said.findings == SAID.findings
