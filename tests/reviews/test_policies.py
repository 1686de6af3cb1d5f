import pytest

from agencies.choices import Role
from reviews import actions, policies
from reviews.models import Review
from tests.factories import NOON, UserFactory
from tests.reviews.factories import ReviewFactory

ROLES = [role for role in Role if role not in {Role.COMMANDER, Role.RELEASE_OFFICER}]


@pytest.fixture
def member(lead, draft):
    person = UserFactory.create(commander=True, agency=lead.agency)
    actions.add_member(review_id=draft.pk, user=person, role="MEMBER", by=lead, at=NOON)
    return person


class TestPolicies:
    def test_only_investigators_open(self, db):
        can = {role for role in Role if policies.can_open(UserFactory.create(role=role))}

        assert can == {Role.INVESTIGATOR}

    def test_the_team_writes_a_draft(self, draft, lead, judge, member, outsider):
        assert policies.can_write(lead, draft)
        assert policies.can_write(member, draft)
        assert not policies.can_write(judge, draft)
        assert not policies.can_write(outsider, draft)

    def test_nobody_writes_once_it_is_submitted(self, submitted, lead):
        assert not policies.can_write(lead, submitted)

    def test_only_the_lead_submits(self, draft, lead, member, judge):
        assert policies.can_submit(lead, draft)
        assert not policies.can_submit(member, draft)
        assert not policies.can_submit(judge, draft)

    def test_a_commander_outside_the_team_judges(self, draft, lead, judge, member, outsider):
        assert policies.can_judge(judge, draft)
        for person in (lead, member, outsider):
            assert not policies.can_judge(person, draft)

    @pytest.mark.parametrize("role", ROLES)
    def test_no_other_role_judges_or_publishes(self, draft, lead, role):
        person = UserFactory.create(role=role, agency=lead.agency)

        assert not policies.can_judge(person, draft)
        assert not policies.can_publish(person, draft)

    def test_a_release_officer_publishes_and_does_not_judge(self, draft, lead):
        officer = UserFactory.create(release_officer=True, agency=lead.agency)

        assert policies.can_publish(officer, draft)
        assert not policies.can_judge(officer, draft)

    def test_members_and_commanders_of_agencies_that_took_part_comment(
        self, draft, lead, judge, member, outsider
    ):
        for person in (lead, member, judge):
            assert policies.can_comment(person, draft)
        assert not policies.can_comment(outsider, draft)


class TestVisibleTo:
    def seen(self, person):
        return set(Review.objects.visible_to(person).values_list("pk", flat=True))

    def test_shows_a_draft_to_its_team_only(self, draft, lead, judge, member, outsider):
        assert self.seen(lead) == {draft.pk}
        assert self.seen(member) == {draft.pk}
        assert self.seen(judge) == set()
        assert self.seen(outsider) == set()

    def test_shows_a_submitted_review_to_its_approvers(self, submitted, lead, judge, outsider):
        colleague = UserFactory.create(agency=lead.agency)

        assert self.seen(judge) == {submitted.pk}
        assert self.seen(colleague) == set()
        assert self.seen(outsider) == set()

    def test_shows_an_approved_review_to_the_release_officer(self, lead):
        review = ReviewFactory.create(lead=lead, state="APPROVED")
        officer = UserFactory.create(release_officer=True, agency=lead.agency)

        assert self.seen(officer) == {review.pk}

    def test_does_not_show_a_submitted_review_to_the_release_officer(self, submitted, lead):
        officer = UserFactory.create(release_officer=True, agency=lead.agency)

        assert self.seen(officer) == set()

    def test_shows_a_published_review_by_its_marking(self, lead, outsider):
        amber = ReviewFactory.create(lead=lead, state="PUBLISHED")
        colleague = UserFactory.create(agency=lead.agency)

        assert self.seen(colleague) == {amber.pk}
        assert self.seen(outsider) == set()

    def test_shows_a_green_review_to_every_agency_once_published(self, lead, outsider):
        draft = ReviewFactory.create(lead=lead, tlp="GREEN")
        published = ReviewFactory.create(lead=lead, tlp="GREEN", state="PUBLISHED")

        assert self.seen(outsider) == {published.pk}
        assert draft.pk not in self.seen(outsider)

    def test_never_shows_above_the_clearance(self, lead):
        ReviewFactory.create(lead=lead, tlp="GREEN", state="PUBLISHED")
        uncleared = UserFactory.create(agency=lead.agency, clearance="UNMARKED")

        assert self.seen(uncleared) == set()
