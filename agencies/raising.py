"""Why a product carries the marking it carries: the part that raised it, named."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from agencies.choices import TLP, Caveat, Classification
from agencies.models import Marked

# What nothing raised needs no reason.
LOWEST = (TLP.CLEAR, Classification.UNMARKED)


def raised_by(
    product: Marked, parts: Sequence[Marked], *, name: Callable[[Marked], str]
) -> list[str]:
    """`TLP:AMBER because of L-2026-0004.`, a sentence for each scale and caveat.

    `name` says how a part is called to this reader, who may not know of every one.
    """
    scales = (
        (TLP(product.tlp), [part for part in parts if part.tlp == product.tlp]),
        (
            Classification(product.classification),
            [part for part in parts if part.classification == product.classification],
        ),
    )
    sentences = [
        _reason(str(step.label), raisers, name) for step, raisers in scales if step not in LOWEST
    ]
    for caveat in product.caveats:
        raisers = [part for part in parts if caveat in part.caveats]
        sentences.append(_reason(str(Caveat(caveat).label), raisers, name))
    return sentences


def _reason(marking: str, raisers: Sequence[Marked], name: Callable[[Marked], str]) -> str:
    if not raisers:
        return _("%(marking)s by choice: no part asks for it.") % {"marking": marking}
    names = ", ".join(dict.fromkeys(name(part) for part in raisers))
    return _("%(marking)s because of %(parts)s.") % {"marking": marking, "parts": names}
