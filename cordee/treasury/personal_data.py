from cordee.toolkit.personal_data import Held

WITH_THE_ACCOUNTS = "sept ans, avec les comptes qui en dépendent"

HELD = [
    Held("treasury.ClaimRun", ("started_by",), "savoir qui a préparé les réclamations", WITH_THE_ACCOUNTS),
    Held("treasury.ClaimLine", ("person_id",), "expliquer chaque montant, sans nom", WITH_THE_ACCOUNTS),
    Held("treasury.DraftVisit", ("person",), "montrer ce qui a changé depuis la dernière visite", "un an"),
    Held("treasury.Submission", ("submitted_by",), "savoir qui a soumis", WITH_THE_ACCOUNTS),
    Held("treasury.Verification", ("verified_by",), "savoir qui a vérifié", WITH_THE_ACCOUNTS),
    Held("treasury.Approval", ("approved_by",), "savoir qui a approuvé", WITH_THE_ACCOUNTS),
    Held("treasury.Payment", ("recorded_by",), "savoir qui a inscrit le paiement", WITH_THE_ACCOUNTS),
    Held("treasury.Return", ("returned_by",), "savoir qui a renvoyé", WITH_THE_ACCOUNTS),
]
