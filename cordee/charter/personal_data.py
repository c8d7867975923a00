from cordee.toolkit.personal_data import Held

HELD = [
    Held("charter.FrozenDocument", ("frozen_by",), "savoir qui a figé un document", "aussi longtemps que le cadre"),
    Held("charter.Scenario", ("made_by",), "savoir qui a proposé un scénario", "aussi longtemps que le cadre"),
    Held("charter.Simulation", ("started_by",), "savoir qui a lancé un calcul", "aussi longtemps que le cadre"),
]
