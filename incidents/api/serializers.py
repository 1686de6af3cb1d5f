"""Incidents as JSON: the series, the claims and the disputes as they are kept."""

from typing import Any

from rest_framework import serializers

from incidents.models import (
    CasualtyCount,
    Claim,
    CustodyEvent,
    DisputedFact,
    Evidence,
    Fact,
    FactAccount,
    Incident,
    LogEntry,
    OpenQuestion,
    Particular,
    Source,
)

MOMENT = ["on_date", "until_date", "at_time", "until_time", "precision"]


class SourceSerializer(serializers.ModelSerializer[Source]):
    class Meta:
        model = Source
        fields = ["id", "title", "url", "published", "grade"]


class CasualtyCountSerializer(serializers.ModelSerializer[CasualtyCount]):
    class Meta:
        model = CasualtyCount
        fields = ["group", "state", "low", "best", "high", "as_of", "as_of_text", "position"]
        fields += ["reported_by", "note", "source"]


class ClaimSerializer(serializers.ModelSerializer[Claim]):
    class Meta:
        model = Claim
        fields = ["kind", "who", "what", "as_of", "note", "source"]


class FactSerializer(serializers.ModelSerializer[Fact]):
    class Meta:
        model = Fact
        fields = ["topic", "text", "basis", "source"]


class LogEntrySerializer(serializers.ModelSerializer[LogEntry]):
    class Meta:
        model = LogEntry
        fields = [*MOMENT, "text", "source"]


class OpenQuestionSerializer(serializers.ModelSerializer[OpenQuestion]):
    class Meta:
        model = OpenQuestion
        fields = ["text"]


class FactAccountSerializer(serializers.ModelSerializer[FactAccount]):
    class Meta:
        model = FactAccount
        fields = ["said", "source"]


class DisputedFactSerializer(serializers.ModelSerializer[DisputedFact]):
    accounts = FactAccountSerializer(many=True, read_only=True)

    class Meta:
        model = DisputedFact
        fields = ["name", "why_differ", "state", "resolution", "settled_at", "accounts"]


class ParticularSerializer(serializers.ModelSerializer[Particular]):
    """One detail; `says` holds the columns of its section."""

    says = serializers.SerializerMethodField()

    class Meta:
        model = Particular
        fields = ["section", "says", "note", "source", "recorded_at"]

    def get_says(self, row: Particular) -> dict[str, Any]:
        """The columns of its section, by their names."""
        own = row.own
        return {name: getattr(own, name) for name in own.columns()}


class CustodyEventSerializer(serializers.ModelSerializer[CustodyEvent]):
    class Meta:
        model = CustodyEvent
        fields = ["kind", "at", "from_whom", "to_whom", "why", "recorded_at"]


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    """What is known of a file. The file itself is on its page, for people."""

    agency = serializers.SlugRelatedField[Evidence](slug_field="code", read_only=True)

    class Meta:
        model = Evidence
        fields = ["id", "incident", "title", "kind", "caption", "taken_date", "taken_time"]
        fields += ["original_name", "media_type", "size", "sha256", "state", "scanned_at"]
        fields += ["source", "agency", "tlp", "classification", "caveats", "is_example"]
        fields += ["added_at", "withdrawn_at", "withdrawn_because"]


class EvidenceDetailSerializer(EvidenceSerializer):
    """One piece with who held it when."""

    custody = CustodyEventSerializer(many=True, read_only=True)

    class Meta(EvidenceSerializer.Meta):
        fields = [*EvidenceSerializer.Meta.fields, "custody"]


class IncidentSerializer(serializers.ModelSerializer[Incident]):
    """One incident; `source` inside its parts is the id of one of `sources`."""

    agency = serializers.SlugRelatedField[Incident](slug_field="code", read_only=True)
    district = serializers.SlugRelatedField[Incident](slug_field="code", read_only=True)
    province = serializers.SlugRelatedField[Incident](slug_field="code", read_only=True)
    tehsil = serializers.SlugRelatedField[Incident](slug_field="code", read_only=True)
    casualty_counts = CasualtyCountSerializer(many=True, read_only=True)
    claims = ClaimSerializer(many=True, read_only=True)
    disputes = DisputedFactSerializer(many=True, read_only=True)
    facts = FactSerializer(many=True, read_only=True)
    log = LogEntrySerializer(many=True, read_only=True)
    open_questions = OpenQuestionSerializer(many=True, read_only=True)
    details = ParticularSerializer(source="particulars", many=True, read_only=True)
    sources = SourceSerializer(many=True, read_only=True)
    evidence = EvidenceSerializer(many=True, read_only=True)

    class Meta:
        model = Incident
        fields = ["id", "reference", "title", "title_ur", "summary", *MOMENT, "when_note"]
        fields += ["agency", "province", "district", "tehsil", "place_text", "police_station"]
        fields += ["latitude", "longitude", "place_precision"]
        fields += ["attack_type", "suicide", "delivery", "target_type", "target_text"]
        fields += ["group_named"]
        fields += ["occasion", "agencies_on_scene", "hazards", "was_foiled", "reporter"]
        fields += ["withdrawn_at", "withdrawn_because"]
        fields += ["official_review_known", "tlp", "classification", "caveats", "is_example"]
        fields += ["casualty_counts", "claims", "disputes", "facts", "log"]
        fields += ["open_questions", "details", "sources", "evidence"]
