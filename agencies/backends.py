"""Who is asking, with their agency: every page shows it and every rule asks for it."""

from django.contrib.auth.backends import ModelBackend

from agencies.models import User


class PersonBackend(ModelBackend):
    """Django's own check of the password; the person comes with their agency in one query."""

    def get_user(self, user_id: int) -> User | None:
        """The person of a session, None once the account is closed."""
        user = User.objects.get_queryset().for_request().filter(pk=user_id).first()
        return user if user is not None and user.is_active else None
