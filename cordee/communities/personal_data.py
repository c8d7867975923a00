from cordee.toolkit.personal_data import Held

WITH_THE_ACCOUNTS = "sept ans, avec les comptes qui en dépendent"

HELD = [
    Held("communities.CompensationGrant", ("recorded_by",), "savoir qui a inscrit la décision", WITH_THE_ACCOUNTS),
    Held(
        "communities.ParticipationAgreement",
        ("person", "superior", "recorded_by"),
        "justifier une seconde participation",
        WITH_THE_ACCOUNTS,
    ),
    Held("communities.LimitExtension", ("person", "recorded_by"), "justifier des journées de plus", WITH_THE_ACCOUNTS),
    Held("communities.ImprovementPause", ("written_by",), "savoir qui a inscrit le temps d’arrêt", WITH_THE_ACCOUNTS),
    Held("communities.PlanChange", ("proposed_by",), "savoir qui propose un changement au plan", WITH_THE_ACCOUNTS),
]
