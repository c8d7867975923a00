"""Pages that are worth seeing full: where each person starts, beside the home page that everyone has."""

from datetime import datetime, time

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from cordee.charter.models import Scenario
from cordee.governance.models import Decision
from cordee.home.demo.year import TODAY, YEAR
from cordee.meetings.actions.importing import apply_import, propose_import
from cordee.meetings.actions.letters import ANSWERS
from cordee.meetings.actions.teams import propose_reports
from cordee.meetings.imports import Preview, fingerprint, proposal_of
from cordee.meetings.imports.teams import proposal_of as proposal_of_reports
from cordee.meetings.imports.teams.files import fingerprint_of
from cordee.meetings.models import Answer, Meeting, MinutesLock, Portion
from cordee.meetings.tests.teams_files import DIALECTS, Connection, report_file, sole_connection
from cordee.people.actions.accounts import invite, token_of
from cordee.people.actions.mailing import ONE_KIND, ONE_PERSON
from cordee.people.models import AccountInvitation, Person, User
from cordee.privacy.actions.retention import prepare
from cordee.privacy.models import PrivacyRequest, RetentionRun
from cordee.records.models import ImportBatch
from cordee.treasury.models import Claim, ClaimRun
from tests.browser.places import NOBODY

ENTRANCE = ("login", "request_login_code", "signup", "inactive", "reset_password_done", "reset_password_from_key_done")
SHEET = "Date;Groupe;Personne;Courriel;Organisation;Catégorie;Portion\n"


def examples() -> dict[str, list[str]]:
    """Addresses by persona: the rosters, claims and imports in which there is most to see."""
    held = Meeting.objects.filter(date__lt=TODAY, cancellation__isnull=True).order_by("-date", "pk")
    closed, open_one = held.filter(validation__isnull=False).first(), held.filter(validation__isnull=True).first()
    claim = Claim.objects.filter(year=YEAR).order_by("-held", "pk").first()
    run = ClaimRun.objects.order_by("-pk").first()
    assert closed and open_one and claim and run
    return {
        "coordonnatrice": [
            *around(open_one),
            reverse("home:search") + "?q=belle",
            *(reverse(f"account_{page}") for page in ("logout", "change_password", "set_password")),
            reverse("people:merge"),
        ],
        "secretaire": [
            reverse("meetings:roster", args=[closed.pk]),
            reverse("treasury:preparation", args=[run.pk]),
            # With objections, and not yet what a framework rests on: it can be corrected.
            reverse("governance:decision", args=[Decision.objects.get(outcome="amended").pk]),
            *asked_and_waiting(),
        ],
        "facturation": [new_employer()],
        "responsable": [reverse("treasury:walk_ins"), refused_and_not_noted()],
        "tresorier": [reverse("treasury:claim", args=[claim.pk]), *what_if()],
        NOBODY: [*entrance(), new_password(), *by_mail()],
    }


def entrance() -> list[str]:
    return [*(reverse(f"account_{page}") for page in ENTRANCE), reverse("identity_find")]


def new_employer() -> str:
    return reverse("people:employer", args=[Person.objects.get(email="delphine.arete@patriotes.exemple.test").pk])


def asked_and_waiting() -> list[str]:
    """An employer to set right, a name to set right by one click, more time to take; a plan to confirm."""
    employment = PrivacyRequest.objects.get(datum="employment")
    named = PrivacyRequest.objects.get(datum="last_name")
    return [
        reverse("privacy:employment", args=[employment.pk]),
        reverse("privacy:request", args=[named.pk]),
        reverse("privacy:extend", args=[named.pk]),
        reverse("privacy:retention_run", args=[a_plan().pk]),
    ]


def refused_and_not_noted() -> str:
    return reverse("privacy:note", args=[PrivacyRequest.objects.get(datum="first_name").pk])


def what_if() -> list[str]:
    """A scenario, its rules, its workbook; rows of the timeline, to mark done and done."""
    kept = Scenario.objects.select_related("base__edition").latest("pk")
    base = [kept.base.edition.year, kept.base.number, kept.pk]
    rows = [reverse("charter:dated_task", args=[YEAR, row, "c"]) for row in ("timeline.3", "timeline.2")]
    return [*(reverse(f"charter:{page}", args=base) for page in ("scenario", "scenario_edit", "scenario_xlsx")), *rows]


def around(meeting: Meeting) -> list[str]:
    """What leads on from a meeting held and not validated, and minutes that are locked."""
    pages = ("roster", "validation", "new_walk_in", "follow_up_new")
    locks = MinutesLock.objects.order_by("pk")[:1]
    return [
        *(reverse(f"meetings:{page}", args=[meeting.pk]) for page in pages),
        *(reverse("meetings:minutes_correction", args=[lock.meeting_id]) for lock in locks),
        reverse("meetings:teams_preview", args=[meeting.pk, report_of(meeting).pk]),
        *(reverse(f"meetings:import_{page}", args=[batch.pk]) for page, batch in imports(meeting).items()),
    ]


def by_mail() -> list[str]:
    """Where the links of an invitation lead, without an account."""
    invited = Answer.objects.filter(meeting__date__gt=TODAY).order_by("pk")[0]
    return [
        reverse("meetings:answer", args=[ANSWERS.sign(f"{invited.meeting_id}-{invited.person_id}")]),
        reverse("people:mail_by_link", args=[ONE_PERSON.sign(str(invited.person_id))]),
        reverse("people:invitation", args=[token_of(someone_invited())]),
        reverse("people:mail_stop", args=[ONE_KIND.sign(f"{invited.person_id}-reminder")]),
    ]


def a_plan() -> RetentionRun:
    """Of retention, with the people of the demonstration who left long ago."""
    return prepare(by=Person.objects.get(email="blandine.cordelette@crdp.exemple.test"), on=TODAY)


def someone_invited() -> AccountInvitation:
    invited = Person.objects.create(first_name="Prochaine", last_name="Cordée", email="prochaine@exemple.test")
    return invite(person=invited, by=None, on=TODAY)


def new_password() -> str:
    """Where the message about a forgotten password leads."""
    user = User.objects.get(person=Person.objects.get(email="delphine.arete@patriotes.exemple.test"))
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})


def imports(meeting: Meeting) -> dict[str, ImportBatch]:
    """A file with questions to answer, and one that went in: someone of the meeting was there half of the day."""
    by = Person.objects.get(email="solene.belleprise@crdp.exemple.test")
    one = meeting.attendances.exclude(portion=Portion.HALF).select_related("person").order_by("pk")[0].person
    asked = f"{SHEET}12 sept. 2024;18-TC-TRP;Inconnue, Aurore;;CSS des Patriotes;Enseignant;1 jour\nhier;;;;;;\n"
    done = propose(
        f"{SHEET}{meeting.date};{meeting.group.label};{one.full_name};{one.email};;;½ j\n",
        "presences-automne.csv",
        by=by,
    )
    done.proposal["choices"] = Preview(done.proposal, by=by, on=TODAY).answers_to_all("replace")
    apply_import(batch=done, plan=Preview(done.proposal, by=by, on=TODAY).plan(), correction_reason="", by=by, on=TODAY)
    return {"preview": propose(asked, "presences-hiver.csv", by=by), "result": done}


def report_of(meeting: Meeting) -> ImportBatch:
    """A report with a guest whom nobody knows, and the hours of someone of the meeting that differ from their mark."""
    who = meeting.attendances.filter(portion=Portion.DAY).select_related("person").order_by("pk")[0].person
    day = meeting.date
    start, noon = datetime.combine(day, meeting.starts_at), datetime.combine(day, time(12))
    connections = [sole_connection(meeting), Connection(who.full_name, start, noon, who.email)]
    proposal = proposal_of_reports(
        [("Rapport de présence.csv", report_file(DIALECTS["v3-french"], connections, title="TES 18"))], meeting
    )
    about = {"file_name": "Rapport de présence.csv", "sha256": fingerprint_of(proposal), "proposal": proposal}
    return propose_reports(meeting=meeting, by=None, on=TODAY, **about)


def propose(text: str, name: str, *, by: Person) -> ImportBatch:
    content = text.encode()
    proposal = proposal_of(content, name)
    return propose_import(file_name=name, sha256=fingerprint(content), proposal=proposal, by=by, on=TODAY)
