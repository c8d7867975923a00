from django.utils.translation import gettext_lazy as _

from cordee.toolkit.personal_data import After, Audience, Ground, Held, Keeping

OF_REQUESTS = Keeping(_("trois ans depuis la réception"), After.DELETED, months=36, since="received_on")
OF_STEPS = Keeping(_("trois ans depuis la réception"), After.DELETED, months=36, since="request__received_on")
OF_INCIDENTS = Keeping(_("cinq ans au moins depuis que l’incident est connu"), After.ANONYMIZED)
ITS_READERS = (Audience.SELF, Audience.KEEPERS)
WITH_THE_REGISTER = Keeping(_("aussi longtemps que le registre d’anonymisation"), After.ANONYMIZED)
NOTES = Keeping(_("tant que la personne participe, puis sept ans"), After.EMPTIED)
KEEPERS = (Audience.KEEPERS,)

# Steps before what they are steps of: that is the order in which rows go.
HELD = [
    Held(
        "privacy.Extension",
        ("reason", "extended_by"),
        _("dire pourquoi une réponse prend plus de temps"),
        OF_STEPS,
        ITS_READERS,
        Ground.REQUESTS,
        of="request__person",
    ),
    Held(
        "privacy.Answer",
        ("text", "answered_by"),
        _("garder la réponse écrite à une demande"),
        OF_STEPS,
        ITS_READERS,
        Ground.REQUESTS,
        of="request__person",
    ),
    Held(
        "privacy.Withdrawal",
        ("withdrawn_by",),
        _("savoir qui a retiré une demande"),
        OF_STEPS,
        ITS_READERS,
        Ground.REQUESTS,
        of="request__person",
    ),
    Held(
        "privacy.Note",
        ("text", "noted_by"),
        _("garder, avec le renseignement, ce que la personne veut en dire"),
        OF_STEPS,
        ITS_READERS,
        Ground.REQUESTS,
        of="request__person",
    ),
    Held(
        "privacy.PrivacyRequest",
        ("person", "name", "email", "what", "before", "proposed", "recorded_by"),
        _("répondre à ce que les personnes demandent sur leurs renseignements, et en tenir le registre"),
        OF_REQUESTS,
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
        OF_INCIDENTS,
        (Audience.KEEPERS,),
        Ground.LAW,
    ),
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
