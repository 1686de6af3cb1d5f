"""What the tests of pages share: addresses, forms as the browser sends them, what was told."""

from django.contrib.messages import get_messages
from django.urls import reverse


def url(name, *args):
    return reverse(f"bulletins:{name}", args=args)


def recipient(client, story):
    client.force_login(story.commander)
    return client


def typed(story, **changes):
    plain = {
        "title": "Crowds beside a single vehicle",
        "bottom_line": "Move the first check outward.",
        "audience": "District police officers",
        "lessons": [story.lesson.pk],
        "actions": "Walk the route.",
        "act_by": "",
        "language": "en",
        "classification": "RESTRICTED",
        "tlp": "AMBER",
        "lock_version": "",
    }
    return {**plain, **changes}


def told(response):
    return " ".join(str(each) for each in get_messages(response.wsgi_request))
