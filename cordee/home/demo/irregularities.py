"""What a real year has of the irregular. Each function makes one case and returns the seats where it shows.

`flag` is the code the claim carries there; empty when the case must be paid without a word.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cordee.home.demo.year import Mark, Seat, Year, at
from cordee.meetings.models import Portion


@dataclass(frozen=True)
class Irregularity:
    name: str
    flag: str
    make: Callable[[Year], list[Seat]]

    @property
    def sentence(self) -> str:
        return (self.make.__doc__ or "").split("\n")[0]


IRREGULARITIES: dict[str, Irregularity] = {}


def irregularity(flag: str = "") -> Callable[[Callable[[Year], list[Seat]]], Callable[[Year], list[Seat]]]:
    def register(make: Callable[[Year], list[Seat]]) -> Callable[[Year], list[Seat]]:
        IRREGULARITIES[make.__name__] = Irregularity(make.__name__, flag, make)
        return make

    return register


def make_irregularities(year: Year) -> None:
    """Every case, in the order of this file; `year.evidence` keeps the seats of each."""
    for name, case in IRREGULARITIES.items():
        year.evidence[name] = case.make(year)


@irregularity("yearly-limit")
def sixth_day(year: Year) -> list[Seat]:
    """Inès Falaise comes to the six days of 07-DAU held before mid-January; five are paid, the others stop there."""
    for person, _membership in year.expected("07-dau/6"):
        year.marks["07-dau/6", person] = Mark(Portion.NONE, "Cinq journées déjà faites")
    for number in range(1, 7):
        year.present((f"07-dau/{number}", "ines.falaise"))
    return [("07-dau/6", "ines.falaise")]


@irregularity()
def sixth_day_granted(year: Year) -> list[Seat]:
    """Barthélemy Éperon also comes six days, the sixth by a decision of the executive committee."""
    for number in range(1, 7):
        year.present((f"07-dau/{number}", "barthelemy.eperon"))
    year.extensions["07-dau", "barthelemy.eperon"] = (2, "CE 2024-12-12, point 6", date(2024, 12, 12))
    return [("07-dau/6", "barthelemy.eperon")]


@irregularity("day-cap")
def two_communities_same_day(year: Year) -> list[Seat]:
    """Octave Gendarme is down for a whole day in 08-Numératie and in 33-TSA on the same date; one is paid."""
    year.present(("08-numeratie/2", "octave.gendarme"))
    year.present(("33-tsa/2", "octave.gendarme"))
    return [("33-tsa/2", "octave.gendarme"), ("08-numeratie/2", "octave.gendarme")]


@irregularity()
def two_half_days(year: Year) -> list[Seat]:
    """Clémence Ubac gives a morning to 05-Littératie and an afternoon to 38: two halves make one day."""
    year.present(("05-litteratie/3", "clemence.ubac"))
    year.present(("38-socioemotionnelles/2", "clemence.ubac"))
    return [("05-litteratie/3", "clemence.ubac"), ("38-socioemotionnelles/2", "clemence.ubac")]


@irregularity()
def manager(year: Year) -> list[Seat]:
    """Hélène Surplomb, a manager, is at every meeting of 41-Inclusion: 0 $ each."""
    seats = [(f"41-inclusion/{number}", "helene.surplomb") for number in range(1, 4)]
    for seat in seats:
        year.present(seat)
    return seats


@irregularity("not-a-member-organization")
def external_person(year: Year) -> list[Seat]:
    """Aurélien Boussole, a researcher of an invented university, is invited to 37-Bien-être: never paid."""
    seats = [(f"37-bien-etre/{number}", "aurelien.boussole") for number in (1, 2)]
    for seat in seats:
        year.present(seat)
    return seats


@irregularity()
def second_supported_with_agreement(year: Year) -> list[Seat]:
    """Philippine Adret takes part in 40-CCQ and in 24-Français; her immediate superior agreed in October."""
    year.present(("40-ccq/1", "philippine.adret"))
    seats = [(f"24-francais/{number}", "philippine.adret") for number in (1, 2)]
    for seat in seats:
        year.present(seat)
    year.agreements["philippine.adret"] = ("Adélaïde Rochenoire, coordination", date(2024, 10, 21))
    return seats


@irregularity("second-supported")
def second_supported_without_agreement(year: Year) -> list[Seat]:
    """Alma Ravine takes part in 40-CCQ and in 24-Français without an agreement on record."""
    for number in range(1, 5):
        year.present((f"40-ccq/{number}", "alma.ravine"))
    seats = [(f"24-francais/{number}", "alma.ravine") for number in (1, 2)]
    for seat in seats:
        year.present(seat)
    return seats


@irregularity("unvalidated")
def never_validated(year: Year) -> list[Seat]:
    """18-TC-TRP of 14 January: thirteen of fifteen marked, six days late, nobody validated it."""
    key = "18-tc-trp/3"
    year.unvalidated.add(key)
    for person, _membership in year.expected(key):
        year.present((key, person))
    for person in ("mireille.corniche", "firmin.laneige"):
        year.marks[key, person] = Mark(Portion.HALF)
    year.marks[key, "odile.granit"] = Mark(Portion.NONE)
    for person in ("rosalie.piolet", "beatrice.vire"):
        del year.marks[key, person]
    return [seat for seat in year.marks if seat[0] == key]


@irregularity()
def still_to_mark(year: Year) -> list[Seat]:
    """What this morning leaves to do: 41-Inclusion, 20 January, meets today and nobody is marked yet."""
    key = "41-inclusion/4"
    year.unvalidated.add(key)
    for seat in [seat for seat in year.marks if seat[0] == key]:
        del year.marks[seat]
    return []


@irregularity()
def marked_not_validated(year: Year) -> list[Seat]:
    """14-PFAE and the CGSCAS of 16 January are all marked and wait for « Valider les présences »."""
    year.unvalidated |= {"14-pfae/3", "cgscas/3"}
    return [seat for seat in year.marks if seat[0] == "14-pfae/3"]


@irregularity("region")
def priority_32_from_estrie(year: Year) -> list[Seat]:
    """Maxence Mélèze, of CSS des Sommets, in Estrie, takes part in 33-TSA, which is Montérégie’s."""
    seats = [(f"33-tsa/{number}", "maxence.meleze") for number in (1, 2)]
    for seat in seats:
        year.present(seat)
    return seats


@irregularity()
def walk_in_confirmed(year: Year) -> list[Seat]:
    """Tancrède Lacet came to 41-Inclusion without being expected; Hélène Surplomb confirmed him."""
    seat = ("41-inclusion/2", "tancrede.lacet")
    year.present(seat)
    year.confirmed[seat] = ("helene.surplomb", date(2024, 11, 13))
    return [seat]


@irregularity("not-a-member")
def walk_in_unconfirmed(year: Year) -> list[Seat]:
    """Sidonie Torrent came to 08-Numératie without being expected; nobody has confirmed her yet."""
    seat = ("08-numeratie/3", "sidonie.torrent")
    year.present(seat)
    return [seat]


@irregularity("category-unknown")
def category_unknown(year: Year) -> list[Seat]:
    """Ursule Brèche was added on the spot to 16-EHDAA: nobody knows her staff category yet."""
    seats = [(f"16-ehdaa/{number}", "ursule.breche") for number in (1, 2)]
    for seat in seats:
        year.present(seat)
    return seats


@irregularity("not-granted")
def supported_without_grant(year: Year) -> list[Seat]:
    """14-PFAE meets, but the executive committee has not granted its compensation."""
    return [seat for seat, mark in year.marks.items() if seat[0] == "14-pfae/1" and mark.portion != Portion.NONE]


@irregularity()
def changed_category(year: Year) -> list[Seat]:
    """Félicité Gradin, a teacher until November, is a professional since: 260 $, then 280 $."""
    seats = [(f"08-numeratie/{number}", "felicite.gradin") for number in (1, 2)]
    for seat in seats:
        year.present(seat)
    return seats


@irregularity()
def changed_employer(year: Year) -> list[Seat]:
    """Anselme Thalweg left Trois-Lacs for Vallée-des-Tisserands on 2 December: two claims share his days."""
    seats = [(f"37-bien-etre/{number}", "anselme.thalweg") for number in (1, 2, 3)]
    for seat in seats:
        year.present(seat)
    return seats


@irregularity()
def late_entries(year: Year) -> list[Seat]:
    """11-Déficience visuelle of 10 December was validated on 17 January only, after the first submissions."""
    key = "11-deficience-visuelle/3"
    year.late[key] = at(date(2025, 1, 17), 16, 5)
    return [seat for seat, mark in year.marks.items() if seat[0] == key and mark.portion != Portion.NONE]


@irregularity()
def corrected_after_submission(year: Year) -> list[Seat]:
    """Ghislain Cairn was down for a day of 18-TC-TRP; on 17 January it becomes a half, after the submission."""
    seat = ("18-tc-trp/2", "ghislain.cairn")
    year.present(seat)
    return [seat]
