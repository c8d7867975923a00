"""Attendance, validation, claim, submission, verification, approval, payment; the files read back."""

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal

from cordee.home.walkthrough.browser import Browser, Page
from cordee.toolkit.formats import money
from cordee.values.money import parse_money

TOTAL = re.compile(r'class="figure[^"]*"[^>]*>([^<]+)<')
MARKED, CLAIM = "/presences/", re.compile(r"/tresorerie/reclamations/(\d+)/$")


class WentWrong(Exception):
    """A step did not give what it must; the sentence says which."""


def expect(condition: object, sentence: str) -> None:
    if not condition:
        raise WentWrong(sentence)


class Story:
    """Each step is a method that yields what it saw; they run in the order of `STEPS`."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.people: dict[str, Browser] = {}
        self.claim = ""
        self.total = Decimal(0)

    def who(self, key: str) -> Browser:
        """The persona's own browser, signed in by one click the first time."""
        if key not in self.people:
            browser = Browser(self.base)
            page = browser.get("/demonstration/")
            home = browser.send(page, page.form(f"/{key}/"))
            expect(home.status == 200, f"{key} n’a pas pu entrer ({home.status}).")
            self.people[key] = browser
        return self.people[key]

    def attendance(self) -> Iterator[str]:
        """Everyone present, one half day, one absent, by the form that works without JavaScript."""
        manager = self.who("responsable")
        links = [link for link in manager.get("/").read().links if link.endswith(MARKED)]
        expect(links, "La responsable n’a aucune présence à saisir.")
        roster = manager.get(links[0])
        roster = manager.send(roster, roster.form("/presences/tous/"))
        form = next(
            form for form in roster.read().forms if any(name.startswith("portion-") for name, _v in form.fields)
        )
        portions = [name for name, _value in form.fields if name.startswith("portion-")]
        saved = manager.send(roster, form, {portions[0]: "half", portions[1]: "none"})
        expect(saved.status == 200, f"La feuille n’a pas été enregistrée ({saved.status}).")
        closed = manager.send(saved, saved.form("/validation/"))
        expect(closed.status == 200, f"La validation a échoué ({closed.status}).")
        yield f"Présences saisies et validées : {len(portions)} personnes, une demi-journée, une absence."

    def preparation(self) -> Iterator[str]:
        secretary = self.who("secretaire")
        page = secretary.get("/tresorerie/")
        page = secretary.send(page, page.form("/preparations/"))
        while "/preparations/" in page.url:
            page = secretary.send(page, page.form("/suite/"))
        expect(page.status == 200 and page.url.startswith(self.base), "La préparation n’a pas abouti.")
        yield "Réclamations de la période préparées."

    def submission(self) -> Iterator[str]:
        officer = self.who("facturation")
        centre = officer.get("/tresorerie/")
        self.claim = next(link for link in centre.read().links if CLAIM.search(link))
        page = officer.get(self.claim)
        page = officer.send(page, page.form("/soumission/"))
        self.total = self.shown_total(page)
        yield f"Réclamation soumise par le centre : {money(self.total)}."

    def refusal(self) -> Iterator[str]:
        status = self.who("facturation-riverside").get(self.claim).status
        expect(status == 404, f"Un autre centre a vu la réclamation ({status}).")
        yield "Un autre centre ne la voit pas."

    def decisions(self) -> Iterator[str]:
        for key, ending, said in (
            ("secretaire", "/verification/", "vérifiée par le secrétariat"),
            ("tresorier", "/approbation/", "approuvée par la trésorerie"),
        ):
            self.step(key, ending, {})
            yield f"Réclamation {said}."
        self.step("tresorier", "/paiement/", {"paid_on": "2025-01-20", "reference": "VIR-2025-0120"})
        yield f"Réclamation payée : {money(self.total)}."

    def step(self, key: str, ending: str, given: dict[str, str]) -> None:
        person = self.who(key)
        page = person.get(self.claim)
        page = person.send(page, page.form(ending), given)
        expect(page.status == 200, f"L’étape {ending} a été refusée ({page.status}).")
        expect(self.shown_total(page) == self.total, f"Le total a changé à l’étape {ending}.")

    def files(self) -> Iterator[str]:
        treasurer = self.who("tresorier")
        workbook = treasurer.get(f"{self.claim}reclamation.xlsx").content
        expect(self.workbook_total(workbook) == self.total, "Le total du classeur n’est pas celui de la page.")
        lines = treasurer.get(f"{self.claim}reclamation.csv").content.decode("utf-8-sig")
        last = list(csv.reader(io.StringIO(lines), delimiter=";"))[-1][-1]
        expect(parse_money(last) == self.total, "Le total du CSV n’est pas celui de la page.")
        document = treasurer.get(f"{self.claim}reclamation.pdf").content
        expect(document.startswith(b"%PDF") and b"StructTreeRoot" in document, "Le PDF n’est pas un PDF balisé.")
        yield f"XLSX, CSV et PDF relus : {money(self.total)} partout; PDF balisé de {len(document) // 1024} ko."

    @staticmethod
    def shown_total(page: Page) -> Decimal:
        found = TOTAL.search(page.text)
        if found is None:
            raise WentWrong(f"Aucun total sur {page.url} ({page.status}).")
        return parse_money(found[1].strip())

    @staticmethod
    def workbook_total(content: bytes) -> Decimal:
        from python_calamine import CalamineWorkbook

        rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        return Decimal(str(rows[-1][-1])).quantize(Decimal("0.01"))


STEPS = (Story.attendance, Story.preparation, Story.submission, Story.refusal, Story.decisions, Story.files)
