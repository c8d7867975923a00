from django.utils.translation import gettext_lazy as _

from cordee.toolkit.personal_data import After, Audience, Held, Keeping

WITH_THE_REGISTER = Keeping(_("aussi longtemps que le registre des décisions"), After.ANONYMIZED)

HELD = [
    Held(
        "governance.Mandate",
        (
            "person",
            "recorded_by",
        ),
        _("savoir qui siège et depuis quand"),
        WITH_THE_REGISTER,
        (Audience.ACCOUNTS,),
    ),
    Held(
        "governance.MandateNotice",
        ("recorded_by",),
        _("savoir qui a inscrit l’avis"),
        WITH_THE_REGISTER,
        (Audience.GROUP, Audience.KEEPERS),
    ),
    Held(
        "governance.Decision",
        ("recorded_by",),
        _("savoir qui a inscrit la décision"),
        WITH_THE_REGISTER,
        (Audience.GROUP, Audience.OVERSEERS),
    ),
    Held(
        "governance.AdoptionStep",
        ("taken_by",),
        _("savoir qui a inscrit l’étape"),
        WITH_THE_REGISTER,
        (Audience.ACCOUNTS,),
    ),
]
