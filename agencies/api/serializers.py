"""Agencies and sharing groups as other systems read them."""

from typing import Any

from rest_framework import serializers

from agencies.choices import Tier
from agencies.models import Agency, SharingGroup
from core.queries import LONGEST
from places.api.serializers import AreaKeySerializer


class AgencySerializer(serializers.ModelSerializer[Agency]):
    """One agency; a closed one owns and receives nothing new."""

    province = AreaKeySerializer(read_only=True)

    class Meta:
        model = Agency
        fields = ["id", "code", "name", "name_ur", "tier", "kind", "province", "is_active"]


class SharingGroupSerializer(serializers.ModelSerializer[SharingGroup]):
    """One group with the codes of its agencies."""

    agencies: "serializers.SlugRelatedField[Agency]" = serializers.SlugRelatedField(
        many=True, read_only=True, slug_field="code"
    )

    class Meta:
        model = SharingGroup
        fields = ["id", "name", "agencies"]


class AgencyFilters(serializers.Serializer[Any]):
    """What the list of agencies can be narrowed to."""

    tier = serializers.ChoiceField(choices=Tier.choices, required=False)
    kind = serializers.CharField(required=False, allow_blank=True, max_length=30)
    province = serializers.IntegerField(required=False, help_text="The id of the province.")
    q = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=LONGEST,
        help_text="Words in a name, an Urdu name or the code.",
    )
