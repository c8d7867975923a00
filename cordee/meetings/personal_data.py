from cordee.toolkit.personal_data import Held

WITH_THE_ACCOUNTS = "sept ans, avec les comptes qui en dépendent"

HELD = [
    Held(
        "meetings.Attendance", ("person", "marked_by"), "compenser l’employeur d’après les présences", WITH_THE_ACCOUNTS
    ),
    Held("meetings.AttendanceChange", ("changed_by",), "savoir qui a changé quoi", WITH_THE_ACCOUNTS),
    Held("meetings.Validation", ("validated_by",), "savoir qui répond des présences", WITH_THE_ACCOUNTS),
    Held("meetings.Cancellation", ("cancelled_by",), "savoir qui a annulé", WITH_THE_ACCOUNTS),
    Held("meetings.CheckIn", ("person",), "savoir qui a dit être là, jusqu’à ce que ce soit validé", WITH_THE_ACCOUNTS),
    Held("meetings.CheckInRefusal", ("person",), "montrer à qui anime les codes refusés", WITH_THE_ACCOUNTS),
]
