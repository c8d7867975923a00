"""« Conservation » on screen: what is due and why, a plan to read, its confirmation, its report."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cordee.meetings.tests import factory
from cordee.people.models import Person
from cordee.privacy.actions import retention
from cordee.privacy.actions.carrying_out import advance
from cordee.privacy.models import RetentionHold, RetentionRun, RunState
from cordee.privacy.tests.leaving import leave
from cordee.toolkit.testing.worlds import kept

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TODAY = date(2033, 1, 15)
HTMX = {"HX-Request": "true"}


@kept(clock=TODAY)
def world():
    made = factory.world()
    leave(*made.participants)
    return made


@pytest.fixture
def secretary(world, client):
    client.force_login(world.secretary.user, backend=BACKEND)
    return client


@pytest.fixture
def run(world):
    return retention.prepare(by=world.secretary, on=TODAY)


def text_of(answer):
    return answer.content.decode().replace("\u00a0", " ")


def test_it_says_who_is_due_since_when_and_why(secretary, world):
    page = text_of(secretary.get("/conservation/"))
    assert "3 personnes ont dépassé leur temps" in page
    assert "Piolet, Paule00" in page
    assert "1er juillet 2032" in page
    assert "puis sept ans" in page
    assert "A-2.1, art. 64" in page
    assert "Préparer un plan" in page
    filtered = text_of(secretary.get("/conservation/?q=paule01", headers=HTMX))
    assert "Piolet, Paule01" in filtered
    assert "Piolet, Paule00" not in filtered


def test_the_list_leaves_as_a_workbook(secretary):
    book = load_workbook(BytesIO(secretary.get("/conservation/?file=xlsx").content))
    said = [cell for row in book.worksheets[0].values for cell in row]
    assert "Piolet, Paule00" in said


@pytest.mark.parametrize("someone", ["alice", "bob", "officer"])
def test_it_is_kept_by_the_coordination_and_the_secretary(client, world, someone):
    client.force_login(getattr(world, someone).user, backend=BACKEND)
    answer = client.get("/conservation/")
    assert answer.status_code == 403
    assert "La conservation est tenue par la coordination" in text_of(answer)


def test_a_plan_is_prepared_read_confirmed_followed_and_reported(secretary, world):
    answer = secretary.post("/conservation/plans/", follow=True)
    run = RetentionRun.objects.get()
    page = text_of(answer)
    assert f"Plan {run.reference}" in page
    assert "Ce qui suit est sans retour." in page
    assert "Paule00 Piolet" in page
    address = f"/conservation/plans/{run.pk}/"
    wrong = secretary.post(address, {"typed": "C-9999"})
    assert wrong.status_code == 422
    assert "Ce n’est pas le numéro de ce plan" in text_of(wrong)
    assert "0 étapes sur 3" in text_of(secretary.post(address, {"typed": run.reference.lower()}, follow=True))
    assert "0 étapes sur 3" in text_of(secretary.get(f"{address}?progress=1", headers=HTMX))
    assert advance(run)
    assert secretary.get(f"{address}?progress=1", headers=HTMX)["HX-Refresh"] == "true"
    report = text_of(secretary.get(address))
    assert "Chaque montant réclamé est resté le même" in report
    assert "Personne retirée 0001" in report
    assert "Piolet" not in report
    assert secretary.get(f"{address}montants.xlsx").status_code == 200
    assert "Registre d’anonymisation" in text_of(secretary.get("/conservation/"))


def test_the_register_speaks_the_language_of_who_reads(secretary, run, world):
    retention.confirm(run=run, typed=run.reference, by=world.secretary, on=TODAY)
    advance(run)
    page = text_of(secretary.get(f"/conservation/plans/{run.pk}/", headers={"Accept-Language": "en"}))
    assert "Removed person 0001" in page


def test_a_plan_is_abandoned(secretary, run):
    page = text_of(secretary.post(f"/conservation/plans/{run.pk}/abandon/", follow=True))
    run.refresh_from_db()
    assert run.state is RunState.ABANDONED
    assert "Rien n’est parti" in page
    assert "Abandonné par" in text_of(secretary.get(f"/conservation/plans/{run.pk}/"))


def test_someone_is_kept_out_for_a_reason_and_let_back_in(secretary, world):
    kept = world.participants[0]
    address = f"/conservation/personnes/{kept.pk}/"
    assert "rien de ce qui concerne" in text_of(secretary.get(address)).lower()
    page = text_of(secretary.post(address, {"why": "archives", "note": "Versement de juin"}, follow=True))
    assert "Versement de juin" in page
    assert "2 personnes ont dépassé leur temps" in page
    hold = RetentionHold.objects.get()
    page = text_of(secretary.post(f"/conservation/suspensions/{hold.pk}/levee/", follow=True))
    assert "3 personnes ont dépassé leur temps" in page


def test_the_directory_and_the_search_no_longer_find_who_was_made_anonymous(secretary, run, world):
    retention.confirm(run=run, typed=run.reference, by=world.secretary, on=TODAY)
    advance(run)
    assert "Personne retirée" not in text_of(secretary.get("/personnes/"))
    gone = Person.objects.exclude(retired_as=None).order_by("pk")[0]
    page = secretary.get(f"/personnes/{gone.pk}/")
    assert page.status_code == 200
    assert gone.full_name in text_of(page)
    assert secretary.get(f"/conservation/personnes/{gone.pk}/").status_code == 404
