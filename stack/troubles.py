"""What a person must mend: one sentence and the command that mends it."""

import errno
from pathlib import Path

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
NO_SPACE = "No space left on device"


class Trouble(Exception):
    """The launcher cannot go on; `mend` is the command that helps."""

    def __init__(self, sentence: str, mend: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.sentence}\n    {self.mend}" if self.mend else self.sentence


def disk_full(path: Path) -> Trouble:
    """There is no room where `path` lies."""
    return Trouble(
        f"The disk that holds {path} is full: make room on it, or keep the data elsewhere:",
        "make run DATA_DIR=/another/disk/aar",
    )


def from_os_error(error: OSError, path: Path) -> Trouble:
    """The sentence for an error of the operating system."""
    if error.errno in FULL:
        return disk_full(path)
    where = error.filename if isinstance(error.filename, str) else str(error.filename or path)
    return Trouble(f"The system refused {where}: {error.strerror or error}.")


def last_lines(log: Path, count: int = 12) -> str:
    """The end of a log, indented."""
    try:
        lines = log.read_text("utf-8", errors="replace").rstrip().splitlines()
    except OSError:
        return ""
    return "\n".join(f"    {line}" for line in lines[-count:])


def from_log(sentence: str, log: Path) -> Trouble:
    """A process gave up: say so with the end of its log, or say that the disk is full."""
    end = last_lines(log)
    if NO_SPACE in end:
        return disk_full(log)
    return Trouble(f"{sentence} The end of {log}:\n{end}")
