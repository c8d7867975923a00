from cordee.toolkit.personal_data import Held

HELD = [
    Held("reference.RuleRow", ("changed_by",), "savoir qui a changé une règle du cadre", "aussi longtemps que le cadre")
]
