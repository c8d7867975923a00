from cordee.toolkit.personal_data import Held

WHILE_ACTIVE = "tant que la personne participe, puis sept ans avec les comptes qui reposent sur elle"

HELD = [
    Held(
        "people.Person",
        ("first_name", "last_name", "email", "language", "merged_into"),
        "reconnaître qui participe",
        WHILE_ACTIVE,
    ),
    Held("people.User", ("email", "person"), "ouvrir une session", "jusqu’au retrait du compte"),
    Held(
        "people.AccountInvitation",
        ("person", "email", "invited_by"),
        "savoir qui a été invité à ouvrir un compte, et par qui",
        WHILE_ACTIVE,
    ),
    Held("people.Affiliation", ("person",), "savoir quel employeur est compensé et à quel taux", WHILE_ACTIVE),
    Held("people.Membership", ("person",), "savoir qui est attendu aux rencontres", WHILE_ACTIVE),
    Held("people.Alias", ("person", "value"), "reconnaître une personne dans les fichiers reçus", WHILE_ACTIVE),
    Held("people.Duty", ("person",), "savoir qui peut agir, et depuis quand", WHILE_ACTIVE),
    Held("people.MailChoice", ("person",), "n’écrire que ce que la personne veut recevoir", WHILE_ACTIVE),
    Held(
        "people.DigestItem",
        ("person", "subject", "text"),
        "réunir dans un résumé hebdomadaire ce que la personne veut y lire",
        "deux ans",
    ),
    Held(
        "people.PersonMerge", ("kept", "absorbed", "merged_by"), "pouvoir défaire une réunion de fiches", WHILE_ACTIVE
    ),
]
