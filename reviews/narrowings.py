"""What reviews add to the filters of the register: how the review of an incident stands."""

from django.utils.translation import gettext_lazy as _

from core.narrowings import Narrowing, register
from incidents.models import Incident
from reviews.choices import Standing
from reviews.selectors import stands

register(Incident, Narrowing("review", _("Review"), tuple(Standing.choices), stands))
