"""How long it took, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.lanes import HandOff
from reviews.spans import span_signs, span_text


def minutes_text(hand_off: HandOff) -> str:
    """`2`, `2 or 17`, `about 5`, `2 min 10 s`, or that nobody knows."""
    if not hand_off.waits:
        return _("not known")
    return _qualified(hand_off, wait_figures(hand_off))


def wait_text(hand_off: HandOff) -> str:
    """The same with its unit: `16 min`, `2 or 17 min`, `about 3 h 5 min`."""
    if not hand_off.waits:
        return _("not recorded")
    figures = wait_figures(hand_off)
    last = round(hand_off.waits[-1] / 60)
    if figures[-1].isdecimal():
        joined = figures[0] if len(figures) == 1 else _(" or ").join(figures)
        words = ngettext("%(n)s min", "%(n)s min", last) % {"n": joined}
        return _qualified(hand_off, [words])
    return _qualified(hand_off, figures)


def wait_figures(hand_off: HandOff) -> list[str]:
    """Each delay once: bare minutes, or in hours or seconds where these say more."""
    waits = hand_off.waits
    words = [span_text(each, to_the_second=hand_off.to_the_second) for each in waits]
    return list(dict.fromkeys(words))


def wait_signs(hand_off: HandOff) -> str:
    """`16′`, `2′/17′`, `3 h 5′`: for a drawing that has no room for words, or no letters."""
    signs = [span_signs(each, to_the_second=hand_off.to_the_second) for each in hand_off.waits]
    return "/".join(dict.fromkeys(signs)) or "?"


def _qualified(hand_off: HandOff, figures: list[str]) -> str:
    joined = figures[0] if len(figures) == 1 else _(" or ").join(figures)
    if hand_off.is_sure or hand_off.is_disputed:
        return joined
    return _("about %(n)s") % {"n": joined}


def sentence(hand_off: HandOff, wait: str) -> str:
    """One hand-off for who hears the figure; `wait` is its delay in words."""
    words = {"acting": hand_off.acting, "told": hand_off.told, "wait": wait}
    if hand_off.waits and wait_figures(hand_off)[-1].isdecimal():
        words["minutes"] = minutes_text(hand_off)
        return _("%(acting)s to %(told)s: %(minutes)s minutes.") % words
    return _("%(acting)s to %(told)s: %(wait)s.") % words
