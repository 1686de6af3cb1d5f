"""Words that say who is guilty before a court has spoken."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Whole words; the Urdu ones with or without the space, in whichever spelling of the letters.
WORDS = re.compile(
    r"(?<!\w)(?:terrorists?|culprits?|master-?\s?minds?|master-?minded|killers?|murderers?"
    r"|criminals?|guilty|butchers?|assassins?"
    r"|دہشت[\s\u200c]?گرد(?:وں)?|مجرم(?:وں|ان)?|قاتل(?:وں)?|سرغنہ|ماسٹر[\s\u200c]?مائنڈ"
    r"|قصور[\s\u200c]?وار|درند(?:ہ|ے|وں))(?!\w)",
    re.IGNORECASE,
)
BEFORE_A_COURT: Promise = _(
    "Saved. The note says “%(word)s”: no court has spoken. Say what is known of the act, not what "
    "somebody is."
)


def word_of_guilt(words: str) -> str:
    """The first word of guilt in it, as it is written there; blank where there is none."""
    found = WORDS.search(words)
    return found[0] if found else ""
