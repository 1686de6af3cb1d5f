"""Merging two people's words: nothing that was saved is lost, whatever the order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.merging import GAP, differences, merge, merge_prose
from tests.reviews.crowd import nothing_is_lost, sessions

BASE = "The lane was planned.\n\nNobody staffed it.\n\nThe order was late."


class TestProse:
    def test_of_two_who_wrote_in_different_paragraphs_holds_both(self):
        mine = BASE.replace("Nobody", "Not one officer")
        theirs = BASE.replace("late", "two hours late") + "\n\nIt went by hand."

        merged = merge_prose(BASE, mine, theirs)

        assert merged == (
            "The lane was planned.\n\nNot one officer staffed it.\n\n"
            "The order was two hours late.\n\nIt went by hand."
        )

    def test_of_two_who_wrote_in_one_paragraph_is_not_put_together(self):
        assert merge_prose(BASE, BASE.replace("lane", "gate"), BASE.replace("was", "is")) is None

    def test_of_two_first_answers_is_not_put_together(self):
        assert merge_prose("", "Mine.", "Theirs.") is None

    def test_of_two_who_went_on_at_the_end_holds_both_and_once(self):
        mine, theirs = f"{BASE}{GAP}Mine.", f"{BASE}{GAP}Theirs."

        merged = merge_prose(BASE, mine, theirs)

        assert merged == f"{BASE}{GAP}Theirs.{GAP}Mine."
        assert merge_prose(BASE, mine, merged) == merged

    def test_leaves_out_what_one_side_took_out(self):
        mine = BASE.replace("Nobody staffed it.\n\n", "")

        assert merge_prose(BASE, mine, BASE + "\n\nMore.") == mine + "\n\nMore."

    def test_of_a_paragraph_taken_out_and_changed_is_not_put_together(self):
        mine = BASE.replace("Nobody staffed it.\n\n", "")

        assert merge_prose(BASE, mine, BASE.replace("Nobody", "No one")) is None


class TestFields:
    def test_takes_from_each_side_what_it_alone_changed(self):
        base = {"scope": "a", "tier": "T2", "complete": False}

        merged = merge(base, {**base, "scope": "b"}, {**base, "tier": "T3", "complete": True})

        assert merged.values == {"scope": "b", "tier": "T3", "complete": True}
        assert merged.clashes == ()

    def test_names_what_both_changed_and_leaves_theirs(self):
        merged = merge({"scope": "a"}, {"scope": "b"}, {"scope": "c"})

        assert (merged.values, merged.clashes) == ({"scope": "c"}, ("scope",))


class TestDifference:
    @given(st.text(alphabet="ab \n.", max_size=60), st.text(alphabet="ab \n.", max_size=60))
    @settings(max_examples=40, deadline=None)
    def test_lets_both_texts_be_read(self, before, after):
        pieces = differences(before, after)

        assert "".join(p.text for p in pieces if p.how != "new") == before
        assert "".join(p.text for p in pieces if p.how != "gone") == after

    def test_is_said_word_by_word(self):
        pieces = [(p.how, p.text) for p in differences("no search lane", "one search lane")]

        assert pieces == [("gone", "no"), ("new", "one"), ("same", " search lane")]


class TestMerge:
    @given(sessions(longest=40))
    @settings(max_examples=25, deadline=None)
    def test_loses_no_edit_in_any_order(self, edits):
        nothing_is_lost(edits)
