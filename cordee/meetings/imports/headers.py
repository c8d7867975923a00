"""Which column is which, whatever it is called: French or English, in any order and case, accents or not."""

from cordee.meetings.imports.cells import fold

# Folded names, the first field winning where a header holds words of two: « Date de présence » is a date.
HEADERS = {
    "date": "date, jour, day, date de la rencontre, date de rencontre, meeting date",
    "email": "courriel, email, e mail, mail, adresse courriel, adresse electronique, adresse de courriel",
    "category": "categorie, category, corps d emploi, corps emploi, emploi, categorie de personnel, titre d emploi, "
    "staff category, job title, position, fonction, poste, type de personnel",
    "organization": "organisation, organization, organisme, css, cs, centre, centre de services, centre scolaire, "
    "centre de services scolaire, commission scolaire, school board, board, employeur, employer, css cs, milieu, "
    "service centre, school service centre",
    "group": "groupe, group, communaute, community, cop, communaute de pratique, projet, project, dossier, comite, "
    "community of practice",
    "first_name": "prenom, prenoms, first name, given name, firstname",
    "last_name": "nom de famille, last name, surname, family name, lastname",
    "am": "am, avant midi, matin, morning",
    "pm": "pm, apres midi, afternoon",
    "reason": "motif, raison, reason, motif d absence, raison d absence, motif de l absence",
    "portion": "portion, presence, presences, duree, attendance, attended, jours, days, journee, temps, duration, "
    "nb de jours, nombre de jours, number of days, statut de presence",
    "person": "nom, name, personne, person, participant, participante, participant e, participants, nom complet, "
    "full name, nom et prenom, nom prenom, prenom et nom, prenom nom, membre, employe, attendee, name surname, "
    "last name first name, first name last name",
}
NAMES = {field: tuple(names.split(", ")) for field, names in HEADERS.items()}
NOT_OURS = {"naissance", "birth", "embauche", "hire", "saisie", "telephone", "phone", "heure", "hour", "superieur"}
EXACTLY = {"am", "pm", "jour", "day", "cs", "position", "temps"}
LAST_NAME_FIRST = ("nom prenom", "nom et prenom", "last name first name", "nom de famille prenom", "nom famille prenom")


def field_of(header: object) -> tuple[str, int]:
    """The field a header names and how sure that is (0: none): a whole match beats a longer one beats a shorter one."""
    words = fold(header)
    if not words or len(words) > 60 or NOT_OURS & set(words.split()):
        return "", 0
    best = ("", 0)
    for field, names in NAMES.items():
        for name in names:
            score = 100 if words == name else 0 if name in EXACTLY else 10 * (f" {name} " in f" {words} ")
            score += len(name.split()) if score else 0
            if score > best[1]:
                best = (field, score)
    return best


def says_last_name_first(header: object) -> bool:
    return fold(header).startswith(LAST_NAME_FIRST)


def fields_of(cells: list) -> dict[str, int]:
    """The place of each field in a row of headers. « Nom » beside « Prénom » is the last name."""
    best: dict[str, tuple[int, int]] = {}
    for place, cell in enumerate(cells):
        field, score = field_of(cell) if isinstance(cell, str) else ("", 0)
        if field and score > best.get(field, (0, 0))[0]:
            best[field] = (score, place)
    places = {field: place for field, (_score, place) in best.items()}
    if "first_name" in places and "person" in places and "last_name" not in places:
        places["last_name"] = places.pop("person")
    return places
