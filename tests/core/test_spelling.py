import pytest

from core.spelling import alike, folded, sounded, trigrams


class TestFolded:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            # ya, kaf and he of an Arabic keyboard
            ("يكهتى", "یکہتی"),
            # a hamza with its letter, apart from it, alone, or left out at an end
            ("کوئٹہ", "کوي\u0654ٹہ"),
            ("کوءٹہ", "کوئٹہ"),
            ("علماء", "علما"),
            ("ؤأإآٱ", "ووووو".replace("ووووو", "واااا")),
            # he with two eyes, ta that is read as he
            ("پنجھ", "پنجه"),
            ("سورة", "سورہ"),
            # marks, the lengthening stroke, joiners that nobody sees
            ("مُحَمَّد", "محمد"),
            ("مـــستونگ", "مستونگ"),
            ("مست\u200cونگ\u200f", "مستونگ"),
            # presentation forms, figures
            ("ﻻﮨﻮﺭ", "لاہور"),
            ("سیکٹر ۱۲", "سیکٹر 12"),
            ("Dēra  Ismā‘īl-Khān", "dera isma il khan"),
        ],
    )
    def test_is_the_same_for_two_ways_to_write_one_word(self, one, other):
        assert folded(one) == folded(other)

    @pytest.mark.parametrize(("one", "other"), [("بنوں", "بنو"), ("ڈیرہ", "دیرہ"), ("رے", "ری")])
    def test_keeps_letters_apart_that_make_another_word(self, one, other):
        assert folded(one) != folded(other)

    def test_twice_is_the_same_as_once(self):
        assert folded(folded("ضلع کوئٹہ (Quetta)")) == folded("ضلع کوئٹہ (Quetta)")

    @pytest.mark.parametrize("nothing", ["", "  ", "%_", "\u200c\u064e", "ء"])
    def test_leaves_nothing_of_what_is_no_letter(self, nothing):
        assert folded(nothing) == ""


class TestSounded:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("peshawar", "pishawar"),
            ("quetta", "kwetta"),
            ("hangu", "hungoo"),
            ("mastung", "mustang"),
            ("karachi", "karachee"),
        ],
    )
    def test_is_the_same_for_one_name_in_latin_letters(self, one, other):
        assert sounded(one) == sounded(other)

    def test_keeps_other_names_apart(self):
        assert sounded("mardan") != sounded("multan")


class TestAlike:
    def test_says_how_much_two_words_share(self):
        same, part, none = (trigrams(word) for word in ("lahore", "lahor", "quetta"))

        assert alike(same, same) == 1
        assert 0.5 < alike(same, part) < 1
        assert alike(same, none) == 0
        assert alike(frozenset(), frozenset()) == 0
