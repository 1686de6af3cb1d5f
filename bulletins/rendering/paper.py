"""From what WeasyPrint made to what is kept: finished, then signed. Only workers import this."""

from bulletins.rendering import signing
from bulletins.rendering.finishing import finish
from bulletins.rendering.records import Kept

fingerprint = signing.fingerprint


def finished(pdf: bytes, kept: Kept) -> bytes:
    """The file with its record attached, fit to be kept, and signed where there is a key."""
    return signing.signed(finish(pdf, kept))
