"""The people of one agency, and a published finding of theirs."""

import pytest

from tests.factories import UserFactory
from tests.lessons.factories import FindingFactory


@pytest.fixture
def finding(db):
    return FindingFactory.create()


@pytest.fixture
def writer(finding):
    return finding.review.lead


@pytest.fixture
def commander(finding):
    return UserFactory.create(commander=True, agency=finding.review.agency)


@pytest.fixture
def auditor(finding):
    return UserFactory.create(auditor=True, agency=finding.review.agency)


@pytest.fixture
def writing(client, writer):
    client.force_login(writer)
    return client


@pytest.fixture
def commanding(client, commander):
    client.force_login(commander)
    return client
