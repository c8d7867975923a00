from cordee.toolkit.personal_data import Held

KEPT = "aussi longtemps que le cadre"
HELD = [
    Held("charter.FrozenDocument", ("frozen_by",), "savoir qui a figé un document", KEPT),
    Held("charter.Scenario", ("made_by",), "savoir qui a proposé un scénario", KEPT),
    Held("charter.Simulation", ("started_by",), "savoir qui a lancé un calcul", KEPT),
    Held("charter.Tick", ("ticked_by", "taken_back_by"), "savoir qui a dit une échéance faite", KEPT),
    Held("charter.Nudge", ("nudged_by",), "savoir qui a relancé les retards", KEPT),
    Held("charter.NudgedPerson", ("person",), "ne relancer personne deux fois le même jour", KEPT),
]
