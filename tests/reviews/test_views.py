"""Pages: what they show, keep and refuse. Nothing typed is ever lost."""

import re

import pytest
from django.urls import reverse

from reviews import actions
from reviews.choices import Letter, ReviewState, SectionState
from reviews.models import Dissent, Review
from tests.factories import NOON, UserFactory
from tests.incidents.factories import DAY, IncidentFactory
from tests.reviews.factories import ReviewFactory, write


@pytest.fixture
def at_desk(client, lead):
    client.force_login(lead)
    return client


def section(review, letter):
    return reverse("reviews:section_edit", args=[review.pk, letter])


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


class TestReviewOpen:
    def url(self, incident, *, defer=False):
        return reverse("reviews:review_open", args=[incident.pk]) + ("?defer=1" if defer else "")

    def typed(self, **said):
        return {"tier": "T2", "tlp": "AMBER", "classification": "RESTRICTED", **said}

    def test_opens_and_leads_to_the_tasks(self, at_desk, lead):
        incident = IncidentFactory.create(by=lead)

        answer = at_desk.post(self.url(incident), self.typed())

        assert answer.url == Review.objects.get().get_absolute_url()

    def test_defers_at_once_with_a_reason(self, at_desk, lead):
        incident = IncidentFactory.create(by=lead)

        at_desk.post(
            self.url(incident, defer=True), self.typed(until="2999-01-01", reason="Scene closed.")
        )

        assert Review.objects.get().deferred_reason == "Scene closed."

    def test_opens_nothing_where_the_reason_is_missing(self, at_desk, lead):
        incident = IncidentFactory.create(by=lead)

        answer = at_desk.post(
            self.url(incident, defer=True), self.typed(until="2999-01-01", reason="")
        )

        assert answer.status_code == 422
        assert not Review.objects.exists()

    def test_says_kindly_that_public_is_not_classified(self, at_desk, lead):
        incident = IncidentFactory.create(by=lead, tlp="CLEAR", classification="UNMARKED")

        answer = at_desk.post(self.url(incident), self.typed(tlp="CLEAR"))

        assert answer.status_code == 422
        assert "a classified record cannot be" in answer.content.decode()

    def test_of_an_unseen_incident_is_not_there(self, at_desk):
        incident = IncidentFactory.create()

        assert at_desk.get(self.url(incident)).status_code == 404

    def test_is_refused_to_a_commander(self, client, lead, judge):
        client.force_login(judge)

        assert client.get(self.url(IncidentFactory.create(by=lead))).status_code == 403


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
        assert answer.url == section(draft, "D") + "?acting=District+police#add"
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

    def test_refuses_a_crowd_as_owner_beside_the_field(self, at_desk, draft):
        answer = at_desk.post(
            reverse("reviews:row_add", args=[draft.pk, "recommendations"]),
            {
                "row-text": "Search.",
                "row-owner_post": "all concerned",
                "row-due_date": "2000-01-01",
            },
        )

        assert answer.status_code == 422
        assert set(answer.context["form"].errors) == {"owner_post", "due_date"}

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


class TestWorkflow:
    def test_runs_from_draft_to_publication(self, client, draft, lead, judge):
        write(draft, by=lead)
        steps = (
            (lead, "review_submit", {}, ReviewState.SUBMITTED),
            (judge, "review_return", {"comment": "Say who decided."}, ReviewState.RETURNED),
            (lead, "review_submit", {}, ReviewState.SUBMITTED),
            (judge, "review_approve", {"approve-comment": "Good."}, ReviewState.APPROVED),
            (judge, "review_publish", {}, ReviewState.PUBLISHED),
        )
        for person, name, typed, state in steps:
            client.force_login(person)
            answer = client.post(reverse(f"reviews:{name}", args=[draft.pk]), typed, follow=True)
            draft.refresh_from_db()
            assert (answer.status_code, draft.state) == (200, state)

        assert draft.versions.get().sha256 in answer.content.decode()

    def test_links_what_is_missing_to_its_section(self, at_desk, draft):
        at_desk.post(reverse("reviews:review_submit", args=[draft.pk]))

        page = at_desk.get(section(draft, "J")).content.decode()
        for letter in "BDEF":
            assert f'<li><a href="{section(draft, letter)}">' in page

    def test_asks_for_the_comment_of_a_return(self, client, submitted, judge):
        client.force_login(judge)

        answer = client.post(reverse("reviews:review_return", args=[submitted.pk]), {"comment": ""})

        assert answer.status_code == 422
        assert "Say what is to be put right." in answer.content.decode()

    def test_shows_the_return_to_the_lead(self, at_desk, lead):
        review = ReviewFactory.create(lead=lead, state="RETURNED")

        assert "Say who." in at_desk.get(review.get_absolute_url()).content.decode()

    def test_prints_a_dissent_beside_its_finding(self, client, submitted, judge):
        client.force_login(judge)
        client.post(
            reverse("reviews:dissent_attach", args=[submitted.pk]),
            {"kind": "cause", "about": "finding 1", "text": "It was searched."},
        )

        page = client.get(reverse("reviews:review_read", args=[submitted.pk])).content.decode()
        finding = page.index("Nobody searched the crowd")
        assert finding < page.index("It was searched.") < page.index('id="F"')
        assert Dissent.objects.count() == 1


class TestOutsider:
    """A draft is not there for anybody but its team: no page, no deed, no line."""

    @pytest.fixture
    def addresses(self, draft, lead):
        write(draft, by=lead)
        entry, finding = draft.timeline.get(), draft.findings.get()
        names = ("review_detail", "review_read", "review_defer", "review_members", "review_publish")
        return [
            *(reverse(f"reviews:{name}", args=[draft.pk]) for name in names),
            *(section(draft, letter) for letter in Letter.values),
            reverse("reviews:row_add", args=[draft.pk, "findings"]),
            reverse("reviews:row_change", args=[draft.pk, "findings", finding.pk]),
            reverse("reviews:row_remove", args=[draft.pk, "entries", entry.pk]),
            reverse("reviews:account_add", args=[draft.pk, entry.pk]),
        ]

    @pytest.fixture
    def deeds(self, draft):
        names = ("review_submit", "review_return", "review_approve", "dissent_attach")
        return [reverse(f"reviews:{name}", args=[draft.pk]) for name in names]

    def test_finds_nothing(self, client, outsider, addresses, deeds):
        client.force_login(outsider)

        assert {client.get(url).status_code for url in addresses} == {404}
        assert {client.post(url).status_code for url in [*addresses[2:], *deeds]} == {404}

    def test_nor_does_the_commander_before_it_is_submitted(self, client, judge, addresses):
        client.force_login(judge)

        assert {client.get(url).status_code for url in addresses} == {404}

    def test_answers_as_for_what_is_not_there(self, client, outsider, draft):
        client.force_login(outsider)

        pages = [
            client.get(reverse("reviews:review_detail", args=[pk])) for pk in (draft.pk, 999_999)
        ]

        # The form that switches the language repeats the address and carries its token.
        unseen, unknown = (re.sub(r'value="[^"]*"', "", page.content.decode()) for page in pages)
        assert unseen == unknown

    def test_is_led_to_sign_in(self, client, addresses):
        assert {client.get(url).status_code for url in addresses} == {302}


class TestReviewList:
    URL = "/reviews/"

    def shown(self, client, show):
        return {row.pk for row, _shape in client.get(f"{self.URL}?show={show}").context["rows"]}

    def test_narrows_to_what_is_asked(self, client, lead, judge):
        draft = ReviewFactory.create(lead=lead)
        submitted = ReviewFactory.create(lead=lead, state="SUBMITTED")
        published = ReviewFactory.create(lead=lead, state="PUBLISHED")

        client.force_login(lead)
        assert self.shown(client, "mine") == {draft.pk, submitted.pk, published.pk}
        assert self.shown(client, "waiting") == {draft.pk}
        assert self.shown(client, "overdue") == {draft.pk, submitted.pk}
        assert self.shown(client, "published") == {published.pk}
        client.force_login(judge)
        assert self.shown(client, "waiting") == {submitted.pk}
        assert self.shown(client, "all") == {submitted.pk, published.pk}

    def test_shows_nothing_of_others(self, client, outsider, draft):
        client.force_login(outsider)

        assert self.shown(client, "all") == set()

    def test_asks_the_same_number_of_queries_however_long(
        self, client, lead, django_assert_max_num_queries
    ):
        client.force_login(lead)
        ReviewFactory.create(lead=lead)
        client.get(self.URL)
        with django_assert_max_num_queries(6) as first:
            client.get(self.URL)
        for _each in range(4):
            ReviewFactory.create(lead=lead)

        with django_assert_max_num_queries(len(first)):
            client.get(self.URL)

    def test_knows_no_other_show(self, client, lead):
        client.force_login(lead)

        assert client.get(f"{self.URL}?show=secrets").status_code == 404
        assert client.get(f"{self.URL}?cursor=nonsense").status_code == 404


class TestReviewMembers:
    def test_adds_by_e_mail(self, at_desk, draft):
        person = UserFactory.create()

        at_desk.post(
            reverse("reviews:review_members", args=[draft.pk]),
            {"email": person.email.upper(), "role": "MEMBER"},
        )

        assert draft.members.filter(user=person).exists()

    def test_says_that_nobody_has_this_address(self, at_desk, draft):
        answer = at_desk.post(
            reverse("reviews:review_members", args=[draft.pk]),
            {"email": "nobody@agency.example", "role": "MEMBER"},
        )

        assert answer.status_code == 422
        assert "Nobody signs in here" in answer.content.decode()


class TestClockPanel:
    def test_offers_to_open_a_review(self, at_desk, lead):
        incident = IncidentFactory.create(by=lead)

        page = at_desk.get(incident.get_absolute_url()).content.decode()

        assert reverse("reviews:review_open", args=[incident.pk]) in page

    def test_leads_to_the_review_for_its_team_only(self, client, draft, lead, judge):
        page = draft.incident.get_absolute_url()
        client.force_login(lead)
        assert draft.reference in client.get(page).content.decode()

        client.force_login(judge)
        assert draft.reference not in client.get(page).content.decode()
