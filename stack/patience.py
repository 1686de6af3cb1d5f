"""Waiting that ends when a signal asks for it, so that no step is cut in half."""

import signal
import time
from collections.abc import Callable
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked the launcher to stop."""


class Patience:
    """Remembers that a stop was asked for and says so at the next pause."""

    def __init__(self) -> None:
        self.asked = False

    def listen(self) -> None:
        """Take the signals that end a program as a wish to stop in order."""
        for number in ENDING:
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True

    def pause(self, seconds: float) -> None:
        """Sleep a moment. Raises Stopped when asked to stop."""
        if self.asked:
            raise Stopped
        time.sleep(seconds)
        if self.asked:
            raise Stopped

    def until(self, ready: Callable[[], bool], seconds: float) -> bool:
        """Wait for `ready`; False when it took longer than `seconds`."""
        end = time.monotonic() + seconds
        while not ready():
            if time.monotonic() > end:
                return False
            self.pause(0.05)
        return True
