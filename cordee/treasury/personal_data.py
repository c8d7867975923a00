from django.utils.translation import gettext_lazy as _

from cordee.toolkit.personal_data import After, Audience, Held, Keeping

WITH_THE_ACCOUNTS = Keeping(_("sept ans, avec les comptes qui en dépendent"), After.ANONYMIZED)
VISITS = Keeping(_("un an"), After.DELETED, months=12, since="seen_at", is_nightly=True)

HELD = [
    Held(
        "treasury.ClaimRun",
        ("started_by",),
        _("savoir qui a préparé les réclamations"),
        WITH_THE_ACCOUNTS,
        (Audience.OVERSEERS,),
    ),
    Held(
        "treasury.ClaimLine",
        ("person_id",),
        _("expliquer chaque montant, sans nom"),
        WITH_THE_ACCOUNTS,
        (Audience.BILLING, Audience.OVERSEERS),
    ),
    Held(
        "treasury.DraftVisit",
        ("person",),
        _("montrer ce qui a changé depuis la dernière visite"),
        VISITS,
        (Audience.SELF,),
    ),
    Held(
        "treasury.Submission",
        ("submitted_by", "submitted_for"),
        _("savoir qui a soumis"),
        WITH_THE_ACCOUNTS,
        (Audience.BILLING, Audience.OVERSEERS),
    ),
    Held(
        "treasury.Verification",
        ("verified_by",),
        _("savoir qui a vérifié"),
        WITH_THE_ACCOUNTS,
        (Audience.BILLING, Audience.OVERSEERS),
    ),
    Held(
        "treasury.Approval",
        ("approved_by",),
        _("savoir qui a approuvé"),
        WITH_THE_ACCOUNTS,
        (Audience.BILLING, Audience.OVERSEERS),
    ),
    Held(
        "treasury.Payment",
        ("recorded_by",),
        _("savoir qui a inscrit le paiement"),
        WITH_THE_ACCOUNTS,
        (Audience.BILLING, Audience.OVERSEERS),
    ),
    Held(
        "treasury.Return",
        ("returned_by",),
        _("savoir qui a renvoyé"),
        WITH_THE_ACCOUNTS,
        (Audience.BILLING, Audience.OVERSEERS),
    ),
]
