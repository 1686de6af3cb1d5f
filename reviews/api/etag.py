"""The version of what was read, as HTTP carries it."""

import re

from drf_spectacular.utils import OpenApiParameter

VERSION = re.compile(r"[0-9]{1,9}")
IF_MATCH = OpenApiParameter(
    "If-Match",
    location=OpenApiParameter.HEADER,
    required=True,
    description="The ETag that it was read with. 428 without it, 412 when it is stale.",
)


def version_of(etag: str) -> int:
    """The version that an ETag names; 0, which nothing has, for anything else."""
    digits = etag.strip().strip('"')
    return int(digits) if VERSION.fullmatch(digits) else 0
