from django.utils.translation import gettext_lazy as _

from cordee.toolkit.personal_data import After, Audience, Held, Keeping

WITH_THE_CADRE = Keeping(_("aussi longtemps que le cadre"), After.ANONYMIZED)

HELD = [
    Held(
        "reference.RuleRow",
        ("changed_by",),
        _("savoir qui a changé une règle du cadre"),
        WITH_THE_CADRE,
        (Audience.OVERSEERS, Audience.COMMITTEE),
    ),
]
