"""The only door through which a rendering reaches anything: a shelf of resources in memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SCHEME = "aar"


@dataclass(frozen=True)
class Resource:
    """Bytes that a document may ask for."""

    body: bytes
    content_type: str


class ClosedFetcher(URLFetcher):  # type: ignore[misc]
    """Serves `aar:` addresses from memory; any other address ends the rendering.

    A document of ours names nothing else, so another address means that text of a person was
    read as markup. That must be seen, not skipped.
    """

    def __init__(self, shelf: Mapping[str, Resource]) -> None:
        super().__init__(timeout=1, allowed_protocols=(SCHEME,), allow_redirects=False)
        # No handler of the parent class is left to open a file or a connection.
        self.handlers: list[Any] = []
        self.handle_open: dict[str, Any] = {}
        self._shelf = shelf

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The resource at `url`. Raises FatalURLFetchingError for all that is not on the shelf."""
        del headers
        resource = self._shelf.get(url)
        if resource is None:
            raise FatalURLFetchingError(url)
        return URLFetcherResponse(url, resource.body, {"Content-Type": resource.content_type})
