from django.utils.translation import gettext_lazy as _

from cordee.toolkit.personal_data import After, Audience, Ground, Held, Keeping

WITH_THE_REGISTER = Keeping(_("aussi longtemps que le registre d’anonymisation"), After.ANONYMIZED)
NOTES = Keeping(_("tant que la personne participe, puis sept ans"), After.EMPTIED)
KEEPERS = (Audience.KEEPERS,)

HELD = [
    Held(
        "privacy.RetentionRun",
        ("prepared_by", "confirmed_by", "abandoned_by"),
        _("savoir qui a préparé et confirmé une conservation"),
        WITH_THE_REGISTER,
        KEEPERS,
        Ground.LAW,
    ),
    Held(
        "privacy.PlannedPerson",
        ("person",),
        _("tenir le registre d’anonymisation"),
        WITH_THE_REGISTER,
        KEEPERS,
        Ground.LAW,
    ),
    Held(
        "privacy.RetentionHold",
        ("person", "held_by", "lifted_by"),
        _("savoir pourquoi des renseignements sont gardés plus longtemps"),
        WITH_THE_REGISTER,
        KEEPERS,
        Ground.LAW,
    ),
    Held("privacy.RetentionHold", ("note",), _("préciser ce motif"), NOTES, KEEPERS, Ground.LAW),
]
