"""Which objects each address is tried with: of one's own organization or community, of another's, of nobody's here."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cached_property
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

from cordee.governance.models import Decision, Mandate
from cordee.home.demo.year import PERIOD, TODAY, YEAR, Year
from cordee.meetings.actions import undo_token
from cordee.meetings.actions.codes import Scan, code_of, ticket_of
from cordee.meetings.actions.importing import apply_import, propose_import
from cordee.meetings.actions.letters import ANSWERS
from cordee.meetings.actions.subscribing import open_feed
from cordee.meetings.actions.teams import propose_reports
from cordee.meetings.imports import Preview, fingerprint, proposal_of
from cordee.meetings.imports.teams import proposal_of as proposal_of_reports
from cordee.meetings.models import Attendance, AttendanceChange, Direction, FollowUp, Meeting, MeetingDocument
from cordee.meetings.tests.teams_files import DIALECTS, report_file, sole_connection
from cordee.people.actions.accounts import invite, token_of
from cordee.people.actions.mailing import ONE_KIND, ONE_PERSON
from cordee.people.actions.merging import merge_persons
from cordee.people.models import Consent, Delegation, Duty, Person
from cordee.privacy.actions.retention import prepare as prepare_retention
from cordee.privacy.models import Incident, PrivacyRequest, RetentionHold
from cordee.records import journal
from cordee.records.models import ImportBatch, Message
from cordee.reference.models import Revision
from cordee.toolkit import clock
from cordee.treasury.models import Claim, ClaimRun
from cordee.treasury.models.flags import open_flags
from cordee.values.school_year import SchoolYear

Arguments = dict[str, Any]
# What the table calls each object, and the arguments that name it in an address.
Objects = dict[str, Arguments]

CENTRES = {"patriotes": "865000", "riverside": "884000", "trois-lacs": "869000"}
# 18 is the liaison's and the participant's, 41 the manager's and the participant's. Staff of Patriotes was at both,
# staff of Riverside at 41. Nobody of these was at 04. 27 is a body, where both were.
MEETINGS = {"18": "18-tc-trp/3", "41": "41-inclusion/3", "04": "04-ircm-transitions/1"}
DRAFTS = {"18 draft": "18-tc-trp/5", "41 draft": "41-inclusion/5"}
BODY = {"27": "27-comite-executif/1"}
# Announced, with answers: the same members as 18.
COMING = {"18 to come": "18-tc-trp/4"}
PEOPLE = {"of-patriotes": "delphine.arete", "of-riverside": "fiona.crag", "of-trois-lacs": "pascale.tetras"}
# What is asked of addresses that show nothing without a question; « an » is in « Canari » (see `canaries.py`).
ASKED = {"home:search": "?q=an", "meetings:walk_in": "?q=an", "people:merge": "?q=an"}
FOLLOW_UPS = {"18": "Essayer la grille dans une classe", "41": "Écrire aux directions des écoles visitées"}
FILE = b"Date;Groupe;Nom;Pr\xc3\xa9nom;Portion\n2024-11-19;18-TC-TRP;Ar\xc3\xaate;Delphine;1 jour\n"


class Route(NamedTuple):
    name: str
    pattern: str
    view: Callable[..., Any]

    @property
    def is_ours(self) -> bool:
        return not self.view.__module__.startswith("allauth.")


def routes(resolver: URLResolver | None = None, prefix: str = "", namespace: str = "") -> Iterator[Route]:
    """Every address of the house, as the resolver knows it."""
    for entry in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, pattern, f"{entry.namespace}:" if entry.namespace else namespace)
        elif isinstance(entry, URLPattern):
            yield Route(f"{namespace}{entry.name}", pattern, entry.callback)


class World:
    """The demonstration year with what it lacks: imports of two people, two records made one."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self.liaison = year.people["josee.bivouac"]
        self.imports = {"liaison's": self._imported(self.liaison), "secretary's": self._imported(year.secretary)}
        twins = [Person.objects.create(first_name="Jumelle", last_name=name) for name in ("Double", "Doublet")]
        self.merge = merge_persons(kept=twins[0], absorbed=twins[1], by=year.secretary, on=TODAY)
        invited = Person.objects.create(first_name="Prochaine", last_name="Cordée", email="prochaine@exemple.test")
        self.invitation = token_of(invite(person=invited, by=year.secretary, on=TODAY))
        readers = {"liaison's": self.liaison, "secretary's": year.secretary}
        self.plan = prepare_retention(by=year.secretary, on=TODAY)
        self.feeds = {owner: open_feed(group=None, by=person, on=TODAY) for owner, person in readers.items()}

    def _imported(self, by: Person) -> ImportBatch:
        proposal = proposal_of(FILE, "presences.csv")
        who = {"by": by, "on": TODAY}
        batch = propose_import(file_name="presences.csv", sha256=fingerprint(FILE), proposal=proposal, **who)
        if by == self.year.secretary:
            apply_import(batch=batch, plan=Preview(proposal, **who).plan(), correction_reason="Oubli", **who)
        return batch

    def objects_of(self, route: Route) -> Objects:
        """Raise AssertionError with what to do when the route has arguments that nothing here names."""
        if "<" not in route.pattern:
            return {"": {}}
        fitting = [prefix for prefix in self.families if route.pattern.startswith(prefix)]
        assert fitting, (
            f"{route.name} ({route.pattern}): tests/access/objects.py does not say which objects to try. "
            "Add its route to `families`, with one of one’s own organization or community and one of another’s."
        )
        return self.families[max(fitting, key=len)]

    @cached_property
    def families(self) -> dict[str, Objects]:
        """By the start of a route, the longest that fits."""
        meeting = "rencontres/<int:pk>/"
        claim = "tresorerie/reclamations/<int:pk>/"
        return {
            "compte/^confirm-email/": {"": {"key": "inconnue"}},
            "compte/^password/reset/key/": {"": {"uidb36": "1", "key": "inconnue"}},
            "personnes/<int:pk>/": self._named(PEOPLE),
            "personnes/<int:pk>/correction/": self._named({"of-patriotes": PEOPLE["of-patriotes"]}),
            "personnes/reunion/<int:pk>/": {"": {"pk": self.merge.pk}},
            **self._retention(),
            **self._framework("cadre/<slug:year>/<int:number>/"),
            **self._bodies(),
            "rencontres/importation/<int:pk>/": {owner: {"pk": batch.pk} for owner, batch in self.imports.items()},
            **self._around_meetings(meeting),
            **self._letters_and_feeds(),
            **self._minutes(meeting),
            "communautes/<slug:slug>/": {label: {"slug": self.year.slugs[key]} for label, key in MEETINGS.items()},
            "tresorerie/preparations/<int:pk>/": {"": {"pk": ClaimRun.objects.order_by("pk").values("pk")[0]["pk"]}},
            "tresorerie/periodes/": {"": {"year": YEAR, "period": PERIOD}},
            "tresorerie/centres/<slug:code>/": {label: {"code": code} for label, code in CENTRES.items()},
            "tresorerie/budget/<slug:year>/": {"": {"year": YEAR}},
            "tresorerie/budget/<slug:year>/remarques/": {"": {"year": YEAR, "code": "F1"}},
            "tresorerie/participations/<int:group>/": self._walk_ins(),
            claim: {label: {"pk": self.claim(code).pk} for label, code in CENTRES.items()},
            f"{claim}a-trancher/": {label: self._flag(code) for label, code in CENTRES.items()},
        }

    def _rights(self) -> dict[str, Objects]:
        """A duty that waits, a delegation of the officer of Patriotes, and who may leave."""
        return {
            "personnes/fonctions/<int:pk>/": {"waiting": {"pk": Duty.objects.get(is_pending=True).pk}},
            "personnes/delegations/<int:pk>/": {"of-patriotes": {"pk": Delegation.objects.get().pk}},
            "personnes/<int:pk>/droits/": self._named({"of-patriotes": PEOPLE["of-patriotes"]}),
            "personnes/<int:pk>/fonctions/": self._named({"of-patriotes": PEOPLE["of-patriotes"]}),
            "personnes/<int:pk>/depart/": self._named({key: PEOPLE[key] for key in ("of-patriotes", "of-riverside")}),
        }

    def _registers(self, asked: str) -> dict[str, Objects]:
        """What three people asked and what an outsider wrote; the incident; a consent of the participant.

        The name is a rectification that was refused to the manager, the job an employer to set right.
        """
        mine = {label: PrivacyRequest.objects.get(person=person) for label, person in self._askers().items()}
        employer = PrivacyRequest.objects.get(datum="employment")
        found = mine | {"letter": PrivacyRequest.objects.get(person=None), "job": employer}
        incident = Incident.objects.order_by("pk").values("pk")[0]
        consent = Consent.objects.filter(person=self.participant).order_by("pk").values("pk")[0]
        return {
            asked: {label: {"pk": one.pk} for label, one in found.items()},
            "confidentialite/incidents/<int:pk>/": {"": incident},
            "personnes/mes-consentements/<int:pk>/": {"participant's": consent},
            "personnes/mes-consentements/<slug:key>/": {"": {"key": "research"}},
        }

    def _askers(self) -> dict[str, Person]:
        manager = self.year.people["helene.surplomb"]
        return {"participant's": self.participant, "liaison's": self.liaison, "name": manager}

    def _retention(self) -> dict[str, Objects]:
        """The plan that waits, someone who takes part, who is held."""
        return {
            "conservation/plans/<int:pk>/": {"": {"pk": self.plan.pk}},
            "conservation/personnes/<int:pk>/": self._named({"of-patriotes": PEOPLE["of-patriotes"]}),
            "conservation/suspensions/<int:pk>/": {"": {"pk": RetentionHold.objects.get().pk}},
        }

    def _framework(self, revision: str) -> dict[str, Objects]:
        """The revision in force, and the draft of the next year: a rule to write, a type nobody uses, a change."""
        draft = Revision.objects.select_related("edition").get(edition__year=str(SchoolYear.parse(YEAR).next()))
        change = journal.history(draft).last()
        assert change is not None
        here = {"year": draft.edition.year, "number": draft.number}
        written = f"{revision}modifier/"
        return {
            "cadre/<slug:year>/": {"": {"year": YEAR}},
            revision: {"draft": here, "in force": {"year": YEAR, "number": 1}},
            f"{revision}document/<slug:language>": {"in force": {"year": YEAR, "number": 1, "language": "fr"}},
            f"{revision}comparer/": {"draft": {**here, "other": f"{YEAR}-1"}},
            written: {"draft": here},
            f"{written}article/<str:article>/": {"draft": {**here, "article": "18.1"}},
            f"{written}regle/": {"draft": {**here, "key": "rate.member-resource.day"}},
            f"{written}type/": {"draft": {**here, "name": "managers"}},
            f"{written}historique/<int:entry>/": {"draft": {**here, "entry": change.pk}},
            "echeancier/<slug:year>/": self._dated_tasks(),
            f"{revision}simulation/": {"draft": here, "in force": {"year": YEAR, "number": 1}},
            f"{revision}simulation/<int:pk>/": {"draft": {**here, "pk": draft.scenarios.get().pk}},
        }

    def _bodies(self) -> dict[str, Objects]:
        """The committee the manager and the treasurer sit on, and a body where the director sits."""
        draft = {"year": str(SchoolYear.parse(YEAR).next()), "number": 1}
        subjects = {"CE": "Compensation accordée à 40-CCQ", "adopting": "Approbation du cadre 2024-2025"}
        holders = {"manager's": "helene.surplomb", "another's": "gustave.combe"}
        mandates = {label: Mandate.objects.get(person=self.year.people[key]) for label, key in holders.items()}
        return {
            "instances/<slug:key>/": {"CE": {"key": "executive"}, "TDG": {"key": "tdg"}},
            "instances/decisions/<int:pk>/": {
                label: {"pk": Decision.objects.get(subject=subject).pk} for label, subject in subjects.items()
            },
            "instances/mandats/<int:pk>/": {label: {"pk": found.pk} for label, found in mandates.items()},
            "instances/adoption/": {"draft": draft},
            "instances/adoption/<slug:year>/<int:number>/<int:step>/": {"draft": {**draft, "step": 1}},
        }

    def _dated_tasks(self) -> Objects:
        """A row of the cooperative, the same row of two centres and of two communities."""
        places = {
            **{label: ("timeline.1", f"o{self.claim(code).organization_id}") for label, code in CENTRES.items()},
            **{label: ("review.mid-year", f"g{self.year.meetings[key].group_id}") for label, key in MEETINGS.items()},
            "treasurer's": ("timeline.3", "c"),
        }
        return {label: {"year": YEAR, "key": key, "token": token} for label, (key, token) in places.items()}

    def _histories(self) -> Objects:
        """A person, two meetings, a claim: « Historique » is of what one sees."""
        named = {
            "of-patriotes": Person.objects.get(pk=self.year.people[PEOPLE["of-patriotes"]].pk),
            "18": Meeting.objects.get(pk=self.year.meetings[MEETINGS["18"]].pk),
            "04": Meeting.objects.get(pk=self.year.meetings[MEETINGS["04"]].pk),
            "patriotes": self.claim(CENTRES["patriotes"]),
        }
        return {label: {"kind": one._meta.label_lower, "key": one.pk} for label, one in named.items()}

    def _around_meetings(self, meeting: str) -> dict[str, Objects]:
        return {
            "journal/<str:kind>/<int:key>/": self._histories(),
            meeting: self._meetings({**MEETINGS, **BODY, **COMING}),
            "rencontres/ici/<int:pk>/": self._old_codes(),
            "rencontres/ici/<str:ticket>/": {"": {"ticket": ticket_of(self._old_scan)}},
            f"{meeting}teams/<int:batch>/": self._each_meeting(batch=self._report),
            f"{meeting}annonce/": self._meetings(DRAFTS),
            f"{meeting}deplacement/": self._meetings({**MEETINGS, **DRAFTS}),
            f"{meeting}presences/retour/": self._each_meeting(token=self._last_token),
            f"{meeting}presences/<int:person>/": self._each_meeting(person=self._someone_there),
        }

    @property
    def _old_scan(self) -> Scan:
        """An hour old, so that the answer is the same however long everyone takes to ask."""
        return Scan(self.year.meetings["41-inclusion/4"].pk, Direction.ARRIVAL, clock.now() - timedelta(hours=1))

    def _old_codes(self) -> Objects:
        scan = self._old_scan
        return {"": {"pk": scan.meeting_id, "code": code_of(scan.meeting_id, scan.direction, scan.at)}}

    def claim(self, code: str) -> Claim:
        return Claim.objects.get(organization__code=code, year=YEAR, period=PERIOD, sequence=0)

    def _meetings(self, keys: dict[str, str]) -> Objects:
        return {label: {"pk": self.year.meetings[key].pk} for label, key in keys.items()}

    def _named(self, keys: dict[str, str]) -> Objects:
        return {label: {"pk": self.year.people[key].pk} for label, key in keys.items()}

    def _accounts(self) -> dict[str, Objects]:
        """The account of another, an invitation, and what is only one's own: none of these has a session or a key."""
        nobodys = {"pk": 999_999_999}
        return {
            **self._rights(),
            "compte/second-facteur/webauthn/keys/<int:pk>/": {"": nobodys},
            "compte/organisation/": {"": {"provider_id": "inconnue"}},
            "personnes/<int:pk>/compte/": self._named({"of-patriotes": PEOPLE["of-patriotes"]}),
            "personnes/invitation/": {"": {"token": self.invitation}},
            "personnes/mon-acces/sessions/<int:pk>/": {"of nobody": nobodys},
            "personnes/mon-acces/organisation/<int:pk>/": {"of nobody": nobodys},
            "personnes/mon-acces/organisation/retour/": {"": {"token": "inconnu"}},
        }

    def _letters_and_feeds(self) -> dict[str, Objects]:
        """What is reached by a signed link or a secret address, the e-mails themselves, accounts and registers."""
        return {
            **self._accounts(),
            **self._registers("confidentialite/demandes/<int:pk>/"),
            "rencontres/mon-calendrier/<int:pk>/": {owner: {"pk": key.pk} for owner, key in self.feeds.items()},
            "rencontres/flux/": {owner: {"secret": key.secret} for owner, key in self.feeds.items()},
            "rencontres/reponse/": {"participant's": {"token": ANSWERS.sign(self._invitation())}},
            "personnes/courriels/": {"participant's": {"token": ONE_PERSON.sign(str(self.participant.pk))}},
            "personnes/courriels/arret/": {
                "participant's": {"token": ONE_KIND.sign(f"{self.participant.pk}-reminder")}
            },
            "courriels/<int:pk>/": {"": {"pk": Message.objects.order_by("pk").values("pk")[0]["pk"]}},
        }

    @property
    def participant(self) -> Person:
        return self.year.people["delphine.arete"]

    def _invitation(self) -> str:
        return f"{self.year.meetings['18-tc-trp/4'].pk}-{self.participant.pk}"

    def _each_meeting(self, **more: Callable[[int], Any]) -> Objects:
        meetings = self._meetings(MEETINGS).items()
        return {label: named | {name: of(named["pk"]) for name, of in more.items()} for label, named in meetings}

    def _someone_there(self, meeting: int) -> int:
        """The participant where she is marked; else the first who is."""
        marks = Attendance.objects.filter(meeting=meeting).exclude(portion="").order_by("pk")
        delphine = self.year.people["delphine.arete"]
        return (marks.filter(person=delphine).first() or marks[0]).person_id

    def _report(self, meeting: int) -> int:
        """A report of Teams that waits to be confirmed."""
        held = Meeting.objects.get(pk=meeting)
        file = report_file(DIALECTS["v3-french"], [sole_connection(held)])
        proposal = proposal_of_reports([("rapport.csv", file)], held)
        about = {"file_name": "rapport.csv", "sha256": "", "proposal": proposal}
        return propose_reports(meeting=held, by=None, on=TODAY, **about).pk

    def _last_token(self, meeting: int) -> str:
        return undo_token(AttendanceChange.objects.filter(attendance__meeting=meeting).order_by("-pk")[:1])

    def _minutes(self, meeting: str) -> dict[str, Objects]:
        """What follows from the minutes of a meeting, and the guide that helps to write them."""
        places = {label: (self.year.slugs[key], self.year.meetings[key].pk) for label, key in MEETINGS.items()}
        return {
            f"{meeting}compte-rendu/partie/": self._each_meeting(key=lambda _meeting: "decisions"),
            f"{meeting}compte-rendu/suivi/retour/": self._each_meeting(token=lambda _meeting: "inconnu"),
            "rencontres/suivis/<int:pk>/": self._follow_ups(),
            "rencontres/documents/<int:pk>/": self._documents(),
            "communautes/<slug:slug>/temps-d-arret/": {
                label: {"slug": slug, "meeting": pk} for label, (slug, pk) in places.items()
            },
            "aide/images/": {"": {"name": "compte-rendu.png"}},
            "aide/<slug:slug>/": {"": {"slug": "animer-une-rencontre"}},
        }

    def _follow_ups(self) -> Objects:
        return {label: {"pk": FollowUp.objects.get(what=what).pk} for label, what in FOLLOW_UPS.items()}

    def _documents(self) -> Objects:
        named = {
            label: MeetingDocument.objects.filter(meeting=self.year.meetings[key]) for label, key in MEETINGS.items()
        }
        return {label: {"pk": found.order_by("pk")[0].pk} for label, found in named.items() if found}

    def _walk_ins(self) -> Objects:
        groups, people = self.year.groups, self.year.people
        return {
            "08": {"group": groups["08-numeratie"].pk, "person": people["sidonie.torrent"].pk},
            "41": {"group": groups["41-inclusion"].pk, "person": people["delphine.arete"].pk},
        }

    def _flag(self, code: str) -> Arguments:
        """A point to settle in the claim; the agreement of a superior where there is one, which a centre records."""
        claim = self.claim(code)
        flag = max(open_flags([claim]), key=lambda flag: (flag.code == "second-supported", flag))
        return {"pk": claim.pk, "code": flag.code, "group": flag.group, "person": flag.person}
