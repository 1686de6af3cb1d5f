"""Areas as the shipped files name them, a person who loads, and files as people hand them in."""

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from agencies.choices import TLP, Classification
from agencies.lock import acting
from incidents import actions, selectors
from incidents.loading.work import work_on
from places.actions import load_areas
from tests.factories import UserFactory

ROW = {
    "id": "56112",
    "type_of_violence": "1",
    "dyad_name": "Government of Pakistan - TTP",
    "side_a": "Government of Pakistan",
    "side_b": "TTP",
    "source_office": "A paper",
    "source_date": "2008-01-21",
    "source_headline": "Soldier killed",
    "where_prec": "2",
    "where_coordinates": "Shabqadar town",
    "where_description": "Shabqadar area in Charsadda district",
    "adm_1": "Khyber Pakhtunkwa province",
    "adm_2": "Charsadda district",
    "latitude": "34.218917",
    "longitude": "71.557903",
    "date_prec": "1",
    "date_start": "2008-01-20",
    "date_end": "2008-01-20",
    "deaths_a": "1",
    "deaths_b": "2",
    "deaths_civilians": "0",
    "deaths_unknown": "0",
    "best": "3",
    "high": "3",
    "low": "3",
}
UCDP = tuple(ROW)


@pytest.fixture
def areas(db):
    load_areas()


@pytest.fixture
def by(areas):
    return UserFactory.create()


def ucdp(*rows):
    """A file of the UCDP GED: each row by what it differs in."""
    lines = [",".join(UCDP)]
    lines += [",".join((ROW | row)[name] for name in UCDP) for row in rows]
    return "\n".join(lines) + "\n"


class Loading:
    """What a person does with a file, step by step, with a worker at hand."""

    def __init__(self, by):
        self.by = by

    def received(self, content, name="events.csv", **marking):
        content = content.encode() if isinstance(content, str) else content
        marking = {"tlp": TLP.AMBER, "classification": Classification.RESTRICTED} | marking
        return actions.receive_import(
            file=ContentFile(content, name=name),
            name=name,
            by=self.by,
            at=timezone.now(),
            **marking,
        )

    def checked(self, content, **how):
        batch = self.received(content, **how)
        return self.step(actions.check_import, batch)

    def stored(self, content, **how):
        return self.step(actions.store_import, self.checked(content, **how))

    def step(self, action, batch, **more):
        action(import_id=batch.pk, by=self.by, at=timezone.now(), **more)
        work_on(batch.pk)
        return self.now(batch)

    def now(self, batch):
        with acting(self.by):
            return selectors.import_of(self.by, batch.pk)

    def refusals(self, batch):
        return list(selectors.refusals(self.by, batch.pk).values_list("row", "column", "sentence"))


@pytest.fixture
def loading(by, monkeypatch):
    monkeypatch.setattr("incidents.tasks.load_file.delay", lambda **_ids: None)
    return Loading(by)
