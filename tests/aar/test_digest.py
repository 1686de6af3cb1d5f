from datetime import date

import pytest
from django.utils.translation import override

from aar.home.digest import Ground, digest, waiting_receipts
from incidents.choices import TargetType
from lessons import actions
from lessons.selectors.marking import Marking
from tests.aar.bulletin_story import issued, issued_with, released
from tests.factories import NOON, AgencyFactory, DistrictFactory, UserFactory
from tests.lessons.factories import FindingFactory, IncidentFactory, endorsed


class TestDigest:
    def kinds(self, user):
        return [item.kind for item in digest(user, waiting_receipts(user))]

    def lesson(self, number, *, commander=None, **changes):
        finding = FindingFactory.create(**changes.pop("finding", {}))
        by = finding.review.lead
        judge = UserFactory.create(commander=True, agency=by.agency)
        return endorsed(finding, by=by, commander=judge, origin=f"t:{number}", **changes)

    def test_puts_unanswered_bulletins_first(self, commander, sender, agency, district):
        self.lesson(1, area_ids=[district.pk])
        released(issued(sender), agency)

        assert self.kinds(commander) == ["Bulletin", "Lesson"]

    def test_lets_go_of_an_answered_bulletin(self, commander, sender, agency):
        seen = {"opened_at": NOON, "opened_by": commander}
        seen |= {"acknowledged_at": NOON, "acknowledged_by": commander}
        released(issued(sender), agency, **seen)

        assert self.kinds(commander) == []

    def test_holds_seven_at_most(self, commander, district):
        for number in range(9):
            self.lesson(number, area_ids=[district.pk])

        assert len(self.kinds(commander)) == 7

    def test_says_why(self, commander, district):
        lesson = self.lesson(1, area_ids=[district.province_id])

        (item,) = digest(commander, [])

        assert item.ref == lesson.reference
        assert item.why == "It names your district or province."

    def test_leaves_out_lessons_for_elsewhere(self, commander):
        self.lesson(1, area_ids=[DistrictFactory.create().pk], target_type=TargetType.POLICE)

        assert digest(commander, []) == []

    def test_puts_the_better_fit_first(self, commander, district):
        force = self.lesson(1, target_type=TargetType.POLICE)
        here = self.lesson(2, finding={"review__incident__district": district})

        assert [item.ref for item in digest(commander, [])] == [here.reference, force.reference]

    def test_shows_no_lesson_twice(self, commander, sender, agency, district):
        lesson = self.lesson(1, area_ids=[district.pk])
        released(issued_with(sender, lesson), agency)

        assert self.kinds(commander) == ["Bulletin"]

    def test_shows_nothing_released_to_somebody_else(self, commander, sender):
        released(issued(sender), AgencyFactory.create())

        assert self.kinds(commander) == []

    def test_stands_on_the_province_where_a_post_has_no_area(self, agency, district):
        agency.province = district.province
        agency.save(update_fields=["province"])

        ground = Ground.of(UserFactory.create(commander=True, agency=agency))

        assert ground.areas == [district.province_id]


class TestCameBack:
    def test_stands_before_the_lessons_with_its_days(self, commander, agency, district):
        place = {"agency": agency, "district": district}
        before = IncidentFactory.create(on_date=date(2023, 1, 30))
        here = IncidentFactory.create(on_date=date(2023, 9, 29), **place)
        actions.record_recurrence(
            key="roof",
            failure="The roof falls on those inside",
            cases=[actions.Case(incident_id=each.pk) for each in (before, here)],
            marking=Marking("GREEN", "UNMARKED"),
            by=commander,
            at=NOON,
        )

        (item,) = digest(commander, [])

        assert item.came_back
        assert item.kind == "Came back after 242 days"
        assert item.url == f"{here.get_absolute_url()}#before"
        assert "Example District" in item.why


@pytest.mark.parametrize(("language", "mark"), [("en", "\u200e"), ("ur", "\u200f")])
def test_what_came_back_runs_as_the_page_does(commander, agency, district, language, mark):
    cases = [
        actions.Case(incident_id=IncidentFactory.create(agency=agency, district=district).pk),
        actions.Case(incident_id=IncidentFactory.create(on_date=date(2023, 1, 30)).pk),
    ]
    actions.record_recurrence(
        key="gate",
        failure="Nobody watches the gate",
        cases=cases,
        marking=Marking("GREEN", "UNMARKED"),
        by=commander,
        at=NOON,
    )

    with override(language):
        (item,) = digest(commander, [])

    assert item.do.startswith(f"{mark}\u2068")
