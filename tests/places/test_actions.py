from audit.choices import Verb
from audit.models import Event
from places.actions import load_areas
from places.choices import Level
from places.models import Area


class TestLoadAreas:
    def test_loads_every_step_of_the_ladder(self, db):
        load_areas()

        assert Area.objects.filter(level=Level.PROVINCE).count() == 7
        assert Area.objects.filter(level=Level.DIVISION).count() == 39
        assert Area.objects.filter(level=Level.DISTRICT).count() == 171
        assert Area.objects.filter(level=Level.TEHSIL).count() == 577

    def test_places_mastung_in_kalat_division_of_balochistan_with_its_shape(self, db):
        load_areas()

        mastung = Area.objects.get(scheme="PAK-COD-AB", version="2022", code="PK220")
        assert (mastung.name, mastung.name_ur) == ("Mastung", "مستونگ")
        assert mastung.parent.name == "Kalat Division"
        assert mastung.province.name == "Balochistan"
        assert mastung.shape["type"] in {"Polygon", "MultiPolygon"}

    def test_marks_an_alias_that_names_two_districts_as_ambiguous(self, db):
        load_areas()

        lower = Area.objects.get(code="PK507")
        assert lower.aliases.get(alias="Chitral").is_ambiguous

    def test_twice_is_the_same_as_once(self, db):
        load_areas()

        assert load_areas() == 0
        assert Area.objects.filter(code="PK220").count() == 1
        assert Event.objects.filter(verb=Verb.REFERENCE_LOADED).count() == 1
