"""Administrative areas. A P-code alone is never a key: the codes changed meaning between 2018 and
2022, so an area is known by (scheme, version, code)."""

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from places.choices import Level


class AreaQuerySet(models.QuerySet["Area"]):
    def provinces(self) -> "AreaQuerySet":
        return self.filter(level=Level.PROVINCE)

    def districts(self) -> "AreaQuerySet":
        return self.filter(level=Level.DISTRICT)

    def tehsils(self) -> "AreaQuerySet":
        return self.filter(level=Level.TEHSIL)

    def current(self) -> "AreaQuerySet":
        """Areas that exist now."""
        return self.filter(valid_to=None)

    def within(self, province: "Area") -> "AreaQuerySet":
        """Areas of one province."""
        return self.filter(province=province)

    def named(self, words: str) -> "AreaQuerySet":
        """Areas with these words in a name of theirs, in either language or another spelling."""
        alias = AreaAlias.objects.filter(area=OuterRef("pk"), alias__icontains=words)
        return self.filter(
            Q(name__icontains=words)
            | Q(name_ur__icontains=words)
            | Q(code__iexact=words)
            | Exists(alias)
        )

    def asked(
        self,
        *,
        level: str = "",
        parent: int | None = None,
        province: int | None = None,
        q: str = "",
    ) -> "AreaQuerySet":
        """Areas that fit every filter that is given."""
        wanted = {"level": level or None, "parent": parent, "province": province}
        areas = self.filter(**{name: value for name, value in wanted.items() if value is not None})
        return areas.named(q) if q else areas

    def widest_first(self) -> "AreaQuerySet":
        """Provinces before divisions before districts before tehsils, each by name."""
        steps = [When(level=level, then=Value(step)) for step, level in enumerate(Level.values)]
        return self.order_by(Case(*steps), "name", "id")

    def with_parents(self) -> "AreaQuerySet":
        """With every area above, and no shape: it is a hundred times as long as the rest."""
        above = ("parent", "parent__parent", "parent__parent__parent", "province")
        return self.select_related(*above).defer("shape", *(f"{each}__shape" for each in above))


class Area(models.Model):
    """Province, division, district or tehsil, as one published scheme and version draws it."""

    scheme = models.CharField(max_length=20)
    version = models.CharField(max_length=20)
    code = models.CharField(max_length=60)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    name = models.CharField(_("name"), max_length=100)
    name_ur = models.CharField(_("name in Urdu"), max_length=100, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    # The province above it, kept beside it: every list and rule asks for it.
    province = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="areas_of_province"
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    # GeoJSON geometry, degrees, WGS 84.
    shape = models.JSONField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)

    objects = AreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "version", "code"], name="area_key"),
            models.CheckConstraint(
                condition=Q(level=Level.PROVINCE, parent=None, province=None)
                | (~Q(level=Level.PROVINCE) & Q(parent__isnull=False, province__isnull=False)),
                name="area_below_province_has_parents",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="area_centroid_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="area_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["level", "name"], name="area_by_level"),
            models.Index(fields=["province", "level", "name"], name="area_in_province"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name} ({self.code})"

    def get_absolute_url(self) -> str:
        return reverse("places:area_detail", args=[self.pk])

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_ur if self.name_ur and get_language() == "ur" else self.name


def area_label(area: Area | None) -> str:
    """Its name in the language of the page; the country where no more is known."""
    return area.label if area else gettext("Pakistan")


class AreaAlias(models.Model):
    """Another spelling or an older name of an area, with the source that writes it so."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="aliases")
    alias = models.CharField(max_length=100)
    seen_in = models.CharField(max_length=200, blank=True)
    # The same word names another area too, so it must be asked, never guessed.
    is_ambiguous = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "alias"], name="alias_once_an_area")]
        indexes = [models.Index(fields=["alias"], name="alias_by_word")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.alias}"

    @property
    def seen_in_words(self) -> str:
        """The sources that write it so, in one line."""
        return ", ".join(self.seen_in.split("|"))
