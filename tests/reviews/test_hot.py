"""The hot debrief: one page, kept where the ten sections keep it, grown without retyping."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.choices import Verb
from audit.models import Event
from core.errors import StaleEdit
from reviews import actions, forms, rules, selectors
from reviews.choices import ChapterCode, Letter
from reviews.hot import AskedLine, Debrief, FindingLine
from reviews.models import EarlierWording, Finding, Review
from tests.factories import NOON, UserFactory
from tests.incidents.factories import IncidentFactory
from tests.reviews.factories import CLOSED_MARKING, DUE

SAID = Debrief(
    conditions="Dusk, rain, a crowd of two thousand.",
    actions="Closed the gate, called the ambulance.",
    needs="Lamps at the gate.",
    planned="A search lane at each gate.",
    happened="One lane of three was open.",
    why="Two of the lane's people stood elsewhere.",
    next="Keep the lane, add a spare team.",
    findings=(
        FindingLine("One lane of three was open", "failure", "BEFORE"),
        FindingLine("The ambulance came in six minutes", "strength", "AFTER"),
    ),
    asked=(AskedLine("Light the gate.", "SP Headquarters", DUE),),
)


@pytest.fixture
def hot(lead):
    """A hot debrief that was opened and not written yet."""
    incident = IncidentFactory.create(by=lead)
    return actions.open_review(
        incident_id=incident.pk, by=lead, at=NOON, tier="T1", **CLOSED_MARKING
    )


def save(review, by, said=SAID, read=None):
    read = read or selectors.debrief_of(review)
    return actions.save_debrief(review_id=review.pk, typed=said, read=read, by=by, at=NOON)


def grow(review, by, tier="T2"):
    return actions.grow_review(review_id=review.pk, tier=tier, by=by, at=NOON)


def page(review):
    return reverse("reviews:debrief_edit", args=[review.pk])


def typed(review, **more):
    """What the browser sends of the page, as it was read."""
    return {
        "version": forms.version_of(selectors.debrief_of(review)),
        "conditions": "Dusk, rain.",
        "finding_1": "One lane of three was open",
        "kind_1": "failure",
        "phase_1": "BEFORE",
        **more,
    }


class TestSaveDebrief:
    def test_keeps_each_answer_where_the_ten_sections_keep_it_and_only_once(self, hot, lead):
        read = selectors.debrief_of(hot)
        save(hot, lead)
        deeds = Event.objects.filter(verb=Verb.REVIEW_CHANGED).count()

        save(hot, lead, read=read)

        words = dict(hot.sections.values_list("letter", "text"))
        assert [words[each] for each in "BDEF"] == [
            SAID.planned,
            SAID.happened,
            SAID.why,
            SAID.next,
        ]
        assert hot.findings.count() == 2
        assert hot.recommendations.get().owner_post == "SP Headquarters"
        assert selectors.debrief_of(hot) == SAID
        assert Event.objects.filter(verb=Verb.REVIEW_CHANGED).count() == deeds > 0

    def test_an_emptied_line_takes_its_finding_out_and_the_rest_of_the_others_stands(
        self, hot, lead
    ):
        save(hot, lead)
        second = hot.findings.get(number=2)
        actions.change_finding(
            review_id=hot.pk,
            row_id=second.pk,
            version=1,
            by=lead,
            at=NOON,
            kind="strength",
            title=second.title,
            evidence="The log.",
        )
        fewer = Debrief(conditions="Dusk.", findings=(FindingLine(), SAID.findings[1]))

        save(hot, lead, fewer)

        assert hot.findings.get().evidence == "The log."
        assert not hot.recommendations.exists()
        assert selectors.debrief_of(hot) == fewer.compact()

    def test_puts_together_what_two_wrote_in_different_boxes_and_lines(self, hot, lead):
        save(hot, lead)
        read = selectors.debrief_of(hot)
        theirs = replace(
            SAID, needs="Radios.", findings=(*SAID.findings, FindingLine("Theirs", "gap", "AFTER"))
        )
        save(hot, lead, replace(theirs, findings=(FindingLine(), *theirs.findings[1:])))

        mine = replace(
            SAID,
            why="Two stood elsewhere.",
            findings=(*SAID.findings, FindingLine("Mine", "failure", "BEFORE")),
        )
        page = save(hot, lead, mine, read=read)
        again = save(hot, lead, mine, read=read)

        said = selectors.debrief_of(hot)
        assert (said.needs, said.why) == ("Radios.", "Two stood elsewhere.")
        assert [each.title for each in said.findings] == [SAID.findings[1].title, "Theirs", "Mine"]
        # At the places where the page had them, and theirs where it had room.
        shown = [each.title for each in page.findings]
        assert shown == ["", SAID.findings[1].title, "Mine", "Theirs"]
        assert again == page

    def test_refuses_to_overwrite_what_somebody_else_said_on_whatever_page(self, hot, lead):
        save(hot, lead)
        read = selectors.debrief_of(hot)
        first = hot.findings.get(number=1)
        common = {"review_id": hot.pk, "kind": "failure", "by": lead, "at": NOON}
        actions.change_finding(row_id=first.pk, version=1, title="Theirs", **common)

        for line in (FindingLine("Mine", "failure", "BEFORE"), FindingLine()):
            with pytest.raises(actions.Clash) as refused:
                save(hot, lead, replace(SAID, findings=(line, SAID.findings[1])), read=read)
            assert refused.value.fields == ("finding_1",)
        with pytest.raises(StaleEdit):
            actions.save_debrief(
                review_id=hot.pk, typed=replace(SAID, why="x"), read=None, by=lead, at=NOON
            )

        assert selectors.debrief_of(hot).findings[0].title == "Theirs"

    def test_a_line_changed_here_and_taken_out_there_is_a_line_again(self, hot, lead):
        save(hot, lead)
        read = selectors.debrief_of(hot)
        save(hot, lead, replace(SAID, findings=(FindingLine(), FindingLine())))
        mine = (FindingLine("One lane was open", "failure", "BEFORE"), SAID.findings[1])

        save(hot, lead, replace(SAID, findings=mine), read=read)

        assert [each.title for each in hot.findings.all()] == ["One lane was open"]

    def test_keeps_the_words_that_it_follows(self, hot, lead):
        save(hot, lead)
        save(hot, lead, replace(SAID, why="Nobody was told."))

        kept = EarlierWording.objects.filter(of="E").order_by("version")
        assert [each.values["text"] for each in kept] == ["", SAID.why]

    def test_is_for_the_team_alone(self, hot, lead, outsider):
        colleague = UserFactory.create(commander=True, agency=lead.agency)

        for person in (outsider, colleague):
            with pytest.raises((Review.DoesNotExist, PermissionDenied)):
                save(hot, person)


class TestSubmitHotDebrief:
    @pytest.mark.parametrize(
        ("said", "missing"),
        [
            (Debrief(needs="Lamps."), ["D", "E"]),
            (Debrief(conditions="Dusk."), ["E"]),
            (Debrief(no_finding=True), ["D"]),
            (Debrief(actions="Closed the gate.", no_finding=True), []),
            (Debrief(conditions="Dusk.", findings=SAID.findings), []),
        ],
    )
    def test_needs_conditions_or_actions_and_a_finding_or_the_word_that_there_is_none(
        self, hot, lead, said, missing
    ):
        save(hot, lead, said)

        assert [each.letter for each in selectors.missing(hot, today=NOON.date())] == missing


class TestGrowReview:
    def test_leaves_all_words_as_they_are_and_moves_the_day_once(self, client, hot, lead):
        save(hot, lead)

        grow(hot, lead)
        grow(hot, lead)

        hot.refresh_from_db()
        assert (hot.tier, hot.due_at) == ("T2", rules.due_at(hot.incident, "T2"))
        assert Event.objects.filter(data__deed="grown").count() == 1
        client.force_login(lead)
        for letter, words in {
            "D": (SAID.conditions, SAID.actions, SAID.happened),
            "E": (SAID.findings[0].title, SAID.findings[1].title, SAID.why.split("'")[0]),
            "F": (SAID.needs, "Light the gate.", SAID.next),
        }.items():
            section = client.get(selectors.section_url(hot, letter)).text
            assert all(each in section for each in words), letter
        read = client.get(reverse("reviews:review_read", args=[hot.pk])).text
        assert all(each in read for each in (SAID.conditions, SAID.needs, SAID.planned))
        document = selectors.review_document(hot)
        assert document["hot_debrief"]["needs"] == SAID.needs
        with pytest.raises(actions.NotHot):
            save(hot, lead, Debrief(conditions="Else."))

    def test_is_refused_to_who_does_not_write_it(self, hot, outsider):
        with pytest.raises(Review.DoesNotExist):
            grow(hot, outsider)


class TestDebriefEdit:
    def test_stands_in_place_of_the_ten_tasks_which_are_a_link_away(self, at_desk, hot):
        one_page = at_desk.get(hot.get_absolute_url())
        tasks = at_desk.get(f"{hot.get_absolute_url()}?sections")

        assert "reviews/debrief_edit.html" in [each.name for each in one_page.templates]
        assert one_page.context["form"]["on_date"].value() == hot.incident.on_date
        assert "reviews/review_detail.html" in [each.name for each in tasks.templates]

    def test_saves_and_grows_by_one_button(self, at_desk, hot):
        answer = at_desk.post(page(hot), typed(hot, do="T2", clock="c1713", on_date="2026-11-01"))

        hot.refresh_from_db()
        assert answer.status_code == 302
        assert hot.tier == "T2"
        assert (hot.debrief.precision, str(hot.debrief.at_time)) == ("ABOUT", "17:13:00")

    def test_says_beside_each_box_what_is_wrong_and_keeps_all_that_was_typed(self, at_desk, hot):
        ahead = (NOON + timedelta(days=4000)).date().isoformat()
        wrong = {"asked_1": "Light the gate.", "owner_1": "all concerned", "due_1": "2020-01-01"}
        wrong |= {"on_date": ahead, "clock": "99", "no_finding": "on", "do": "T3"}

        answer = at_desk.post(page(hot), typed(hot, **wrong))

        hot.refresh_from_db()
        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {
            *("owner_1", "due_1", "on_date", "clock", "no_finding")
        }
        assert "One lane of three was open" in answer.text
        assert (hot.tier, hot.findings.count()) == ("T1", 0)

    def test_shows_both_versions_and_keeps_what_is_chosen(self, at_desk, hot, lead):
        stale = typed(hot)
        save(hot, lead)

        both = at_desk.post(page(hot), stale)
        kept = {"lock_version": both.context["version"], "yours_conditions": "Dusk, rain."}
        at_desk.post(page(hot), kept)

        assert both.status_code == 409
        assert SAID.conditions in both.text
        assert "Dusk, rain." in both.text
        said = selectors.debrief_of(hot)
        assert (said.conditions, said.findings) == ("Dusk, rain.", SAID.findings)

    def test_a_sixth_finding_is_refused_kindly_and_a_standard_review_takes_it(self, hot, lead):
        five = tuple(FindingLine(f"Finding {n}", "failure", "BEFORE") for n in range(5))
        save(hot, lead, Debrief(conditions="Dusk.", findings=five))
        sixth = {"review_id": hot.pk, "kind": "failure", "title": "Sixth", "by": lead, "at": NOON}

        with pytest.raises(actions.NotSound, match="at most five"):
            actions.add_finding(**sixth)
        grow(hot, lead)
        actions.add_finding(**sixth)

        assert hot.findings.count() == 6

    def test_a_sixth_finding_is_refused_by_the_database_too(self, hot, lead):
        assert rules.HOT_DEBRIEF_FINDINGS == 5
        Finding.objects.bulk_create(
            Finding(review=hot, number=n, kind="failure", title=f"Finding {n}") for n in range(1, 6)
        )

        with pytest.raises(IntegrityError, match="as many findings"), transaction.atomic():
            Finding.objects.create(review=hot, number=6, kind="failure", title="Sixth")
        grow(hot, lead)
        Finding.objects.create(review=hot, number=6, kind="failure", title="Sixth")
        with pytest.raises(IntegrityError, match="more findings"), transaction.atomic():
            Review.objects.filter(pk=hot.pk).update(tier="T1")


class TestChapters:
    def test_of_a_major_review_stand_in_their_order_and_nobody_overwrites_another(
        self, at_desk, hot, lead
    ):
        refused = reverse("reviews:chapters_edit", args=[hot.pk, "D"])
        assert at_desk.get(refused).status_code == 404
        grow(hot, lead, "T3")
        read_at = at_desk.get(refused).context["form"].initial["version"]

        saved = at_desk.post(refused, {"version": read_at, "POLICE": "Came.", "BEFORE": "A shot."})
        stale = at_desk.post(refused, {"version": read_at, "POLICE": "Came late."})

        assert (saved.status_code, stale.status_code) == (302, 409)
        said = selectors.review_document(hot)["chapters"]
        assert [each["chapter"] for each in said] == [ChapterCode.BEFORE, ChapterCode.POLICE]
        assert "Came." in at_desk.get(reverse("reviews:review_read", args=[hot.pk])).text
        assert "A shot." in at_desk.get(selectors.section_url(hot, Letter.D)).text


@pytest.mark.parametrize(("tier", "lines"), [("T1", 25), ("T2", 112), ("T3", 195)])
def test_an_empty_form_of_each_tier_is_there_to_print(at_desk, tier, lines):
    sheet = at_desk.get(reverse("reviews:review_blank", args=[tier]))

    assert sheet.text.count("<i>&nbsp;</i>") == lines
    assert at_desk.get("/reviews/blank/T9/").status_code == 404
