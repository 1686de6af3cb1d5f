"""The description of the API: one name, one thing."""

from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema


class TestSchema:
    def test_is_sound_and_names_nothing_twice(self):
        GENERATOR_STATS.reset()

        schema = SchemaGenerator().get_schema(request=None, public=True)

        validate_schema(schema)
        # Two lists of choices of one name are told as a warning and given a made-up name.
        assert not GENERATOR_STATS

    def test_describes_every_room(self):
        paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]

        for noun in ("areas", "agencies", "sharing-groups", "events", "incidents", "lessons"):
            assert {f"/api/{noun}/", f"/api/{noun}/{{id}}/"} <= set(paths), noun

    def test_names_the_filters_of_a_list(self):
        paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]

        asked = {each["name"] for each in paths["/api/events/"]["get"]["parameters"]}

        assert {"verb", "record", "since", "until"} <= asked
