"""What many kinds of line say alike."""

from typing import NotRequired, TypedDict


class Graded(TypedDict):
    """Who says so, and its Admiralty grade."""

    source: NotRequired[str]
    reliability: NotRequired[str]
    credibility: NotRequired[str]
