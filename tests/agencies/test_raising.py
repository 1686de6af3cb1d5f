"""Which part of a product raised its marking."""

from types import SimpleNamespace
from typing import Any

from agencies.raising import raised_by


def record(reference="", tlp="CLEAR", classification="UNMARKED", caveats=()) -> Any:
    return SimpleNamespace(
        reference=reference, tlp=tlp, classification=classification, caveats=list(caveats)
    )


def told(product, *parts):
    return raised_by(product, parts, name=lambda part: getattr(part, "reference", ""))


class TestRaisedBy:
    def test_names_the_part_of_each_scale(self):
        product = record(tlp="AMBER", classification="RESTRICTED")
        parts = [
            record("L-0004", tlp="AMBER"),
            record("L-0005", classification="RESTRICTED"),
        ]

        assert told(product, *parts) == [
            "TLP:AMBER because of L-0004.",
            "RESTRICTED because of L-0005.",
        ]

    def test_names_every_part_that_carries_it(self):
        parts = [record("L-1", tlp="GREEN"), record("L-2", tlp="GREEN"), record("L-3")]

        assert told(record(tlp="GREEN"), *parts) == ["TLP:GREEN because of L-1, L-2."]

    def test_says_where_the_writer_chose_it(self):
        assert told(record(tlp="AMBER"), record("L-1", tlp="GREEN")) == [
            "TLP:AMBER by choice: no part asks for it."
        ]

    def test_names_the_part_of_a_caveat(self):
        product = record(caveats=["ORCON"])

        assert told(product, record("L-1", caveats=["ORCON"]), record("L-2")) == [
            "Originator controlled because of L-1."
        ]

    def test_has_nothing_to_say_of_what_anyone_may_read(self):
        assert told(record(), record("L-1")) == []
