"""Adding to a draft and removing from it: rules, articles, a whole type of community."""

import re
from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import F

from cordee.people.models import Group, Person
from cordee.records.models import JournalEntry
from cordee.reference.actions import refusals
from cordee.reference.actions.writing import open_draft, remember, row_of, sign, state_of
from cordee.reference.models import Revision, RuleRow
from cordee.reference.rulebook import KINDS, Rule
from cordee.reference.rulebook.checks import KEY
from cordee.reference.rulebook.prose import citing

ADDED, REMOVED = "rule.added", "rule.removed"
NUMBER = re.compile(r"[A-Za-z0-9]+(\.[0-9]+)*")
NAMED_AT_MOST = 5


@transaction.atomic
def add_rule(*, revision: Revision, rule: Rule, by: Person, on: date) -> RuleRow:
    """At the end of its article. Raises NotAKey, KeyTaken, NoSuchRule when there is no such article."""
    revision = open_draft(revision, by=by, on=on)
    if KEY.fullmatch(rule.key) is None or rule.kind not in KINDS or rule.key.startswith("article."):
        raise refusals.NotAKey(rule.key)
    held = revision.rules.filter(article=rule.article).order_by("position")
    last = held.last()
    if last is None:
        raise refusals.NoSuchRule
    source = row_of(revision, f"article.{rule.article.lower()}").source
    rule = Rule(rule.key, rule.kind, rule.value, source, rule.article, rule.label_fr, rule.label_en)
    return _insert(revision, rule, last.position + 1, by=by, on=on)


@transaction.atomic
def add_article(
    *, revision: Revision, number: str, title_fr: str, title_en: str, after: str, by: Person, on: date
) -> RuleRow:
    """After the article `after`. Raises NotAKey when the number is none, KeyTaken when it is another’s."""
    revision = open_draft(revision, by=by, on=on)
    if NUMBER.fullmatch(number) is None or len(number) > 12 or not (title_fr and title_en):
        raise refusals.NotAKey(number)
    last = revision.rules.filter(article=after).order_by("position").last()
    if last is None:
        raise refusals.NoSuchRule
    source = title_fr[: RuleRow._meta.get_field("source").max_length]
    rule = Rule(f"article.{number.lower()}", "text", title_fr, source, number, title_fr, title_en)
    return _insert(revision, rule, last.position + 1, by=by, on=on)


@transaction.atomic
def remove_rule(*, revision: Revision, key: str, by: Person, on: date) -> JournalEntry:
    """Raises StillCited, TypeInUse when it says how a type in use is compensated, ArticleNotEmpty."""
    revision = open_draft(revision, by=by, on=on)
    row = row_of(revision, key)
    if key.startswith("article.") and revision.rules.filter(article=row.article).exclude(key=key).exists():
        raise refusals.ArticleNotEmpty
    if re.fullmatch(r"type\.[^.]+\.(compensation|yearly-limit)", key):
        _refuse_in_use(key.split(".")[1])
    return _remove(revision, [row], by=by, on=on)


@transaction.atomic
def remove_type(*, revision: Revision, name: str, by: Person, on: date) -> JournalEntry:
    """Every rule of a type of community. Raises TypeInUse, with who uses it, or StillCited."""
    revision = open_draft(revision, by=by, on=on)
    rows = list(revision.rules.filter(key__startswith=f"type.{name}.").order_by("position"))
    if not rows:
        raise refusals.NoSuchRule
    _refuse_in_use(name)
    return _remove(revision, rows, by=by, on=on)


def _insert(revision: Revision, rule: Rule, position: int, *, by: Person, on: date) -> RuleRow:
    if revision.rules.filter(key=rule.key).exists():
        raise refusals.KeyTaken(rule.key)
    revision.rules.filter(position__gte=position).update(position=F("position") + 1)
    row = RuleRow.of(revision, position, rule)
    sign(row, by=by)
    row.save()
    remember(ADDED, revision, {rule.key: None}, by=by, on=on)
    return row


def _remove(revision: Revision, rows: Sequence[RuleRow], *, by: Person, on: date) -> JournalEntry:
    keys = {row.key for row in rows}
    others = [rule for rule in revision.rulebook().rules if rule.key not in keys]
    if cited := citing(others, keys):
        raise refusals.StillCited(list(dict.fromkeys(rule.article for rule in cited)))
    entry = remember(REMOVED, revision, {row.key: state_of(row) for row in rows}, by=by, on=on)
    revision.rules.filter(key__in=keys).delete()
    return entry


def _refuse_in_use(name: str) -> None:
    groups = Group.objects.filter(kind=name).order_by("number", "name")
    if count := groups.count():
        raise refusals.TypeInUse([group.label for group in groups[:NAMED_AT_MOST]], count)
