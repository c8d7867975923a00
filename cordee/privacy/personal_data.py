from django.utils.translation import gettext_lazy as _

from cordee.toolkit.personal_data import After, Audience, Ground, Held, Keeping

OF_REQUESTS = Keeping(_("trois ans depuis la réception"), After.DELETED, months=36, since="received_on")
OF_STEPS = Keeping(_("trois ans depuis la réception"), After.DELETED, months=36, since="request__received_on")
OF_INCIDENTS = Keeping(
    _("cinq ans au moins depuis que l’incident est connu"), After.ANONYMIZED, months=60, since="aware_on"
)
OF_CORRECTIONS = Keeping(
    _("cinq ans au moins depuis que l’incident est connu"), After.ANONYMIZED, months=60, since="incident__aware_on"
)
ITS_READERS = (Audience.SELF, Audience.KEEPERS)

HELD = [
    Held(
        "privacy.PrivacyRequest",
        ("person", "name", "email", "what", "before", "proposed", "recorded_by"),
        _("répondre à ce que les personnes demandent sur leurs renseignements, et en tenir le registre"),
        OF_REQUESTS,
        ITS_READERS,
        Ground.REQUESTS,
    ),
    Held(
        "privacy.Extension",
        ("reason", "extended_by"),
        _("dire pourquoi une réponse prend plus de temps"),
        OF_STEPS,
        ITS_READERS,
        Ground.REQUESTS,
    ),
    Held(
        "privacy.Answer",
        ("text", "answered_by"),
        _("garder la réponse écrite à une demande"),
        OF_STEPS,
        ITS_READERS,
        Ground.REQUESTS,
    ),
    Held(
        "privacy.Withdrawal",
        ("withdrawn_by",),
        _("savoir qui a retiré une demande"),
        OF_STEPS,
        ITS_READERS,
        Ground.REQUESTS,
    ),
    Held(
        "privacy.Note",
        ("text", "noted_by"),
        _("garder, avec le renseignement, ce que la personne veut en dire"),
        OF_STEPS,
        ITS_READERS,
        Ground.REQUESTS,
    ),
    Held(
        "privacy.Incident",
        ("recorded_by",),
        _("tenir le registre des incidents de confidentialité"),
        OF_INCIDENTS,
        (Audience.KEEPERS,),
        Ground.LAW,
    ),
    Held(
        "privacy.IncidentCorrection",
        ("corrected_by",),
        _("savoir qui a corrigé le registre des incidents"),
        OF_CORRECTIONS,
        (Audience.KEEPERS,),
        Ground.LAW,
    ),
]
