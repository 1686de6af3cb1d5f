"""Compiles the translations without gettext's tools, and checks that none is missing with them."""

import ast
import os
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from stack.home import PROJECT
from stack.troubles import Trouble

MAGIC = 0x950412DE
KEYWORDS = ("msgctxt", "msgid_plural", "msgid", "msgstr")
LEAVE_OUT = (".venv", ".git", ".aar", ".build", "node_modules", "tests", "benchmarks", "docs")


def compile_all(folder: Path) -> None:
    """Make `.mo` of every `.po` under `folder` that is newer than its `.mo`."""
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        draft = target.with_suffix(f".{os.getpid()}")
        draft.write_bytes(compiled(read_catalogue(source)))
        draft.chmod(0o644)
        draft.replace(target)


def read_catalogue(source: Path) -> dict[str, str]:
    """Key to translation, as gettext stores them, without untranslated and doubtful entries."""
    messages: dict[str, str] = {}
    for entry in _entries(source):
        forms = [entry[name] for name in sorted(entry) if name.startswith("msgstr")]
        if all(forms) and "fuzzy" not in entry.get("flags", ""):
            messages[_key(entry)] = "\0".join(forms)
    return messages


def compiled(messages: dict[str, str]) -> bytes:
    """The bytes of a `.mo` file."""
    pairs = sorted((key.encode(), value.encode()) for key, value in messages.items())
    tables: list[bytes] = []
    texts = b""
    start = 7 * 4 + 16 * len(pairs)
    for column in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<II", len(pair[column]), start + len(texts)))
            texts += pair[column] + b"\0"
    head = struct.pack("<7I", MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, start)
    return head + b"".join(tables) + texts


def check_complete(project: Path = PROJECT) -> None:
    """Every sentence of the product must stand in each catalogue. Needs gettext's tools."""
    if not (shutil.which("xgettext") and shutil.which("msgmerge")):
        print("The translations were not compared with the code: gettext is not installed.")
        return
    for source in sorted((project / "locale").glob("*/LC_MESSAGES/*.po")):
        language = source.parts[-3]
        wanted = _sentences_in_code(project, language)
        known = {_key(entry) for entry in _entries(source)}
        if lacking := sorted(wanted - known):
            first = lacking[0].replace("\4", ": ").replace("\0", " / ")
            raise Trouble(
                f"{source.relative_to(project)} lacks {len(lacking)} sentences of the code, "
                f"the first is {first!r}:",
                "make messages",
            )


def _sentences_in_code(project: Path, language: str) -> set[str]:
    """What makemessages finds, found in a copy so that the tree stays as it is."""
    with tempfile.TemporaryDirectory(prefix="aar-words-") as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(
            project, copy, ignore=shutil.ignore_patterns(*LEAVE_OUT, "__pycache__", "*.po")
        )
        command = [sys.executable, "-m", "django", "makemessages", "--locale", language]
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": ""}
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise Trouble(f"The sentences of the code could not be gathered: {done.stderr.strip()}")
        found: set[str] = set()
        for catalogue in copy.glob(f"locale/{language}/LC_MESSAGES/*.po"):
            found |= {_key(entry) for entry in _entries(catalogue)}
        return found


def _key(entry: dict[str, str]) -> str:
    key = entry.get("msgid", "")
    if "msgid_plural" in entry:
        key += "\0" + entry["msgid_plural"]
    return entry["msgctxt"] + "\4" + key if "msgctxt" in entry else key


def _entries(source: Path) -> Iterator[dict[str, str]]:
    """The entries of a `.po` file; obsolete ones, behind `#~`, are comments."""
    entry: dict[str, str] = {}
    field = ""
    for line in [*source.read_text("utf-8").splitlines(), ""]:
        words = line.strip()
        if words.startswith("#,"):
            entry["flags"] = words
        elif words.startswith("#"):
            continue
        elif words.startswith('"'):
            entry[field] += ast.literal_eval(words)
        elif words:
            field, _, text = words.partition(" ")
            if field.split("[")[0] not in KEYWORDS:
                raise Trouble(f"{source} has a line that is no part of a catalogue: {words!r}.")
            entry[field] = ast.literal_eval(text)
        elif "msgid" in entry:
            yield entry
            entry = {}
