import pytest

from cordee.meetings.tests import factory
from cordee.people.models import Person, PersonMerge

pytestmark = pytest.mark.django_db
URL = "/personnes/reunion/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def world(settings):
    settings.CLOCK = factory.TODAY
    return factory.world()


def enter(client, person):
    client.force_login(person.user, backend=BACKEND)
    return client


def test_two_records_are_chosen_compared_made_one_and_separated(client, world):
    kept, double = world.participants[0], factory.person("Paule", "Piolet", account=False)
    enter(client, world.secretary)
    assert "Paule Piolet" in client.get(URL, {"q": "piolet paule"}).content.decode()
    second = client.get(URL, {"kept": kept.pk}).content.decode()
    assert "Paule Piolet" in second
    both = client.get(URL, {"kept": kept.pk, "absorbed": double.pk}).content.decode()
    assert "paule.piolet@exemple.test" in both
    assert "CSS des Patriotes" in both
    assert client.post(URL, {"kept": kept.pk, "absorbed": double.pk}).status_code == 302
    done = PersonMerge.objects.get()
    undo = f"{URL}{done.pk}/retour/"
    assert undo in client.get(URL).content.decode()
    assert client.post(undo).status_code == 302
    assert Person.objects.get(pk=double.pk).merged_into is None
    assert client.post(undo).status_code == 409


def test_wrong_choices_are_refused_and_change_nothing(client, world):
    kept = world.participants[0]
    enter(client, world.secretary)
    assert client.post(URL, {"kept": kept.pk, "absorbed": kept.pk}).status_code == 422
    assert client.get(URL, {"kept": "x"}).status_code == 404
    assert client.get(URL, {"kept": 999999}).status_code == 404
    assert not PersonMerge.objects.exists()


@pytest.mark.parametrize("who", ["alice", "bob", "charlie", "officer"])
def test_only_the_coordinator_and_the_secretary_may(client, world, who):
    enter(client, getattr(world, who))
    assert client.get(URL).status_code == 403
    pair = {"kept": world.participants[0].pk, "absorbed": world.participants[1].pk}
    assert client.post(URL, pair).status_code == 403
    assert not PersonMerge.objects.exists()
