"""Figures of the review as SVG: drawn by the server, so page, PDF and no script agree."""

from reviews.rendering.swim import swim_lanes
from reviews.rendering.waits import minutes_text, wait_text

__all__ = ["minutes_text", "swim_lanes", "wait_text"]
