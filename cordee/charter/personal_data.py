from django.utils.translation import gettext_lazy as _

from cordee.toolkit.personal_data import After, Audience, Held, Keeping

WITH_THE_CADRE = Keeping(_("aussi longtemps que le cadre"), After.ANONYMIZED)
EVERYONE = (Audience.ACCOUNTS,)
STEERING = (Audience.OVERSEERS, Audience.COMMITTEE)

HELD = [
    Held("charter.FrozenDocument", ("frozen_by",), _("savoir qui a figé un document"), WITH_THE_CADRE, EVERYONE),
    Held("charter.Scenario", ("made_by",), _("savoir qui a proposé un scénario"), WITH_THE_CADRE, STEERING),
    Held("charter.Simulation", ("started_by",), _("savoir qui a lancé un calcul"), WITH_THE_CADRE, STEERING),
    Held(
        "charter.Tick",
        ("ticked_by", "taken_back_by"),
        _("savoir qui a dit une échéance faite"),
        WITH_THE_CADRE,
        EVERYONE,
    ),
    Held("charter.Nudge", ("nudged_by",), _("savoir qui a relancé les retards"), WITH_THE_CADRE, STEERING),
    Held(
        "charter.NudgedPerson", ("person",), _("ne relancer personne deux fois le même jour"), WITH_THE_CADRE, STEERING
    ),
]
