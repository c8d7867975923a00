"""No declaration of personal data is only words: each can be carried out, and is found when its time has come."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps

from cordee.meetings.tests import factory
from cordee.people.models import Alias, DigestItem, Person
from cordee.privacy.ends import End, ends
from cordee.privacy.models import Participation
from cordee.privacy.wording import label_of
from cordee.records.models import ImportBatch
from cordee.toolkit.personal_data import After, Audience, Held, Keeping, everything_held

LONG_AGO, NOW, TODAY = datetime(2025, 3, 3, 15, tzinfo=UTC), datetime(2033, 1, 14, 15, tzinfo=UTC), date(2033, 1, 15)


def held(model, *fields, of="", **keeping):
    after = keeping.pop("after", After.DELETED)
    return End(Held(model, fields, "savoir", Keeping("un temps", after, **keeping), (Audience.SELF,), of=of))


@pytest.mark.parametrize("end", ends(), ids=lambda end: end.name)
def test_every_declaration_can_be_carried_out(end):
    assert end.fault == ""


def test_every_declared_field_is_called_by_words_and_not_by_its_name_in_the_code():
    fields = [apps.get_model(one.model)._meta.get_field(name) for one in everything_held() for name in one.fields]
    assert [str(field) for field in fields if label_of(field) == field.name] == []


@pytest.mark.parametrize("end", ends(), ids=lambda end: end.name)
def test_every_declaration_finds_what_is_due(end, db):
    due = end.due(Participation.known(on=TODAY), on=TODAY, kept=[])
    assert due.count() == 0
    if end.goes_with_its_person:
        assert end.of([999_999_999]).count() == 0


@pytest.mark.parametrize(
    ("end", "fault"),
    [
        (held("people.Alias", "person", months=12, since="nowhere"), "no day"),
        (held("people.Alias", "person", months=12, since="value"), "no day"),
        (held("people.DigestItem", "text", since="created_at"), "wants months"),
        (held("people.DigestItem", "text", since="created_at", months=3, after=After.ANONYMIZED), "wants months"),
        (held("people.Alias", "value", is_nightly=True), "each night"),
        (held("meetings.AttendanceChange", "reason", after=After.EMPTIED), "say `of`"),
        (held("meetings.Attendance", "person", after=After.EMPTIED), "nothing to empty"),
        (held("meetings.Attendance", "marked_at", after=After.EMPTIED), "cannot be empty"),
        (held("meetings.FeedKey", "secret", after=After.ANONYMIZED), "what becomes of it"),
        (held("people.Person", "first_name", after=After.ANONYMIZED), "how long"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_one_that_could_not_is_found(end, fault):
    assert fault in end.fault


def test_rows_with_their_own_end_go_when_it_has_come(db):
    someone = Person.objects.create(first_name="Paule", last_name="Piolet")
    for key, at in (("old", LONG_AGO), ("new", NOW)):
        DigestItem.objects.create(person=someone, kind="claim", key=key, subject="x", text="x", created_at=at)
    end = next(one for one in ends() if one.held.model == "people.DigestItem")
    who = Participation.known(on=TODAY)
    due = end.due(who, on=TODAY, kept=[])
    assert [item.key for item in due] == ["old"]
    assert end.due(who, on=TODAY, kept=[someone.pk]).count() == 0
    assert end.carry_out([item.pk for item in due]) == 1
    assert [item.key for item in DigestItem.objects.order_by("pk")] == ["new"]


def test_what_is_emptied_stays_and_is_not_due_again(db):
    batch = ImportBatch.objects.create(
        kind="attendance", file_name="presences.csv", sha256="0", created_at=LONG_AGO, proposal={"rows": ["Paule"]}
    )
    end = next(one for one in ends() if one.held.fields == ("proposal", "applied"))
    who = Participation.known(on=TODAY)
    assert end.carry_out(end.due(who, on=TODAY, kept=[]).values_list("pk", flat=True)) == 1
    batch.refresh_from_db()
    assert (batch.proposal, batch.applied, batch.file_name) == ({}, {}, "presences.csv")
    assert end.due(who, on=TODAY, kept=[]).count() == 0
    assert not ImportBatch.objects.readable().exists()


def test_what_ends_with_its_person_is_never_due_by_itself(db):
    someone = factory.person("Paule", ends_on=date(2015, 7, 1), starts_on=date(2014, 7, 1))
    Alias.objects.create(person=someone, kind="name", value="P. P.")
    end = next(one for one in ends() if one.held.model == "people.Alias")
    assert end.due(Participation.known(on=TODAY), on=TODAY, kept=[]).count() == 0
    assert end.of([someone.pk]).count() == 1
