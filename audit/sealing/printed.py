"""The short form of the newest seal, for print: whoever holds the paper holds a witness."""

from audit.models import Seal

DIGITS = 16
GROUP = 4


def short_root() -> str:
    """The number of the newest seal and the beginning of its root; blank before the first."""
    last = Seal.objects.order_by("-number").only("number", "root").first()
    return short(last.number, bytes(last.root)) if last else ""


def short(number: int, root: bytes) -> str:
    """As it is printed: `12 · 3f2a 91bc 77de 0a41`."""
    digits = root.hex()[:DIGITS]
    return f"{number} · {' '.join(digits[at : at + GROUP] for at in range(0, DIGITS, GROUP))}"
