"""Section pages: nothing typed is ever lost."""

import pytest
from django.urls import reverse

from reviews import actions
from reviews.choices import Letter, SectionState
from tests.factories import NOON
from tests.incidents.factories import DAY
from tests.reviews.factories import section, write


def post_section(client, review, letter, **typed):
    version = review.sections.get(letter=letter).version
    return client.post(section(review, letter), {"version": version, "text": "", **typed})


ENTRY = {
    "row-clock": "1713",
    "row-on_date": DAY.isoformat(),
    "row-text": "Patrol leaves",
    "row-kind": "ACTION",
    "row-phase": "DURING",
    "row-acting": "District police",
}


class TestSectionEdit:
    @pytest.mark.parametrize("letter", Letter.values)
    def test_opens_every_section_to_the_team(self, at_desk, draft, letter):
        assert at_desk.get(section(draft, letter)).status_code == 200

    @pytest.mark.parametrize("letter", ["b", "Z", "AB"])
    def test_knows_no_other_section(self, at_desk, draft, letter):
        assert at_desk.get(section(draft, letter)).status_code == 404

    def test_saves_the_words_and_goes_on(self, at_desk, draft):
        answer = post_section(at_desk, draft, "B", text="A lane.", complete="on", do="next")

        saved = draft.sections.get(letter="B")
        assert answer.url == section(draft, "C")
        assert (saved.text, saved.state) == ("A lane.", SectionState.COMPLETE)

    def test_adds_an_entry_and_keeps_the_agency_for_the_next(self, at_desk, draft):
        answer = post_section(at_desk, draft, "D", do="add", **ENTRY)

        assert draft.timeline.get().text == "Patrol leaves"
        kept = f"?acting=District+police&on_date={DAY.isoformat()}"
        assert answer.url == section(draft, "D") + kept + "#id_row-clock"
        assert "District police" in at_desk.get(answer.url).content.decode()

    def test_adds_what_was_typed_even_when_only_saving(self, at_desk, draft):
        post_section(at_desk, draft, "D", text="Words.", do="next", **ENTRY)

        assert draft.timeline.count() == 1
        assert draft.sections.get(letter="D").text == "Words."

    def test_keeps_all_that_was_typed_when_something_is_wrong(self, at_desk, draft):
        answer = post_section(
            at_desk, draft, "D", text="Long words.", do="add", **(ENTRY | {"row-clock": "2599"})
        )

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "25:99 is not a time of the day." in page
        assert "Long words." in page
        assert 'value="2599"' in page
        assert not draft.timeline.exists()
        assert draft.sections.get(letter="D").text == ""

    def test_adds_once_on_a_double_click(self, at_desk, draft):
        page = at_desk.get(section(draft, "D"))
        key = page.context["row_form"]["key"].value()
        for _click in range(2):
            post_section(at_desk, draft, "D", do="add", **ENTRY, **{"row-key": key})

        assert draft.timeline.count() == 1

    def test_shows_both_versions_when_two_people_saved(self, at_desk, draft, lead):
        actions.save_section(
            review_id=draft.pk, letter="B", text="Theirs.", state="IN_PROGRESS", version=1,
            by=lead, at=NOON,
        )  # fmt: skip

        answer = at_desk.post(section(draft, "B"), {"version": 1, "text": "Mine.", "do": "next"})

        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Theirs." in page
        assert "Mine." in page
        assert draft.sections.get(letter="B").text == "Theirs."

    @pytest.mark.parametrize(("keep", "stands"), [("yours", "Mine."), ("theirs", "Theirs.")])
    def test_saves_the_version_that_was_chosen(self, at_desk, draft, lead, keep, stands):
        actions.save_section(
            review_id=draft.pk, letter="B", text="Theirs.", state="IN_PROGRESS", version=1,
            by=lead, at=NOON,
        )  # fmt: skip

        at_desk.post(
            section(draft, "B"),
            {"lock_version": 2, "keep_text": keep, "yours_text": "Mine."},
        )

        assert draft.sections.get(letter="B").text == stands

    def test_keeps_the_words_when_the_review_has_left_the_team(self, at_desk, lead, submitted):
        answer = post_section(at_desk, submitted, "B", text="Too late.", do="next")

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Too late." in page
        assert "with the commander" in page

    def test_shows_typed_html_as_text(self, at_desk, draft):
        post_section(
            at_desk,
            draft,
            "D",
            do="add",
            **(ENTRY | {"row-text": "<script>alert(1)</script>{{x}}"}),
        )

        page = at_desk.get(section(draft, "D")).content.decode()
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;{{x}}" in page

    def test_saves_the_header(self, at_desk, draft):
        at_desk.post(
            section(draft, "A"),
            {
                "version": 1,
                "tier": "T3",
                "scope": "The gate.",
                "participants": "DPO",
                "do": "leave",
            },
        )

        draft.refresh_from_db()
        assert (draft.tier, draft.scope, draft.lock_version) == ("T3", "The gate.", 2)


class TestSectionAutosave:
    def keep(self, client, review, **typed):
        url = reverse("reviews:section_autosave", args=[review.pk, "D"])
        return client.post(url, {"version": 1, **typed})

    def test_keeps_the_words_and_gives_their_new_version(self, at_desk, draft):
        answer = self.keep(at_desk, draft, text="Half a sen", **ENTRY)

        page = answer.content.decode()
        assert draft.sections.get(letter="D").text == "Half a sen"
        assert 'name="version" value="2"' in page
        assert "Saved on the server" in page
        assert not draft.timeline.exists()

    def test_never_overwrites_what_another_saved(self, at_desk, draft):
        self.keep(at_desk, draft, text="Theirs.")

        answer = self.keep(at_desk, draft, text="Mine.")

        page = answer.content.decode()
        assert draft.sections.get(letter="D").text == "Theirs."
        assert 'name="version" value="1"' in page
        assert "Your words are still on this page" in page

    def test_is_not_there_for_an_outsider(self, client, outsider, draft):
        client.force_login(outsider)

        assert self.keep(client, draft, text="x").status_code == 404


class TestRows:
    def test_warns_where_nothing_says_when_it_is_done(self, at_desk, draft):
        answer = at_desk.post(
            reverse("reviews:row_add", args=[draft.pk, "recommendations"]),
            {
                "row-text": "Search.",
                "row-owner_post": "SP Headquarters",
                "row-due_date": "2999-01-01",
            },
            follow=True,
        )

        assert draft.recommendations.count() == 1
        assert "Closed when" in answer.content.decode()

    def test_saves_a_recommendation_that_a_crowd_owns_and_says_what_it_lacks(self, at_desk, draft):
        answer = at_desk.post(
            reverse("reviews:row_add", args=[draft.pk, "recommendations"]),
            {
                "row-text": "Search.",
                "row-owner_post": "all concerned",
                "row-due_date": "2000-01-01",
            },
            follow=True,
        )

        assert draft.recommendations.get().owner_post == "all concerned"
        assert "Saved. Before the review can be submitted: Name one post" in answer.text
        beside = answer.text[answer.text.index('id="recommendation-1"') :]
        for words in ("Name one post", "in the past", "Closed when", "Note: It answers no finding"):
            assert words in beside

    def test_gives_back_what_was_typed_in_a_line_that_was_removed(self, at_desk, draft, lead):
        write(draft, by=lead)
        finding = draft.findings.get()
        change = reverse("reviews:row_change", args=[draft.pk, "findings", finding.pk])
        add = reverse("reviews:row_add", args=[draft.pk, "findings"])
        typed = {"row-kind": "failure", "row-phase": "BEFORE", "row-counterfactual": "YES"}
        typed |= {"row-title": "Written while it was removed", "row-version": "1"}
        actions.remove_finding(review_id=draft.pk, row_id=finding.pk, by=lead, at=NOON)

        page = at_desk.post(change, typed)
        again = at_desk.post(add, typed)

        assert page.status_code == 409
        assert "Written while it was removed" in page.text
        assert f'action="{add}"' in page.text
        assert again.status_code == 302
        assert draft.findings.get().title == "Written while it was removed"

    def test_shows_both_versions_of_a_line(self, at_desk, draft, lead):
        write(draft, by=lead)
        finding = draft.findings.get()
        url = reverse("reviews:row_change", args=[draft.pk, "findings", finding.pk])
        typed = {"row-kind": "failure", "row-phase": "BEFORE", "row-counterfactual": "YES"}
        at_desk.post(url, {**typed, "row-title": "First", "row-version": 1})

        answer = at_desk.post(url, {**typed, "row-title": "Second", "row-version": 1})

        page = answer.content.decode()
        assert answer.status_code == 409
        assert "First" in page
        assert "Second" in page
        at_desk.post(url, {"lock_version": 2, "keep_title": "yours", "yours_title": "Second"})
        finding.refresh_from_db()
        assert (finding.title, finding.version, finding.counterfactual) == ("Second", 3, "YES")

    def test_asks_before_it_removes(self, at_desk, draft, lead):
        write(draft, by=lead)
        entry = draft.timeline.get()
        url = reverse("reviews:row_remove", args=[draft.pk, "entries", entry.pk])

        assert "Patrol leaves the gate." in at_desk.get(url).content.decode()
        assert draft.timeline.exists()
        at_desk.post(url)
        assert not draft.timeline.exists()

    def test_sets_a_second_account_beside_an_entry(self, at_desk, draft, lead):
        write(draft, by=lead)
        entry = draft.timeline.get()

        at_desk.post(
            reverse("reviews:account_add", args=[draft.pk, entry.pk]),
            {"row-by": "Rescue", "row-said": "Dispatched at once.", "row-clock": "1626"},
        )

        page = at_desk.get(section(draft, "D")).content.decode()
        assert "Dispatched at once." in page
