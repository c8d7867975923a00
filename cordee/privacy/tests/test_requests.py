"""The register of requests: delays, steps, refusals, who sees what, and what is sent."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pikepdf
import pytest
from django.db import IntegrityError, transaction

from cordee.people.models import Affiliation, StaffCategory
from cordee.privacy.actions import (
    Asked,
    Decided,
    Employment,
    accept_rectification,
    answer,
    ask,
    extend,
    keep_note,
    resume,
    withdraw,
)
from cordee.privacy.actions import refusals as why
from cordee.privacy.models import Answer, PrivacyRequest
from cordee.privacy.tests.registers import DUE, PROPOSED, TODAY, access, by_letter, world_with_rules
from cordee.privacy.todo import registers_to_keep
from cordee.records import journal
from cordee.records.models import Message
from cordee.toolkit.refusals import Forbidden
from cordee.toolkit.testing.worlds import kept

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
REFUSED = Decided("refused", "Rien à votre nom.", "A-2.1, art. 1")


world = kept(world_with_rules, clock=TODAY)


@pytest.fixture
def paule(world):
    return world.participants[0]


@pytest.fixture
def sign_in(client):
    def enter(person):
        client.force_login(person.user, backend=BACKEND)
        return client

    return enter


def state_of(request, on=TODAY):
    return PrivacyRequest.objects.with_state(on=on).get(pk=request.pk).state


def told(step):
    return Message.objects.get(key__endswith=f".{step}")


def test_a_request_has_its_number_its_last_day_and_its_receipt(paule, world):
    first, second = access(paule), by_letter(world)
    assert (first.reference, first.due_on) == ("RP 2024-2025-01", DUE)
    assert (second.reference, second.who, second.due_on) == ("RP 2024-2025-02", "Lettre Postée", date(2025, 2, 6))
    letter = Message.objects.get(key=f"privacy.{first.pk}.received")
    assert letter.address == paule.email
    assert "10 février 2025" in letter.text
    assert "tenue pour refusée" in letter.text
    assert journal.history(first).get().act == "request.received"


def test_a_day_without_an_edition_takes_the_delays_of_the_last_one(paule):
    asked = access(paule, on=date(2025, 7, 8))
    assert (asked.year, asked.due_on) == ("2025-2026", date(2025, 7, 28))


def test_silence_past_the_last_day_is_shown_as_late_and_may_still_be_answered(paule, world):
    asked = access(paule)
    assert state_of(asked, on=DUE) == "open"
    late = DUE + timedelta(days=1)
    assert state_of(asked, on=late) == "late"
    (task,) = registers_to_keep(world.secretary, on=late)
    assert (task.title, task.due, task.is_late(late)) == (f"Répondre à {paule.full_name}", DUE, True)
    answer(request=asked, decided=Decided("granted"), by=world.secretary, on=late)
    assert state_of(asked, on=late) == "granted"
    assert list(registers_to_keep(world.secretary, on=late)) == []


def test_a_delay_is_extended_once_before_its_end_with_its_reason(paule, world):
    asked = access(paule)
    given = {"request": asked, "by": world.secretary, "on": DUE}
    with pytest.raises(why.TooLong, match="au plus 10"):
        extend(**given, days=11, reason="Trop de rencontres.")
    with pytest.raises(why.ReasonMissing):
        extend(**given, days=10, reason=" ")
    with pytest.raises(why.TooLateToExtend):
        extend(**{**given, "on": DUE + timedelta(days=1)}, days=10, reason="Trop tard.")
    assert extend(**given, days=10, reason="Trois ans de rencontres à relire.").until == date(2025, 2, 19)
    assert "Trois ans de rencontres" in told("extended").text
    assert state_of(asked, on=date(2025, 2, 19)) == "open"
    assert state_of(asked, on=date(2025, 2, 20)) == "late"
    with pytest.raises(why.AlreadyExtended):
        extend(**given, days=1, reason="Encore.")


def test_a_refusal_says_why_by_which_article_and_what_may_be_asked_of_the_commission(paule, world):
    asked = access(paule)
    with pytest.raises(why.GroundMissing):
        answer(request=asked, decided=replace(REFUSED, article=""), by=world.secretary, on=TODAY)
    answer(request=asked, decided=REFUSED, by=world.secretary, on=TODAY)
    letter = told("answered").text
    assert "A-2.1, art. 1" in letter
    assert "jusqu’au 19 février 2025" in letter
    with pytest.raises(why.AlreadyAnswered):
        answer(request=asked, decided=Decided("granted"), by=world.secretary, on=TODAY)
    with pytest.raises(IntegrityError, match="privacy_answer_unchanged"), transaction.atomic():
        Answer.objects.update(outcome="granted")


def test_nobody_answers_what_they_asked_themselves(world):
    asked = access(world.secretary)
    with pytest.raises(Forbidden, match="votre propre demande"):
        answer(request=asked, decided=Decided("granted"), by=world.secretary, on=TODAY)
    answer(request=asked, decided=Decided("granted"), by=world.coordinator, on=TODAY)


def test_a_name_is_set_right_by_one_act_and_the_person_is_told(paule, world):
    asked = ask(asked=PROPOSED, by=paule, on=TODAY)
    assert (asked.before, asked.proposed) == ("Piolet", "Piolet-Névé")
    accept_rectification(request=asked, by=world.secretary, on=TODAY)
    paule.refresh_from_db()
    assert paule.last_name == "Piolet-Névé"
    assert state_of(asked) == "granted"
    assert [entry.act for entry in journal.history(paule)] == ["person.corrected"]
    assert "accueillie" in told("answered").text


def test_what_changed_meanwhile_is_not_overwritten(paule, world):
    asked = ask(asked=PROPOSED, by=paule, on=TODAY)
    paule.last_name = "Autrement"
    paule.save(update_fields=["last_name"])
    with pytest.raises(why.ChangedSince):
        accept_rectification(request=asked, by=world.secretary, on=TODAY)


def test_an_employer_is_set_right_from_a_day_on(paule, world):
    asked = ask(asked=Asked("rectification", "Je suis enseignante.", datum="employment"), by=paule, on=TODAY)
    held = Affiliation.objects.get(person=paule)
    teacher = Employment(held.organization, StaffCategory.TEACHER, date(2025, 1, 6))
    with pytest.raises(Forbidden):
        accept_rectification(request=asked, by=world.coordinator, on=TODAY, employment=teacher)
    accept_rectification(request=asked, by=world.secretary, on=TODAY, employment=teacher)
    categories = Affiliation.objects.filter(person=paule).order_by("starts_on").values_list("category", flat=True)
    assert list(categories) == ["professional", "teacher"]


def test_a_refused_rectification_keeps_a_note_once(paule, world):
    asked = ask(asked=PROPOSED, by=paule, on=TODAY)
    with pytest.raises(why.NoteOnRefusalOnly):
        keep_note(request=asked, text="C’est bien mon nom.", by=paule, on=TODAY)
    answer(request=asked, decided=REFUSED, by=world.secretary, on=TODAY)
    assert "art. 91" in told("answered").text
    keep_note(request=asked, text="C’est bien mon nom.", by=paule, on=TODAY)
    with pytest.raises(why.NoteOnRefusalOnly):
        keep_note(request=asked, text="Encore.", by=paule, on=TODAY)


def test_a_withdrawal_is_undone_and_the_delay_did_not_stop(paule):
    asked = access(paule)
    withdraw(request=asked, by=paule, on=TODAY)
    assert state_of(asked) == "withdrawn"
    resume(request=asked, by=paule, on=TODAY)
    assert state_of(asked) == "open"
    with pytest.raises(why.NotWithdrawn):
        resume(request=asked, by=paule, on=TODAY)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (Asked("complaint", " "), why.NothingAsked),
        (Asked("rectification", datum="other"), why.NothingAsked),
        (Asked("rectification", datum="last_name", proposed=" "), why.ProposesNothing),
        (Asked("rectification", datum="last_name", proposed="Piolet"), why.SameAsNow),
    ],
)
def test_what_asks_nothing_is_said_so(paule, asked, reason):
    with pytest.raises(reason):
        ask(asked=asked, by=paule, on=TODAY)


def test_a_complaint_has_its_own_delay_and_no_extension(paule, world):
    asked = ask(asked=Asked("complaint", "On a montré mon absence à tous."), by=paule, on=TODAY)
    assert "plainte a été reçue" in told("received").text
    with pytest.raises(why.ComplaintHasNoExtension):
        extend(request=asked, days=5, reason="Enquête.", by=world.secretary, on=TODAY)


def test_one_sees_ones_own_and_who_keeps_the_register_sees_all(sign_in, paule, world):
    mine, other = access(paule), by_letter(world)
    client = sign_in(paule)
    assert client.get(f"/confidentialite/demandes/{mine.pk}/").status_code == 200
    assert client.get(f"/confidentialite/demandes/{other.pk}/").status_code == 404
    assert client.get("/confidentialite/demandes/").status_code == 403
    assert client.get(f"/confidentialite/demandes/{mine.pk}/reponse/").status_code == 403
    page = sign_in(world.secretary).get("/confidentialite/demandes/").content.decode()
    assert paule.full_name in page
    assert "Lettre Postée" in page


def test_the_register_filters_sorts_and_leaves_as_a_file(sign_in, paule, world):
    access(paule)
    by_letter(world, kind="erasure")
    client = sign_in(world.secretary)
    assert "Lettre Postée" not in client.get("/confidentialite/demandes/?kind=access").content.decode()
    assert paule.full_name not in client.get("/confidentialite/demandes/?q=lettre").content.decode()
    assert "Rien ne correspond" in client.get("/confidentialite/demandes/?state=late").content.decode()
    file = client.get("/confidentialite/demandes/?sort=-due&file=csv").content.decode("utf-8-sig")
    lines = file.strip().splitlines()
    assert lines[-2].startswith(paule.full_name)
    assert "Ce que vous avez sur moi." in lines[-1]


def test_a_letter_is_written_down_with_the_day_it_came(sign_in, world):
    typed = {
        "name": "Lettre Postée",
        "language": "en",
        "means": "letter",
        "received_on": "13 janvier 2025",
        "kind": "portability",
        "what": "Une copie.",
    }
    client = sign_in(world.secretary)
    page = client.post("/confidentialite/demandes/reception/", typed, follow=True).content.decode()
    assert "Lettre Postée" in page
    assert "à envoyer par la poste" in page
    made = PrivacyRequest.objects.get()
    assert (made.received_on, made.due_on, made.language) == (date(2025, 1, 13), date(2025, 2, 3), "en")
    refused = client.post("/confidentialite/demandes/reception/", typed | {"received_on": "2025-02-01"})
    assert refused.status_code == 422
    assert "est à venir" in refused.content.decode()


def test_the_receipt_is_in_the_language_of_the_request(sign_in, world):
    asked = by_letter(world)
    PrivacyRequest.objects.update(language="en")
    document = sign_in(world.secretary).get(f"/confidentialite/demandes/{asked.pk}/accuse-de-reception.pdf")
    with pikepdf.open(io.BytesIO(document.content)) as made:
        assert str(made.Root.Lang) == "en-CA"


def test_the_copies_are_opened_by_the_answer_and_reading_them_is_an_act(sign_in, paule, world):
    asked = access(paule)
    address = f"/confidentialite/demandes/{asked.pk}/copie.json"
    assert sign_in(world.secretary).get(address).status_code == 404
    answer(request=asked, decided=Decided("granted"), by=world.secretary, on=TODAY)
    copy = sign_in(world.secretary).get(address)
    assert copy.json()["person"] == paule.pk
    assert journal.history(paule).get(act="person.read").actor_id == world.secretary.pk
    assert sign_in(paule).get(address).json()["person"] == paule.pk
    assert journal.history(paule).filter(act="person.read").count() == 1


def test_each_datum_leads_to_its_correction(sign_in, paule):
    client = sign_in(paule)
    page = client.get("/mes-renseignements/").content.decode()
    for datum in ("first_name", "last_name", "email", "employment"):
        assert f"/mes-renseignements/correction/?datum={datum}" in page
    form = client.get("/mes-renseignements/correction/?datum=email").content.decode()
    assert paule.email in form
    typed = {"datum": "email", "proposed": "Paule.NEVE@exemple.test", "what": ""}
    shown = client.post("/mes-renseignements/correction/", typed, follow=True).content.decode()
    assert "paule.neve@exemple.test" in shown
    assert "Vos demandes" in client.get("/mes-renseignements/").content.decode()
    assert client.post("/mes-renseignements/correction/", typed | {"proposed": "x"}).status_code == 422
