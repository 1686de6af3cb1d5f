"""The name that a file came with, made safe to show and to hand back. Never a path of ours."""

import unicodedata
from pathlib import PurePosixPath

from django.utils.translation import gettext

LONGEST = 150
# Joiners are part of Urdu words; every other sign without a shape is dropped, among them those
# that turn the direction and make `gpj.exe` read as `exe.jpg`.
JOINERS = frozenset("\u200c\u200d")
FORBIDDEN = frozenset('/\\:*?"<>|')


def clean(raw: str) -> str:
    """`raw` without folders, control signs and signs that file systems mind; never empty."""
    last = unicodedata.normalize("NFC", raw).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(
        sign
        for sign in last
        if sign in JOINERS
        or (sign not in FORBIDDEN and unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Zl"})
    )
    name = " ".join(kept.split()).strip(". ")
    if not any(sign.isalnum() for sign in name):
        return gettext("file")
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix[:12]
    return f"{stem[: LONGEST - len(suffix)].rstrip('. ')}{suffix}"


def extension(name: str) -> str:
    """`jpg` of `Gate.JPG`; empty where there is none."""
    return PurePosixPath(name).suffix.lstrip(".").lower()
