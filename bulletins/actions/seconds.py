"""Two people stand behind what goes out: who wrote it, and who issues and releases it."""

from agencies.models import User
from bulletins import selectors
from bulletins.models import Bulletin
from core.errors import RuleBroken


class NeedsSecondPerson(RuleBroken):
    """Who wrote the bulletin does not send it out; another of the agency does."""


def refuse_its_author(bulletin: Bulletin, by: User) -> None:
    """Raise NeedsSecondPerson, naming who may, when `by` wrote the bulletin."""
    if refusal := selectors.second_person_sentence(by, bulletin):
        raise NeedsSecondPerson(refusal)
