"""Translations are compiled without gettext's tools, and Python's gettext reads them."""

import gettext

from stack.catalogues import compile_all

SOURCE = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

#: a.py
msgid "Incident"
msgstr "واقعہ"

msgctxt "verb"
msgid "Open \"it\""
msgstr ""
"کھولیں "
"\"اسے\""

msgid "%(count)s lesson"
msgid_plural "%(count)s lessons"
msgstr[0] "%(count)s سبق"
msgstr[1] "%(count)s اسباق"

#, fuzzy
msgid "Doubtful"
msgstr "غلط"

msgid "Untranslated"
msgstr ""

#~ msgid "Gone"
#~ msgstr "گیا"
"""


def read(tmp_path) -> gettext.GNUTranslations:
    folder = tmp_path / "ur" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(SOURCE, "utf-8")
    compile_all(tmp_path)
    with (folder / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


class TestCompiledCatalogue:
    def test_translates_plain_contextual_and_plural_sentences(self, tmp_path):
        words = read(tmp_path)

        assert words.gettext("Incident") == "واقعہ"
        assert words.pgettext("verb", 'Open "it"') == 'کھولیں "اسے"'
        assert words.ngettext("%(count)s lesson", "%(count)s lessons", 1) == "%(count)s سبق"
        assert words.ngettext("%(count)s lesson", "%(count)s lessons", 5) == "%(count)s اسباق"

    def test_leaves_doubtful_untranslated_and_obsolete_sentences_in_english(self, tmp_path):
        words = read(tmp_path)

        assert [words.gettext(word) for word in ("Doubtful", "Untranslated", "Gone")] == [
            "Doubtful",
            "Untranslated",
            "Gone",
        ]
