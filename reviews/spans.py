"""How long something took, in words."""

from django.utils.translation import gettext as _

# From here on in hours and minutes.
LONG = 180


def span_text(seconds: int, *, to_the_second: bool = False) -> str:
    """`16` minutes, `3 h 5 min`; to the second, `2 min 10 s`."""
    if to_the_second and seconds % 60:
        parts = {"minutes": seconds // 60, "seconds": seconds % 60}
        return (
            _("%(minutes)d min %(seconds)d s") if parts["minutes"] else _("%(seconds)d s")
        ) % parts
    minutes = round(seconds / 60)
    if minutes < LONG:
        return str(minutes)
    return _("%(hours)d h %(minutes)d min") % {"hours": minutes // 60, "minutes": minutes % 60}


def span_signs(seconds: int, *, to_the_second: bool = False) -> str:
    """The same in signs that need no letters to be joined: `16′`, `3 h 5′`, `2′ 10″`."""
    if to_the_second and seconds % 60:
        minutes, left = divmod(seconds, 60)
        return f"{minutes}′ {left}″" if minutes else f"{left}″"
    minutes = round(seconds / 60)
    if minutes < LONG:
        return f"{minutes}′"
    hours, left = divmod(minutes, 60)
    return f"{hours} h {left}′" if left else f"{hours} h"


def offset_text(seconds: int) -> str:
    """How a clock is out: `4 min fast`, `1 min 30 s slow`; blank where it is right."""
    if not seconds:
        return ""
    size = abs(seconds)
    minutes, left = divmod(size, 60)
    if minutes and left:
        span = _("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": left}
    elif minutes:
        span = _("%(minutes)d min") % {"minutes": minutes}
    else:
        span = _("%(seconds)d s") % {"seconds": left}
    return (_("%(span)s fast") if seconds > 0 else _("%(span)s slow")) % {"span": span}
