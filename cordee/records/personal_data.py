from cordee.toolkit.personal_data import Held

HELD = [
    Held("records.JournalEntry", ("actor_id", "for_id"), "savoir qui a fait quoi", "sept ans"),
    Held(
        "records.JournalDetail",
        ("payload", "address"),
        "savoir ce qui a changé, et d’où",
        "sept ans, effaçable sur demande fondée",
    ),
    Held(
        "records.ImportBatch",
        ("created_by_id", "proposal", "applied"),
        "prévisualiser et défaire une importation",
        "un an",
    ),
    Held(
        "records.Message",
        ("person_id", "address", "subject", "text", "calendar", "unsubscribe"),
        "faire parvenir une invitation, un rappel ou une nouvelle, et savoir si elle est partie",
        "deux ans",
    ),
]
