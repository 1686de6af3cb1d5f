"""The PDF of a frozen version says which version it is, and is of what was frozen."""

import pytest

from bulletins.actions.briefs import request_version_brief
from reviews.models import ReviewVersion
from tests.factories import NOON
from tests.reviews.factories import ReviewFactory


class TestRequestVersionBrief:
    def test_prints_what_was_frozen(self, client, outsider):
        review = ReviewFactory.create(state="PUBLISHED")
        version, lead = review.versions.get(), review.lead
        review.findings.update(title="Altered later")
        client.force_login(lead)

        brief = request_version_brief(version_id=version.pk, by=lead, at=NOON)

        told = str(brief.content["passages"])
        assert version.sha256 in brief.content["stand"]
        assert "Nobody searched the crowd" in told
        assert "Altered later" not in told
        assert brief.content["glance"][0]["label"].startswith("Days since the incident")
        assert request_version_brief(version_id=version.pk, by=lead, at=NOON) == brief
        page = client.get(f"{review.get_absolute_url()}versions/1/").text
        assert f"/bulletins/briefs/of-version/{version.pk}/" in page
        assert client.get(f"/bulletins/briefs/of-version/{version.pk}/").status_code == 200
        with pytest.raises(ReviewVersion.DoesNotExist):
            request_version_brief(version_id=version.pk, by=outsider, at=NOON)
