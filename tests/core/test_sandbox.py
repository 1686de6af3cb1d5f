"""The child that works on what strangers made: what comes back, and what it may not do."""

import os
import time

import pytest

from core.sandbox import ChildFailed, Fault, Limits, run

SHORT = Limits(cpu_seconds=1, wall_seconds=5, more_memory=64 << 20, largest=1 << 20)


def fault_of(work, limits=SHORT):
    with pytest.raises(ChildFailed) as failure:
        run(work, limits)
    return failure.value.fault, failure.value.error


def spin():
    while True:
        pass


def raise_lookup_error():
    raise LookupError("x")


class TestRun:
    def test_brings_back_what_was_made_and_what_is_said_of_it(self):
        assert run(lambda: (b"made", {"pages": 3}), SHORT) == (b"made", {"pages": 3})

    def test_ends_work_that_burns_the_processor(self):
        assert fault_of(spin) == (Fault.TIME, "")

    def test_ends_work_that_waits_too_long(self):
        limits = Limits(cpu_seconds=1, wall_seconds=0.2)

        assert fault_of(lambda: time.sleep(30), limits) == (Fault.TIME, "")

    def test_ends_work_that_fills_the_memory(self):
        assert fault_of(lambda: (bytes(512 << 20), {}))[0] == Fault.MEMORY

    def test_takes_no_answer_that_is_too_long(self):
        assert fault_of(lambda: (bytes(2 << 20), {})) == (Fault.TIME, "")

    def test_names_what_was_raised_and_nothing_of_its_words(self):
        assert fault_of(raise_lookup_error) == (Fault.BROKEN, "LookupError")

    def test_keeps_files_of_the_parent_out_of_reach(self, tmp_path):
        kept = (tmp_path / "kept").open("wb")

        assert fault_of(lambda: (os.fstat(kept.fileno()) and b"", {})) == (Fault.BROKEN, "OSError")

        kept.close()

    def test_lets_nothing_be_written(self, tmp_path):
        path = tmp_path / "left"

        def write():
            path.write_bytes(b"x")
            return b"", {}

        with pytest.raises(ChildFailed):
            run(write, SHORT)

        assert not path.exists() or path.stat().st_size == 0
