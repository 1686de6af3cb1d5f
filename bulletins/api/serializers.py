"""What the API says of bulletins and briefs."""

from rest_framework import serializers

from bulletins.models import Brief, Bulletin
from bulletins.models.kinds import ALL_KIND_FIELDS


class BulletinSerializer(serializers.ModelSerializer[Bulletin]):
    """A bulletin as it is listed and read."""

    agency = serializers.CharField(source="agency.code", read_only=True)

    class Meta:
        model = Bulletin
        fields = (
            "id",
            "reference",
            "edition",
            "kind",
            "title",
            "bottom_line",
            "audience",
            "actions",
            "act_by",
            *ALL_KIND_FIELDS,
            "language",
            "state",
            "agency",
            "tlp",
            "classification",
            "caveats",
            "is_example",
            "composed_at",
            "issued_at",
            "sha256",
        )
        read_only_fields = fields


class BriefSerializer(serializers.ModelSerializer[Brief]):
    """A brief of the reader's agency."""

    agency = serializers.CharField(source="agency.code", read_only=True)

    class Meta:
        model = Brief
        fields = (
            "id",
            "reference",
            "kind",
            "title",
            "language",
            "agency",
            "tlp",
            "classification",
            "caveats",
            "is_example",
            "requested_at",
            "sha256",
        )
        read_only_fields = fields
