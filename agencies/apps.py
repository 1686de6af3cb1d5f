from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgenciesConfig(AppConfig):
    """Agencies, people, roles, markings: who may see what."""

    name = "agencies"
    verbose_name = _("Agencies")
