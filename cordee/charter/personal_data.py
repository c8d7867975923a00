from cordee.toolkit.personal_data import Held

HELD = [
    Held("charter.FrozenDocument", ("frozen_by",), "savoir qui a figé un document", "aussi longtemps que le cadre"),
]
