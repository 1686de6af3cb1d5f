"""Reference data shipped with the product: files beside the code of the room that owns them."""

import csv
import hashlib
import json
from pathlib import Path
from typing import Any


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a UTF-8 CSV file with a header line."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_json(path: Path) -> Any:
    """What a UTF-8 JSON file holds."""
    return json.loads(path.read_text(encoding="utf-8"))


def fingerprint(*paths: Path) -> str:
    """SHA-256 over the bytes of the files, in order: changes when any of them does."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
