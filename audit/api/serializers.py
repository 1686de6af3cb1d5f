"""Deeds as other systems read them: as much of each as its page shows, and no more."""

from typing import Any

from rest_framework import serializers

from audit.choices import Verb
from audit.selectors import Deed


class EventSerializer(serializers.Serializer[Deed]):
    """Who did what, when, to which record. Why and how stand on the record, for its readers."""

    id = serializers.IntegerField(source="event.id", read_only=True)
    at = serializers.DateTimeField(source="event.at", read_only=True)
    verb = serializers.ChoiceField(source="event.verb", choices=Verb.choices, read_only=True)
    by = serializers.CharField(
        source="event.actor_name",
        read_only=True,
        help_text="The post of the person; blank where the machine did it.",
    )
    target_type = serializers.CharField(source="event.target_type", read_only=True)
    target_id = serializers.IntegerField(source="event.target_id", read_only=True, allow_null=True)
    record = serializers.CharField(
        source="what", read_only=True, help_text="Its reference, or its kind and number."
    )
    url = serializers.CharField(
        read_only=True, help_text="Where the record stands; blank where the caller may not open it."
    )


class EventFilters(serializers.Serializer[Any]):
    """What the list of deeds can be narrowed to."""

    verb = serializers.ChoiceField(choices=Verb.choices, required=False)
    record = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=200,
        help_text="The reference of the record, or how it begins.",
    )
    since = serializers.DateTimeField(required=False, help_text="Done at this moment or later.")
    until = serializers.DateTimeField(required=False, help_text="Done before this moment.")
