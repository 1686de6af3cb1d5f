"""What every test of evidence needs: a storage of its own, and nobody who is rung."""

import pytest

from incidents import tasks


@pytest.fixture(autouse=True)
def vault_folder(settings, tmp_path):
    """The folder of sealed files, empty."""
    folder = tmp_path / "evidence"
    settings.STORAGES = {
        **settings.STORAGES,
        "evidence": {
            **settings.STORAGES["evidence"],
            "OPTIONS": {**settings.STORAGES["evidence"]["OPTIONS"], "location": folder},
        },
    }
    settings.UPLOAD_DIR = tmp_path / "uploads"
    return folder


@pytest.fixture(autouse=True)
def rung(monkeypatch):
    """The numbers that a worker was told of."""
    told = []
    monkeypatch.setattr(tasks.check, "delay", lambda *, evidence_id: told.append(evidence_id))
    return told
