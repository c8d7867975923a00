from django.utils.translation import gettext_lazy as _

from cordee.toolkit.personal_data import After, Audience, Ground, Held, Keeping

WHILE_ACTIVE = Keeping(
    _("tant que la personne participe, puis sept ans avec les comptes qui reposent sur elle"),
    After.ANONYMIZED,
    months=84,
)
WITH_THE_ACCOUNT = Keeping(_("jusqu’au retrait du compte, au plus tard avec la fiche"), After.DELETED)
INVITATIONS = Keeping(_("un an après leur fin"), After.DELETED, months=12, since="expires_at", is_nightly=True)
MERGES = Keeping(_("tant que la personne participe, puis sept ans"), After.EMPTIED)
WITH_THE_PERSON = Keeping(_("tant que la personne participe, puis sept ans"), After.DELETED)
DIGESTS = Keeping(_("deux ans"), After.DELETED, months=24, since="created_at", is_nightly=True)

HELD = [
    Held(
        "people.Person",
        (
            "first_name",
            "last_name",
            "email",
            "language",
            "merged_into",
        ),
        _("reconnaître qui participe"),
        WHILE_ACTIVE,
        (Audience.SELF, Audience.GROUP, Audience.BILLING, Audience.OVERSEERS),
    ),
    Held(
        "people.User",
        (
            "email",
            "person",
        ),
        _("ouvrir une session"),
        WITH_THE_ACCOUNT,
        (Audience.SELF,),
    ),
    Held(
        "people.Affiliation",
        ("person",),
        _("savoir quel employeur est compensé et à quel taux"),
        WHILE_ACTIVE,
        (Audience.SELF, Audience.GROUP, Audience.BILLING, Audience.OVERSEERS),
    ),
    Held(
        "people.Membership",
        ("person",),
        _("savoir qui est attendu aux rencontres"),
        WHILE_ACTIVE,
        (Audience.SELF, Audience.GROUP, Audience.BILLING, Audience.OVERSEERS),
    ),
    Held(
        "people.Alias",
        (
            "person",
            "value",
        ),
        _("reconnaître une personne dans les fichiers reçus"),
        WITH_THE_PERSON,
        (Audience.SELF, Audience.GROUP, Audience.BILLING, Audience.OVERSEERS),
    ),
    Held(
        "people.Duty",
        (
            "person",
            "recorded_by",
        ),
        _("savoir qui peut agir, et depuis quand"),
        WHILE_ACTIVE,
        (Audience.SELF, Audience.GROUP, Audience.BILLING, Audience.OVERSEERS),
    ),
    Held(
        "people.DutyConfirmation",
        ("confirmed_by",),
        _("savoir qui a confirmé une fonction"),
        WHILE_ACTIVE,
        (Audience.SELF, Audience.OVERSEERS),
    ),
    Held(
        "people.Delegation",
        (
            "delegator",
            "delegate",
        ),
        _("savoir qui agit au nom de qui, et jusqu’à quand"),
        WHILE_ACTIVE,
        (Audience.SELF, Audience.OVERSEERS),
    ),
    Held(
        "people.Departure",
        (
            "person",
            "recorded_by",
        ),
        _("savoir depuis quand une personne a quitté son employeur"),
        WHILE_ACTIVE,
        (Audience.SELF, Audience.BILLING, Audience.KEEPERS),
    ),
    Held(
        "people.MailChoice",
        ("person",),
        _("n’écrire que ce que la personne veut recevoir"),
        WITH_THE_PERSON,
        (Audience.SELF,),
    ),
    Held(
        "people.Consent",
        (
            "person",
            "purpose",
            "version",
        ),
        _("n’agir qu’avec le consentement de la personne, et pouvoir le prouver"),
        WITH_THE_PERSON,
        (Audience.SELF, Audience.KEEPERS),
        Ground.CONSENT,
    ),
    Held(
        "people.AccountInvitation",
        (
            "person",
            "email",
            "invited_by",
        ),
        _("savoir qui a été invité à ouvrir un compte, et par qui"),
        INVITATIONS,
        (Audience.SELF, Audience.KEEPERS),
    ),
    Held(
        "people.DigestItem",
        (
            "person",
            "subject",
            "text",
        ),
        _("réunir dans un résumé hebdomadaire ce que la personne veut y lire"),
        DIGESTS,
        (Audience.SELF,),
    ),
    Held(
        "people.PersonMerge",
        (
            "kept",
            "absorbed",
            "merged_by",
        ),
        _("pouvoir défaire une réunion de fiches"),
        WHILE_ACTIVE,
        (Audience.KEEPERS,),
    ),
    Held(
        "socialaccount.SocialAccount",
        (
            "user",
            "provider",
            "uid",
            "date_joined",
            "last_login",
        ),
        _("reconnaître qui entre par le service de son organisation, sans garder ce que ce service en dit"),
        WITH_THE_ACCOUNT,
        (Audience.SELF,),
        of="user__person",
    ),
    Held(
        "people.PersonMerge",
        ("moved",),
        _("savoir ce qui est passé d’une fiche à l’autre"),
        MERGES,
        (Audience.KEEPERS,),
        of="kept",
    ),
]
