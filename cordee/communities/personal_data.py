from django.utils.translation import gettext_lazy as _

from cordee.toolkit.personal_data import After, Audience, Held, Keeping

WITH_THE_ACCOUNTS = Keeping(_("sept ans, avec les comptes qui en dépendent"), After.ANONYMIZED)
SUPERIORS = Keeping(_("sept ans, avec les comptes qui en dépendent"), After.EMPTIED)

HELD = [
    Held(
        "communities.CompensationGrant",
        ("recorded_by",),
        _("savoir qui a inscrit la décision"),
        WITH_THE_ACCOUNTS,
        (Audience.OVERSEERS,),
    ),
    Held(
        "communities.ParticipationAgreement",
        (
            "person",
            "recorded_by",
        ),
        _("justifier une seconde participation"),
        WITH_THE_ACCOUNTS,
        (Audience.SELF, Audience.BILLING, Audience.OVERSEERS),
    ),
    Held(
        "communities.ParticipationAgreement",
        ("superior",),
        _("savoir qui a consenti à une seconde participation"),
        SUPERIORS,
        (Audience.SELF, Audience.BILLING, Audience.OVERSEERS),
    ),
    Held(
        "communities.LimitExtension",
        (
            "person",
            "recorded_by",
        ),
        _("justifier des journées de plus"),
        WITH_THE_ACCOUNTS,
        (Audience.SELF, Audience.BILLING, Audience.OVERSEERS),
    ),
    Held(
        "communities.ImprovementPause",
        ("written_by",),
        _("savoir qui a inscrit le temps d’arrêt"),
        WITH_THE_ACCOUNTS,
        (Audience.GROUP, Audience.OVERSEERS),
    ),
    Held(
        "communities.PlanChange",
        ("proposed_by",),
        _("savoir qui propose un changement au plan"),
        WITH_THE_ACCOUNTS,
        (Audience.GROUP, Audience.OVERSEERS),
    ),
]
