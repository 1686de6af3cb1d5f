"""Lists and homes are marked as high as what they name."""

import pytest

from agencies.choices import Classification


@pytest.mark.django_db
class TestPages:
    @pytest.mark.parametrize("address", ["/", "/lessons/", "/bulletins/"])
    def test_carry_the_marking_of_what_they_list(self, client, story, address):
        bulletin = story.released()
        client.force_login(story.editor)

        page = client.get(address)

        assert bulletin.title in page.text or story.lesson.title in page.text
        assert page.context["marking"].classification == Classification.RESTRICTED
        assert page.text.count("RESTRICTED") >= 2
