from datetime import date

import pytest

from aar.home.commander import command_of
from aar.home.desk import desk_of
from aar.home.investigator import work_of
from agencies.choices import TLP, Role
from agencies.lock import acting
from bulletins.choices import Ask, RenderingState
from bulletins.models import Rendering
from reviews.choices import ReviewState, SignOffDeed
from reviews.models import Recommendation, SignOff
from tests.aar.bulletin_story import DAY, TODAY, drafted, issued, released
from tests.counting import LOCK
from tests.factories import NOON, AgencyFactory, UserFactory
from tests.lessons.factories import (
    FindingFactory,
    IncidentFactory,
    ReviewFactory,
    drawn,
    endorsed,
    identified,
)


def work_seen_by(investigator):
    """As the home page gathers it: for the person, in the database too."""
    with acting(investigator):
        return work_of(investigator, today=TODAY)


class TestInvestigator:
    def test_sees_drafts_with_what_is_missing(self, investigator, agency):
        review = ReviewFactory.create(
            draft=True, lead=investigator, agency=agency, incident__agency=agency
        )
        FindingFactory.create(review=review)

        work = work_seen_by(investigator)

        assert [draft.review for draft in work.drafts] == [review]
        assert list(work.drafts[0].missing) == [
            "What was supposed to happen",
            "What happened",
            "What next",
        ]
        assert work.sentence == "One draft is in your hands."

    def test_sees_what_the_commander_said_of_a_returned_review(
        self, investigator, commander, agency
    ):
        review = ReviewFactory.create(
            submitted=True,
            lead=investigator,
            agency=agency,
            incident__agency=agency,
            state=ReviewState.RETURNED,
            due_at=NOON - DAY,
        )
        for number, comment in enumerate(("First.", "Say who was told.")):
            SignOff.objects.create(
                review=review,
                deed=SignOffDeed.RETURNED,
                comment=comment,
                at=NOON + number * DAY,
                by=commander,
            )

        work = work_seen_by(investigator)

        assert work.returned[0].comment.comment == "Say who was told."
        assert work.sentence == "One review came back to you. One is past its day."

    def test_sees_incidents_of_the_agency_without_a_review(self, investigator, agency):
        bare = IncidentFactory.create(agency=agency)
        ReviewFactory.create(incident__agency=agency)
        IncidentFactory.create()
        IncidentFactory.create(agency=agency, tlp=TLP.RED)

        work = work_seen_by(investigator)

        assert list(work.unreviewed) == [bare]

    def test_sees_no_draft_of_somebody_else(self, investigator, agency):
        ReviewFactory.create(draft=True, agency=agency, incident__agency=agency)

        work = work_seen_by(investigator)

        assert not work.drafts


class TestCommander:
    def home(self, user):
        return command_of(user, today=TODAY)

    def test_owes_reviews_bulletins_lessons_and_remedies(self, commander, sender, agency):
        submitted = ReviewFactory.create(
            submitted=True, agency=agency, incident__agency=agency, due_at=NOON - 2 * DAY
        )
        released(issued(sender), agency)
        finding = FindingFactory.create(review__agency=agency, review__incident__agency=agency)
        lesson = identified(finding, by=finding.review.lead)
        remedy = Recommendation.objects.create(
            review=finding.review,
            number=1,
            reference="R-1",
            text="Light the rear wall.",
            owner_post="DPO",
            owner_agency=agency,
            due_date=TODAY + 30 * DAY,
        )

        home = self.home(commander)

        expected = [submitted.reference, "LB-2026-001", remedy.reference, lesson.reference]
        assert [each.ref for each in home.owed] == expected
        assert home.sentence.endswith("You owe 4 things. One is late.")

    def test_owes_no_judgement_on_own_work(self, commander, agency):
        ReviewFactory.create(submitted=True, agency=agency, incident__agency=agency, lead=commander)
        finding = FindingFactory.create(review__agency=agency, review__incident__agency=agency)
        identified(finding, by=commander)

        assert self.home(commander).owed == []

    def test_counts_reviews_in_time_late_and_none(self, commander, agency, district):
        place = {"incident__agency": agency, "incident__district": district, "agency": agency}
        ReviewFactory.create(**place)
        ReviewFactory.create(**place, due_at=NOON - 5 * DAY)
        ReviewFactory.create(**place, draft=True)
        IncidentFactory.create(agency=agency, district=district)
        IncidentFactory.create(agency=agency, district=district, on_date=date(2020, 1, 1))
        IncidentFactory.create(agency=agency)

        coverage = self.home(commander).coverage

        assert (coverage.in_time, coverage.late, coverage.none) == (1, 1, 2)

    def test_knows_the_median_days_to_approval(self, commander, agency):
        for days in (10, 18, 40):
            ReviewFactory.create(
                agency=agency,
                incident__agency=agency,
                incident__on_date=(NOON - (days + 2) * DAY).date(),
            )

        home = self.home(commander)

        assert (home.days_to_approval, home.approved) == (18, 3)


class TestDesk:
    def test_shows_drafts_and_lessons_in_no_bulletin(self, officer, commander, agency):
        draft = drafted(officer, reference="LB-2026-002")
        finding = FindingFactory.create(review__agency=agency, review__incident__agency=agency)
        lesson = endorsed(finding, by=finding.review.lead, commander=commander)
        drawn(finding, by=finding.review.lead, origin="t:2")

        desk = desk_of(officer, today=TODAY)

        assert list(desk.drafts) == [draft]
        assert list(desk.unused) == [lesson]
        assert desk.sentence == (
            "One bulletin is to be issued. One endorsed lesson is in no bulletin."
        )

    def test_shows_documents_in_the_making_and_untried_failures(self, officer):
        failed = {"error": "Too long.", "finished_at": NOON, "state": RenderingState.FAILED}
        asked = {"requested_at": NOON, "requested_by": officer}
        for number, retried in enumerate((True, False)):
            bulletin = issued(officer, reference=f"LB-2026-00{number + 1}")
            Rendering.objects.create(bulletin=bulletin, **asked, **failed)
            if retried:
                Rendering.objects.create(bulletin=bulletin, **asked)

        desk = desk_of(officer, today=TODAY)

        assert [(job.ref, job.rendering.state) for job in desk.jobs] == [
            ("LB-2026-002", "FAILED"),
            ("LB-2026-001", "WAITING"),
        ]

    def test_shows_who_has_not_done_what_by_when(self, officer):
        bulletin = issued(officer)
        opened = {"opened_at": NOON, "opened_by": officer}
        acknowledged = {"acknowledged_at": NOON, "acknowledged_by": officer}
        released(bulletin, AgencyFactory.create(name="A"), ask=Ask.ACT)
        released(bulletin, AgencyFactory.create(name="B"), ask=Ask.ACT, **opened)
        released(bulletin, AgencyFactory.create(name="C"), ask=Ask.ACT, **opened, **acknowledged)
        released(bulletin, AgencyFactory.create(name="D"), ask=Ask.READ, **opened)

        desk = desk_of(officer, today=TODAY)

        assert [(each.receipt.agency.name, each.what) for each in desk.unanswered] == [
            ("A", "has not opened it"),
            ("B", "has not acknowledged it"),
            ("C", "has not said what was done"),
        ]
        assert desk.unanswered[2].due == TODAY + 9 * DAY

    def test_shows_nothing_of_another_agency(self, officer, sender):
        drafted(sender)
        released(issued(sender, reference="LB-2026-009"), officer.agency)

        desk = desk_of(officer, today=TODAY)

        assert desk.sentence == "Nothing waits for you."


class TestHomePage:
    @pytest.mark.parametrize("role", Role.values)
    @pytest.mark.parametrize("language", ["en", "ur"])
    def test_opens_for_every_role(self, client, agency, role, language):
        client.force_login(UserFactory.create(role=role, agency=agency))

        page = client.get("/", headers={"accept-language": language})

        assert page.status_code == 200

    def test_sends_a_stranger_to_the_door(self, client, db):
        assert client.get("/").url.startswith("/sign-in/")

    def test_shows_an_auditor_the_deeds_of_the_remit(self, client, investigator, agency):
        finding = FindingFactory.create(review__agency=agency, review__incident__agency=agency)
        lesson = drawn(finding, by=investigator)
        client.force_login(UserFactory.create(auditor=True, agency=agency))

        assert lesson.reference in client.get("/").text

    def test_gives_a_system_admin_links_and_no_content(self, client, agency):
        IncidentFactory.create(agency=agency, title="Not for keepers")
        client.force_login(UserFactory.create(system_admin=True, agency=agency))

        page = client.get("/")

        assert "/reference/agencies/agency/" in page.text
        assert "Not for keepers" not in page.text

    @pytest.mark.parametrize("role", [Role.INVESTIGATOR, Role.COMMANDER, Role.RELEASE_OFFICER])
    def test_asks_the_same_number_of_queries_for_many(
        self, client, agency, district, sender, role, django_assert_max_num_queries
    ):
        user = UserFactory.create(role=role, agency=agency)
        user.posting.areas.set([district])
        client.force_login(user)
        for number in range(6):
            self.fill(number, user, district, sender)

        with django_assert_max_num_queries(22 + LOCK):
            client.get("/")

    def fill(self, number, user, district, sender):
        own = {"agency": user.agency, "incident__agency": user.agency}
        ReviewFactory.create(draft=True, lead=user, **own)
        ReviewFactory.create(submitted=True, incident__district=district, **own)
        IncidentFactory.create(agency=user.agency, district=district)
        finding = FindingFactory.create(**{f"review__{name}": value for name, value in own.items()})
        judge = UserFactory.create(commander=True, agency=user.agency)
        endorsed(finding, by=finding.review.lead, commander=judge, origin=f"t:{number}")
        bulletin = issued(sender, reference=f"LB-2026-1{number:02}")
        released(bulletin, user.agency)
        mine = issued(judge, reference=f"LB-2026-2{number:02}")
        released(mine, sender.agency)
        Rendering.objects.create(bulletin=mine, requested_at=NOON, requested_by=judge)
