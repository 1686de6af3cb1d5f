"""The last step of a copy, after it is stamped."""

from bulletins.rendering import signing


def finish_copy(pdf: bytes) -> bytes:
    """The copy as it is handed out, signed anew where the deployment has a key.

    The document's own signature ended with the stamp and was taken off there.
    """
    return signing.signed(pdf)
