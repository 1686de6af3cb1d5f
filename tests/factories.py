"""People and places that tests need before any story begins."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import factory

from agencies.choices import Classification, Role, Tier
from agencies.models import Agency, Posting, SharingGroup, User
from places.choices import Level
from places.models import Area

PAKISTAN = ZoneInfo("Asia/Karachi")
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=PAKISTAN)
LAST_YEAR = NOON - timedelta(days=365)
PASSWORD = "a long enough word to sign in with"


class ProvinceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Area

    scheme = "TEST"
    version = "1"
    code = factory.Sequence(lambda n: f"TP{n}")
    level = Level.PROVINCE
    name = factory.Sequence(lambda n: f"Province {n}")
    source = "a test"


class DistrictFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Area

    scheme = "TEST"
    version = "1"
    code = factory.Sequence(lambda n: f"TD{n}")
    level = Level.DISTRICT
    name = factory.Sequence(lambda n: f"District {n}")
    province = factory.SubFactory(ProvinceFactory)
    parent = factory.SelfAttribute("province")
    source = "a test"


class TehsilFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Area

    scheme = "TEST"
    version = "1"
    code = factory.Sequence(lambda n: f"TT{n}")
    level = Level.TEHSIL
    name = factory.Sequence(lambda n: f"Tehsil {n}")
    parent = factory.SubFactory(DistrictFactory)
    province = factory.SelfAttribute("parent.province")
    source = "a test"


class AgencyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Agency

    code = factory.Sequence(lambda n: f"AG{n}")
    name = factory.Sequence(lambda n: f"Agency {n}")
    tier = Tier.PROVINCIAL
    kind = "police"


class SharingGroupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SharingGroup
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Group {n}")

    @factory.post_generation
    def agencies(self, create, extracted, **_kwargs):
        if create and extracted:
            self.agencies.set(extracted)


class UserFactory(factory.django.DjangoModelFactory):
    """`UserFactory.create(role=Role.COMMANDER, agency=agency)`; the password is PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@agency.example")
    name = factory.Sequence(lambda n: f"Person {n}")
    post = factory.Sequence(lambda n: f"Post {n}")
    agency = factory.SubFactory(AgencyFactory)
    role = Role.INVESTIGATOR
    clearance = Classification.RESTRICTED
    password = factory.django.Password(PASSWORD)

    @classmethod
    def _create(cls, model_class, *_args, **fields):
        return model_class.objects.enter(model_class(**fields), given_at=LAST_YEAR)

    class Params:
        commander = factory.Trait(role=Role.COMMANDER)
        release_officer = factory.Trait(role=Role.RELEASE_OFFICER)
        agency_admin = factory.Trait(role=Role.AGENCY_ADMIN)
        auditor = factory.Trait(role=Role.AUDITOR)
        system_admin = factory.Trait(role=Role.SYSTEM_ADMIN, clearance=Classification.UNMARKED)


class PostingFactory(factory.django.DjangoModelFactory):
    """Another post of a person: `PostingFactory.create(person=user)`, in an agency of its own."""

    class Meta:
        model = Posting

    person = factory.SubFactory(UserFactory)
    agency = factory.SubFactory(AgencyFactory)
    role = Role.COMMANDER
    post = factory.Sequence(lambda n: f"Other post {n}")
    given_at = LAST_YEAR
