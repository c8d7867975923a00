from django.utils.translation import gettext_lazy as _

from cordee.toolkit.personal_data import After, Audience, Held, Keeping

ACTS = Keeping(_("aussi longtemps que le journal"), After.ANONYMIZED)
DETAILS = Keeping(_("sept ans, ou jusqu’à un effacement fondé"), After.EMPTIED, months=84, since="entry__at")
BATCHES = Keeping(_("un an"), After.EMPTIED, months=12, since="created_at")
NAMES = Keeping(_("aussi longtemps que l’importation"), After.ANONYMIZED)
MESSAGES = Keeping(_("deux ans"), After.DELETED, months=24, since="created_at", is_nightly=True)

HELD = [
    Held(
        "records.JournalEntry",
        (
            "actor_id",
            "for_id",
        ),
        _("savoir qui a fait quoi, et au nom de qui"),
        ACTS,
        (Audience.SELF, Audience.KEEPERS),
    ),
    Held(
        "records.JournalDetail",
        (
            "payload",
            "address",
        ),
        _("savoir ce qui a changé, et d’où"),
        DETAILS,
        (Audience.KEEPERS,),
        of="entry__actor_id",
    ),
    Held(
        "records.ImportBatch",
        (
            "created_by_id",
            "file_name",
        ),
        _("savoir quel fichier est entré, et par qui"),
        NAMES,
        (Audience.RUNNING, Audience.OVERSEERS),
    ),
    Held(
        "records.ImportBatch",
        (
            "proposal",
            "applied",
        ),
        _("prévisualiser et défaire une importation"),
        BATCHES,
        (Audience.RUNNING, Audience.OVERSEERS),
    ),
    Held(
        "records.Message",
        (
            "person_id",
            "address",
            "subject",
            "text",
            "calendar",
            "unsubscribe",
        ),
        _("faire parvenir une invitation, un rappel ou une nouvelle, et savoir si elle est partie"),
        MESSAGES,
        (Audience.SELF, Audience.KEEPERS),
    ),
]
