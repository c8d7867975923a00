"""The budget as published, read from its reviewed file: declared amounts go in unchanged, remarks are computed."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from cordee.people.models import Group
from cordee.treasury.models import BudgetLine, BudgetRemark, BudgetTotal
from cordee.treasury.models.budget import published_lines
from cordee.treasury.rules.budget import ALLOCATION, EXPENSE, INCOME, MINISTRY, REVENUE, remarks_of


@transaction.atomic
def load_budget(text: str, *, groups: Mapping[str, Group] | None = None) -> str:
    """Load one year from its JSON; loading it again changes nothing and keeps what was settled. Returns the year.

    `groups` gives the group of a line by its key (`04-transitions-teva-et-ircm`): a number is not enough, 04 and 41
    stand on two lines each.
    """
    data = json.loads(text, parse_float=Decimal)
    year = data["annee"]
    for position, line in enumerate(_lines(data)):
        key = line.pop("key")
        group = (groups or {}).get(key)
        BudgetLine.objects.update_or_create(year=year, key=key, defaults={**line, "position": position, "group": group})
    declared = _totals(data)
    for key, (label, amount) in declared.items():
        BudgetTotal.objects.update_or_create(year=year, key=key, defaults={"label": label, "declared": amount})
    amounts = {key: amount for key, (_label, amount) in declared.items()}
    _note_remarks(year, amounts, Decimal(data["taux_professionnel"]))
    return year


def _note_remarks(year: str, declared: Mapping[str, Decimal], rate: Decimal) -> None:
    found = remarks_of(published_lines(BudgetLine.objects.filter(year=year)), declared, rate)
    for remark in found:
        values = {"subject": remark.about, "declared": remark.declared, "computed": remark.computed}
        BudgetRemark.objects.update_or_create(year=year, code=remark.code, defaults=values)
    BudgetRemark.objects.filter(year=year).exclude(code__in=[remark.code for remark in found]).delete()


def _lines(data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    ministry = data["allocation_meq"]
    income = ("Allocation du ministère", ministry["revenu"])
    yield _line("meq", MINISTRY, *income, block=INCOME)
    for label, amount in ministry["depenses"]:
        yield _line("meq", MINISTRY, label, amount)
    for share in ministry["css"]:
        terms = [{"weight": share["poids_deduit"]}]
        yield _line("css", ALLOCATION, share["libelle_seed"], share["montant_declare"], terms=terms)
    for revenue in data["revenus"]:
        yield _line("revenu", REVENUE, revenue["libelle"], revenue["montant"])
    for expense in data["lignes_depenses"]:
        yield _expense(expense)


def _line(prefix: str, table: str, label: str, amount: Any, **more: Any) -> dict[str, Any]:
    key = f"{prefix}-{slugify(label)}"[:60]
    return {"key": key, "table": table, "label": label, "declared_total": _money(amount), **more}


def _expense(line: Mapping[str, Any]) -> dict[str, Any]:
    name = line["libelle"].split("(")[0].strip()
    return {
        "key": f"{line['no_groupe']}-{slugify(name)}"[:60],
        "table": EXPENSE,
        "block": line["bloc"],
        "number": line["no_groupe"],
        "label": line["libelle"],
        "terms": [{"people": term["cp"], "days": term["jours"]} for term in line["cp_jours"] or ()],
        "declared_other": _money(line["depenses_declarees"]),
        "declared_compensation": _money(line["rh_anticipee_declaree"]),
        "declared_total": _money(line["total_declare"]),
    }


def _totals(data: Mapping[str, Any]) -> dict[str, tuple[str, Decimal]]:
    ministry, expenses = data["allocation_meq"], data["totaux_declares"]
    declared = {
        "ministry-expenses": ("Total dépenses", ministry["total_depenses"]),
        "ministry-balance": ("Total revenu - dépenses", ministry["a_repartir"]),
        "allocation": ("Allocation aux CSS", ministry["a_repartir"]),
        "revenue": ("Total des revenus", data["total_revenus_declare"]),
        "expense-other": ("Total des dépenses", expenses["depenses"]),
        "expense-compensation": ("Total des dépenses, contribution RH", expenses["rh_anticipee"]),
        "expense-total": ("Total des dépenses, total", expenses["total"]),
    }
    return {key: (label, Decimal(amount)) for key, (label, amount) in declared.items()}


def _money(amount: Any) -> Decimal | None:
    return None if amount is None else Decimal(amount)
