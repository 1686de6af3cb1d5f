"""Rules for every model of the product."""

import inspect

import pytest
from django.apps import apps
from django.db import models

from agencies.models import Marked
from tests.architecture.sources import ROOMS

OURS = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
class TestModel:
    def test_says_in_a_sentence_what_it_is(self, model):
        assert "docstring" not in (model.__doc__ or "docstring")
        assert not (model.__doc__ or "").startswith(f"{model.__name__}(")

    def test_shows_itself_by_its_number(self, model):
        assert str(model(pk=7)).startswith("#7")

    def test_has_no_order_of_its_own_and_no_save_of_its_own(self, model):
        assert not model._meta.ordering
        assert "save" not in vars(model)

    def test_keeps_what_others_refer_to(self, model):
        """A foreign key cascades only to a child that cannot live alone."""
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey):
                assert field.remote_field.on_delete in {models.PROTECT, models.CASCADE}

    def test_is_read_through_the_one_door_when_it_is_marked(self, model):
        if issubclass(model, Marked):
            assert hasattr(model.objects, "visible_to")
            assert inspect.getdoc(type(model.objects.all()).visible_to)
