"""How large things may be, from the settings."""

from django.conf import settings

from incidents.choices.files import MediaGroup

# An archive (DOCX and XLSX are archives) as its writer's own programs make it.
MOST_ENTRIES = 2_000
MOST_DIRECTORY = 1 << 20
MOST_UNPACKED = 300 << 20
MOST_RATIO = 200
# Small parts of one repeated word shrink far; only what is large once unpacked can fill a disk.
RATIO_COUNTS_FROM = 1 << 20
MOST_PART_READ = 4 << 20

# One line of a text is never longer; what has none is no text for people.
LONGEST_LINE = 1 << 20


def most_bytes(group: MediaGroup) -> int:
    """How large a file of this group may be."""
    megabytes: int = settings.EVIDENCE_MOST_MB[group.value]
    return megabytes << 20


def most_pixels() -> int:
    """How many points a picture may have."""
    pixels: int = settings.EVIDENCE_MOST_MEGAPIXELS * 1_000_000
    return pixels
