"""Before anything is widened the page says whom it reaches: the reading rule turned round."""

from typing import Any

from agencies.readers import Reach, count_readers
from bulletins.selectors.reach import people_who_read as readers_of_bulletin
from incidents.selectors.reach import people_who_read as readers_of_incident
from lessons.selectors.reach import people_who_read as readers_of_lesson
from reviews.selectors.reach import people_who_read as readers_of_review
from tests.access.world import MODELS

READERS: dict[str, Any] = {
    "incident": readers_of_incident,
    "review": readers_of_review,
    "lesson": readers_of_lesson,
    "bulletin": readers_of_bulletin,
}


def who_sees(world, kind):
    """Each record with the people to whom it is visible, by the rule that pages ask."""
    found: dict[int, set[int]] = {}
    for person in world.people:
        for key in MODELS[kind].objects.visible_to(person).values_list("pk", flat=True):
            found.setdefault(key, set()).add(person.pk)
    return found


class TestWhoWouldRead:
    def test_is_who_does_read_for_every_person_and_record(self, world):
        ours = {person.pk for person in world.people}
        for kind, readers in READERS.items():
            sees = who_sees(world, kind)
            for facts in (each for each in world.records if each.kind == kind):
                record = MODELS[kind].objects.get(pk=facts.number)

                told = set(readers(record).values_list("pk", flat=True)) & ours

                assert told == sees.get(facts.number, set()), facts

    def test_is_counted_by_agency_with_the_owner_first(self, world):
        facts = next(
            each
            for each in world.records
            if (each.kind, each.tlp, each.classification, each.passed_to)
            == ("incident", "AMBER", "CONFIDENTIAL", frozenset())
        )
        record = MODELS["incident"].objects.get(pk=facts.number)
        reach = Reach.of(record).with_recipient(world.friend)

        told = count_readers(readers_of_incident(record, reach), reach)

        assert [row.agency for row in told.rows] == [world.home, world.friend]
        # Five roles read content; one of each is cleared so far.
        assert [row.people for row in told.rows] == [5, 5]
        assert told.sentence == "10 people in 2 agencies."
