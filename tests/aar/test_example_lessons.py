import json
import re
from pathlib import Path

import pytest

from aar.examples import lessons
from agencies.choices import TLP, Role
from incidents.models import Incident
from lessons.choices import LessonState
from lessons.models import Lesson, Recurrence
from tests.factories import NOON, AgencyFactory, UserFactory
from tests.lessons.factories import FindingFactory, IncidentFactory, ReviewFactory

EXAMPLES = Path(lessons.__file__).parent / "data"


def read(*parts):
    return json.loads(EXAMPLES.joinpath(*parts).read_text(encoding="utf-8"))


LESSONS = read("lessons", "lessons.json")
RECURRENCES = read("lessons", "recurrences.json")["items"]


@pytest.mark.parametrize("told", LESSONS, ids=lambda told: told["id"])
def test_each_lesson_stands_on_findings_of_the_example_reviews(told):
    for source in told["from"]:
        review = read("reviews", f"{source['incident']}.json")
        titles = [finding["title"] for finding in review["findings"]]

        assert [title for title in titles if re.search(source["about"], title, re.IGNORECASE)]


@pytest.mark.parametrize("told", RECURRENCES, ids=lambda told: told["key"])
def test_each_recurrence_names_example_incidents_or_says_it_in_words(told):
    for case in told["cases"]:
        name = case.get("incident")

        assert EXAMPLES.joinpath("incidents", f"{name}.json").exists() if name else case["text"]


class TestLoad:
    @pytest.fixture
    def world(self, db):
        """Example incidents, and published example reviews that say what the lessons stand on."""
        forces = {code: self.force(code) for code in ("BL-POLICE", "KP-POLICE")}
        for path in sorted((EXAMPLES / "incidents").glob("*.json")):
            IncidentFactory.create(
                agency=forces["BL-POLICE"],
                origin=f"example:{path.stem}",
                tlp=TLP.CLEAR,
                is_example=True,
            )
        return forces

    def force(self, code):
        agency = AgencyFactory.create(code=code)
        for role in (Role.INVESTIGATOR, Role.COMMANDER):
            UserFactory.create(agency=agency, role=role, is_example=True)
        return agency

    def review(self, name, agency):
        incident = Incident.objects.get(origin=f"example:{name}")
        review = ReviewFactory.create(
            incident=incident, agency=agency, tlp=TLP.CLEAR, is_example=True
        )
        for number, told in enumerate(read("reviews", f"{name}.json")["findings"], start=1):
            FindingFactory.create(review=review, number=number, title=told["title"])

    def test_draws_endorses_and_groups_once(self, world):
        self.review("mastung-2023", world["BL-POLICE"])
        self.review("hangu-2023", world["KP-POLICE"])

        made = lessons.load(at=NOON)

        assert made == len(LESSONS) + len(RECURRENCES)
        assert lessons.load(at=NOON) == 0
        assert set(Lesson.objects.values_list("state", "is_example")) == {
            (LessonState.ENDORSED, True)
        }
        assert not Recurrence.objects.exclude(tlp=TLP.CLEAR).exists()

    def test_waits_for_a_review_that_is_not_there(self, world):
        self.review("hangu-2023", world["KP-POLICE"])

        lessons.load(at=NOON)

        assert set(Lesson.objects.values_list("agency__code", flat=True)) == {"KP-POLICE"}

    def test_draws_from_nothing_else_when_the_review_says_something_else(self, world):
        incident = Incident.objects.get(origin="example:hangu-2023")
        FindingFactory.create(
            review__incident=incident, review__tlp=TLP.CLEAR, review__is_example=True
        )

        with pytest.raises(lessons.NothingToDrawFrom):
            lessons.load(at=NOON)
