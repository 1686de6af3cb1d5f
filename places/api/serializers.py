"""Areas as other systems read them: known by scheme, version and code together."""

from typing import Any

from rest_framework import serializers

from core.queries import LONGEST
from places.choices import Level
from places.models import Area, AreaAlias


class AreaKeySerializer(serializers.ModelSerializer[Area]):
    """Which area is meant: a code alone is never a key."""

    class Meta:
        model = Area
        fields = ["id", "scheme", "version", "code", "name"]


class AreaAliasSerializer(serializers.ModelSerializer[AreaAlias]):
    """Another spelling; an ambiguous one names another area too."""

    class Meta:
        model = AreaAlias
        fields = ["alias", "seen_in", "is_ambiguous"]


class AreaSerializer(serializers.ModelSerializer[Area]):
    """One area with its other spellings."""

    parent = AreaKeySerializer(read_only=True)
    province = AreaKeySerializer(read_only=True)
    aliases = AreaAliasSerializer(many=True, read_only=True)

    class Meta:
        model = Area
        fields = ["id", "scheme", "version", "code", "level", "name", "name_ur", "aliases"]
        fields += ["parent", "province", "latitude", "longitude", "valid_from", "valid_to"]
        fields += ["source"]


class AreaDetailSerializer(AreaSerializer):
    """One area with its shape as GeoJSON (degrees, WGS 84), null where no source has one."""

    shape: "serializers.JSONField" = serializers.JSONField(read_only=True)

    class Meta(AreaSerializer.Meta):
        fields = [*AreaSerializer.Meta.fields, "shape"]


class AreaFilters(serializers.Serializer[Any]):
    """What the list of areas can be narrowed to."""

    level = serializers.ChoiceField(choices=Level.choices, required=False)
    parent: Any = serializers.IntegerField(
        required=False, help_text="The id of the area right above."
    )
    province = serializers.IntegerField(required=False, help_text="The id of the province.")
    q = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=LONGEST,
        help_text="Words in a name, an Urdu name or another spelling.",
    )
