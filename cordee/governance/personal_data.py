from cordee.toolkit.personal_data import Held

WITH_THE_REGISTER = "aussi longtemps que le registre des décisions"

HELD = [
    Held("governance.Mandate", ("person", "recorded_by"), "savoir qui siège et depuis quand", WITH_THE_REGISTER),
    Held("governance.MandateNotice", ("recorded_by",), "savoir qui a inscrit l’avis", WITH_THE_REGISTER),
    Held("governance.Decision", ("recorded_by",), "savoir qui a inscrit la décision", WITH_THE_REGISTER),
    Held("governance.AdoptionStep", ("taken_by",), "savoir qui a inscrit l’étape", WITH_THE_REGISTER),
]
