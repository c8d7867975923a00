from cordee.toolkit.personal_data import Held

WITH_THE_ACCOUNTS = "sept ans, avec les comptes qui en dépendent"
WITH_THE_MEETING = "aussi longtemps que la rencontre"

HELD = [
    Held(
        "meetings.Attendance", ("person", "marked_by"), "compenser l’employeur d’après les présences", WITH_THE_ACCOUNTS
    ),
    Held("meetings.AttendanceChange", ("changed_by",), "savoir qui a changé quoi", WITH_THE_ACCOUNTS),
    Held("meetings.Validation", ("validated_by",), "savoir qui répond des présences", WITH_THE_ACCOUNTS),
    Held("meetings.Meeting", ("address",), "dire où l’on se réunit", WITH_THE_ACCOUNTS),
    Held("meetings.Announcement", ("announced_by",), "savoir qui a annoncé", WITH_THE_ACCOUNTS),
    Held("meetings.AgendaItem", ("owner",), "savoir qui porte un point", WITH_THE_ACCOUNTS),
    Held("meetings.Answer", ("person", "reply", "word"), "savoir qui viendra, ou pourquoi pas", "deux ans"),
    Held("meetings.FeedKey", ("person", "secret"), "montrer ses rencontres dans son calendrier", "jusqu’à un an après"),
    Held("meetings.Cancellation", ("cancelled_by",), "savoir qui a annulé", WITH_THE_ACCOUNTS),
    Held("meetings.Move", ("moved_by",), "savoir qui a déplacé la rencontre", WITH_THE_ACCOUNTS),
    Held("meetings.AgendaTemplate", ("saved_by",), "savoir d’où vient le modèle", "tant que le modèle sert"),
    Held("meetings.CheckIn", ("person",), "savoir qui a dit être là, jusqu’à ce que ce soit validé", WITH_THE_ACCOUNTS),
    Held("meetings.CheckInRefusal", ("person",), "montrer à qui anime les codes refusés", WITH_THE_ACCOUNTS),
    Held("meetings.MinutesSection", ("written_by",), "savoir qui a écrit une partie du compte rendu", WITH_THE_MEETING),
    Held("meetings.MinutesApproval", ("recorded_by",), "savoir qui a inscrit l’approbation", WITH_THE_MEETING),
    Held("meetings.MinutesLock", ("locked_by",), "savoir qui a verrouillé le compte rendu", WITH_THE_MEETING),
    Held("meetings.MinutesCorrection", ("corrected_by",), "savoir qui a corrigé le compte rendu", WITH_THE_MEETING),
    Held(
        "meetings.FollowUp", ("owner", "added_by"), "savoir qui s’occupe de quoi après une rencontre", WITH_THE_MEETING
    ),
    Held("meetings.FollowUpDone", ("done_by",), "savoir qui a dit un suivi fait", WITH_THE_MEETING),
    Held("meetings.MeetingDocument", ("name", "added_by"), "savoir qui a déposé un document", WITH_THE_MEETING),
    Held("meetings.DocumentRemoval", ("removed_by",), "savoir qui a retiré un document", WITH_THE_MEETING),
]
