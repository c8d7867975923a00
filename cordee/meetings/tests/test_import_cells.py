"""What a cell means: whatever is printed in a form that people use reads back to itself."""

from datetime import date, datetime, time, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.meetings.imports.cells import category_of, date_of, email_of, name_key, name_of, portion_of

QUICK = settings(derandomize=True, max_examples=100, deadline=None, database=None)


def printed(pattern, locale="fr_CA"):
    return lambda day: format_date(day, pattern, locale)


DATE_FORMS = {
    "an Excel date": lambda day: day,
    "an Excel moment": lambda day: datetime(day.year, day.month, day.day, 13, 30),  # noqa: DTZ001 (a cell has no zone)
    "a serial number": lambda day: (day - date(1899, 12, 30)).days,
    "a serial number kept as text": lambda day: str((day - date(1899, 12, 30)).days),
    "ISO": lambda day: day.isoformat(),
    "ISO and midnight": lambda day: f"{day.isoformat()} 00:00:00",
    "12/09/2024": printed("dd/MM/y"),
    "12/9/24": printed("d/M/yy"),
    "12.09.2024": printed("dd.MM.y"),
    "12 sept. 2024": printed("d MMM y"),
    "12-sept-24": lambda day: printed("dd-MMM-yy")(day).replace(".", ""),
    "12 septembre 2024": printed("d MMMM y"),
    "12 SEPTEMBRE 2024": lambda day: printed("d MMMM y")(day).upper(),
    "le jeudi 12 septembre 2024": printed("'Le' EEEE d MMMM y"),
    "September 12, 2024": printed("MMMM d, y", "en_CA"),
    "Sep. 12, 2024": printed("MMM d, y", "en_CA"),
}
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@QUICK
@given(days, st.sampled_from(sorted(DATE_FORMS)))
def test_a_day_written_in_any_usual_form_reads_back_to_itself(day, form):
    assert date_of(DATE_FORMS[form](day)).day == day


@QUICK
@given(days)
def test_a_day_that_could_be_read_month_first_says_so(day):
    read = date_of(f"{day.day:02}/{day.month:02}/{day.year}")
    swapped = day.replace(month=day.day, day=day.month) if day.day <= 12 else day
    assert read.other == (swapped if swapped != day else None)


@pytest.mark.parametrize("cell", ["", "septembre 2024", "31/02/2024", "2024-13-45", "demain", 12, "12", 3.5, True, "7"])
def test_what_is_no_day_is_not_made_one(cell):
    assert date_of(cell) is None


TEXTS = {
    ("half", ""): "½ · ½ j · ½j · ½ jour · 1/2 · 1/2 j. · 1 / 2 · 0,5 · 0.5 · ,5 · 0,50 · 0,5 j · 0,5 jour · 50 % · 50%"
    " · demi-journée · une demi-journée · Demi · half day · half-day",
    ("half", "am"): "AM · am · a.m. · avant-midi · Avant midi · matin · morning · ½ j AM · ½ journée (avant-midi)"
    " · demi-journée AM · AM (½) · 0,5 AM",
    ("half", "pm"): "PM · p.m. · après-midi · APRÈS-MIDI · apres midi · afternoon · ½ j PM · demi-journée (PM)",
    ("day", ""): "1 · 1,0 · 1 j · 1j · 1 jour · 1 JOUR · 1,0 jour · 100 % · jour · journée · Journée · journée complète"
    " · une journée · day · full day · 1 day · AM + PM · AM/PM · AM et PM",
    ("planned", ""): "X · x · ✓ · ✔ · oui · Yes · présent · Présente · présent·e · vrai",
    ("none", ""): "absent · Absente · Absent(e) · ABS · absence · 0 · 0,0 · 0 j · non · no · aucune · excusée",
}
CELLS = {
    ("half", ""): [0.5, time(12), date(2024, 2, 1), date(2024, 1, 2)],  # Excel makes dates of 1/2
    ("day", ""): [1, 1.0, timedelta(days=1)],
    ("planned", ""): [True],
    ("none", ""): [0, False],
}
TYPED = [(text, meant) for meant, texts in TEXTS.items() for text in texts.split(" · ")]
WRITTEN = [*TYPED, *((cell, meant) for meant, cells in CELLS.items() for cell in cells)]


@pytest.mark.parametrize(("cell", "meant"), WRITTEN, ids=[str(cell) for cell, _meant in WRITTEN])
def test_a_portion_is_read_as_people_write_it(cell, meant):
    read = portion_of(cell)
    assert (read.portion, read.half) == meant


@QUICK
@given(st.sampled_from(TYPED), st.data())
def test_case_and_spaces_never_change_a_portion(written, data):
    cell, (portion, half) = written
    shape = data.draw(st.sampled_from([str.upper, str.lower, str.title, "  {} ".format, "\u00a0{}\u00a0".format]))
    read = portion_of(shape(cell))
    assert (read.portion, read.half) == (portion, half)


@pytest.mark.parametrize("cell", ["2", 2, 0.75, -0.5, "-0,5", "-", "?", "½ ½", "1/4", "3 h", "peut-être", "½ x", "11"])
def test_a_portion_that_is_none_of_ours_is_never_guessed(cell):
    assert portion_of(cell) is None


part = st.text("abcdeéèôçû", min_size=2, max_size=8).map(str.capitalize)
composed = st.lists(part, min_size=1, max_size=2).map("-".join)
last_names = st.lists(composed, min_size=1, max_size=3).map(" ".join)
NAME_FORMS = {
    "Nom, Prénom": "{last}, {first}",
    "NOM, Prénom": "{LAST}, {first}",
    "NOM Prénom": "{LAST} {first}",
    "Prénom NOM": "{first} {LAST}",
    "Mme Prénom NOM": "Mme {first} {LAST}",
    "Nom, Prénom (CSS)": "{last}, {first} (CSSP)",
    "spaces": "  {last} ,   {first} ",
}


@QUICK
@given(composed, last_names, st.sampled_from(sorted(NAME_FORMS)))
def test_a_name_whose_form_says_the_order_reads_back_to_itself(first, last, form):
    read = name_of(NAME_FORMS[form].format(first=first, last=last, LAST=last.upper()))
    assert (read.first, read.last.title(), read.sure) == (first, last.title(), True)


@QUICK
@given(composed, last_names, st.booleans())
def test_a_header_settles_the_order_of_plain_names(first, last, last_first):
    read = name_of(f"{last} {first}" if last_first else f"{first} {last}", last_first=last_first)
    assert (read.first, read.last, read.sure) == (first, last, last_first)


@QUICK
@given(composed, last_names)
def test_both_orders_of_a_name_have_the_same_key(first, last):
    assert name_key(f"{first} {last}") == name_key(f"{last.upper()}, {first}")


@pytest.mark.parametrize("cell", ["", "Tremblay", "Tremblay,", ", Élise", "862000 12", "Mme Tremblay"])
def test_what_is_no_full_name_is_refused(cell):
    assert name_of(cell) is None


@pytest.mark.parametrize(
    ("cell", "meant"),
    [("Élise@Exemple.test ", "élise@exemple.test"), ("<a@b.ca>", "a@b.ca"), ("mailto:A@B.ca", "a@b.ca"), (None, "")],
)
def test_an_address_is_read_in_lower_case(cell, meant):
    assert email_of(cell) == meant


@pytest.mark.parametrize("cell", ["a@b", "a b@c.ca", "à venir", "a@b.ca, c@d.ca"])
def test_what_is_no_address_is_refused(cell):
    assert email_of(cell) is None


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("CP", "professional"),
        ("Conseillère pédagogique", "professional"),
        ("Professionnel(le)", "professional"),
        ("Enseignant·e", "teacher"),
        ("Teacher", "teacher"),
        ("TES", "special-education-technician"),
        ("Technicienne en éducation spécialisée", "special-education-technician"),
        ("Personnel de soutien", "support"),
        ("Direction adjointe", "manager"),
        ("Gestionnaire", "manager"),
        ("Partenaire externe", "external"),
        ("", ""),
        ("autre", ""),
    ],
)
def test_a_category_is_named_as_people_name_it(cell, code):
    assert category_of(cell) == code
