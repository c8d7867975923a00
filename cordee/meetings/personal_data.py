from django.utils.translation import gettext_lazy as _

from cordee.toolkit.personal_data import After, Audience, Held, Keeping

WITH_THE_ACCOUNTS = Keeping(_("sept ans, avec les comptes qui en dépendent"), After.ANONYMIZED)
WITH_THE_MEETING = Keeping(_("aussi longtemps que la rencontre"), After.ANONYMIZED)
ANSWERS = Keeping(_("deux ans"), After.DELETED, months=24, since="answered_at")
FEEDS = Keeping(_("un an après la dernière participation"), After.DELETED, months=12)
REASONS = Keeping(_("sept ans, avec les comptes qui en dépendent"), After.EMPTIED)
TEMPLATES = Keeping(_("tant que le modèle sert"), After.ANONYMIZED)

HELD = [
    Held(
        "meetings.Attendance",
        (
            "person",
            "marked_by",
        ),
        _("compenser l’employeur d’après les présences"),
        WITH_THE_ACCOUNTS,
        (Audience.SELF, Audience.RUNNING, Audience.BILLING, Audience.OVERSEERS),
    ),
    Held(
        "meetings.Attendance",
        ("reason",),
        _("savoir pourquoi une personne était absente, ou sa présence corrigée"),
        REASONS,
        (Audience.SELF, Audience.RUNNING, Audience.OVERSEERS),
    ),
    Held(
        "meetings.AttendanceChange",
        ("changed_by",),
        _("savoir qui a changé quoi"),
        WITH_THE_ACCOUNTS,
        (Audience.RUNNING, Audience.OVERSEERS),
    ),
    Held(
        "meetings.AttendanceChange",
        ("reason",),
        _("savoir pourquoi une présence a changé"),
        REASONS,
        (Audience.RUNNING, Audience.OVERSEERS),
        of="attendance__person",
    ),
    Held(
        "meetings.Validation",
        ("validated_by",),
        _("savoir qui répond des présences"),
        WITH_THE_ACCOUNTS,
        (Audience.GROUP, Audience.OVERSEERS),
    ),
    Held(
        "meetings.Meeting",
        ("address",),
        _("dire où l’on se réunit"),
        WITH_THE_ACCOUNTS,
        (Audience.GROUP, Audience.OVERSEERS),
    ),
    Held(
        "meetings.Announcement",
        ("announced_by",),
        _("savoir qui a annoncé"),
        WITH_THE_ACCOUNTS,
        (Audience.GROUP, Audience.OVERSEERS),
    ),
    Held(
        "meetings.AgendaItem",
        ("owner",),
        _("savoir qui porte un point"),
        WITH_THE_ACCOUNTS,
        (Audience.GROUP, Audience.OVERSEERS),
    ),
    Held(
        "meetings.Answer",
        (
            "person",
            "reply",
            "word",
        ),
        _("savoir qui viendra, ou pourquoi pas"),
        ANSWERS,
        (Audience.SELF, Audience.RUNNING, Audience.OVERSEERS),
    ),
    Held(
        "meetings.FeedKey",
        (
            "person",
            "secret",
        ),
        _("montrer ses rencontres dans son calendrier"),
        FEEDS,
        (Audience.SELF,),
    ),
    Held(
        "meetings.Cancellation",
        ("cancelled_by",),
        _("savoir qui a annulé"),
        WITH_THE_ACCOUNTS,
        (Audience.GROUP, Audience.OVERSEERS),
    ),
    Held(
        "meetings.Move",
        ("moved_by",),
        _("savoir qui a déplacé la rencontre"),
        WITH_THE_ACCOUNTS,
        (Audience.GROUP, Audience.OVERSEERS),
    ),
    Held(
        "meetings.AgendaTemplate",
        ("saved_by",),
        _("savoir d’où vient le modèle"),
        TEMPLATES,
        (Audience.RUNNING, Audience.OVERSEERS),
    ),
    Held(
        "meetings.CheckIn",
        ("person",),
        _("savoir qui a dit être là, jusqu’à ce que ce soit validé"),
        WITH_THE_ACCOUNTS,
        (Audience.SELF, Audience.RUNNING, Audience.OVERSEERS),
    ),
    Held(
        "meetings.CheckInRefusal",
        ("person",),
        _("montrer à qui anime les codes refusés"),
        WITH_THE_ACCOUNTS,
        (Audience.SELF, Audience.RUNNING, Audience.OVERSEERS),
    ),
    Held(
        "meetings.MinutesSection",
        (
            "text",
            "written_by",
        ),
        _("savoir ce qui s’est dit, et qui a écrit une partie du compte rendu"),
        WITH_THE_MEETING,
        (Audience.GROUP, Audience.OVERSEERS),
    ),
    Held(
        "meetings.MinutesApproval",
        ("recorded_by",),
        _("savoir qui a inscrit l’approbation"),
        WITH_THE_MEETING,
        (Audience.GROUP, Audience.OVERSEERS),
    ),
    Held(
        "meetings.MinutesLock",
        ("locked_by",),
        _("savoir qui a verrouillé le compte rendu"),
        WITH_THE_MEETING,
        (Audience.GROUP, Audience.OVERSEERS),
    ),
    Held(
        "meetings.MinutesCorrection",
        ("corrected_by",),
        _("savoir qui a corrigé le compte rendu"),
        WITH_THE_MEETING,
        (Audience.GROUP, Audience.OVERSEERS),
    ),
    Held(
        "meetings.FollowUp",
        (
            "owner",
            "added_by",
        ),
        _("savoir qui s’occupe de quoi après une rencontre"),
        WITH_THE_MEETING,
        (Audience.GROUP, Audience.OVERSEERS),
    ),
    Held(
        "meetings.FollowUpDone",
        ("done_by",),
        _("savoir qui a dit un suivi fait"),
        WITH_THE_MEETING,
        (Audience.GROUP, Audience.OVERSEERS),
    ),
    Held(
        "meetings.MeetingDocument",
        (
            "name",
            "added_by",
        ),
        _("savoir qui a déposé un document"),
        WITH_THE_MEETING,
        (Audience.GROUP, Audience.OVERSEERS),
    ),
    Held(
        "meetings.DocumentRemoval",
        ("removed_by",),
        _("savoir qui a retiré un document"),
        WITH_THE_MEETING,
        (Audience.GROUP, Audience.OVERSEERS),
    ),
]
