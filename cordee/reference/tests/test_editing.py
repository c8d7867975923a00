"""Starting a draft, writing in it at two, adding and taking out, undoing, and what refuses."""

from datetime import date, timedelta

import pytest

from cordee.people.models import Duty, Group
from cordee.records import journal
from cordee.reference import actions
from cordee.reference.actions import refusals
from cordee.reference.models import Revision, rules_on, timeline
from cordee.reference.rulebook import Rule, parse_edition, problems_of
from cordee.reference.tests.drafts import MARCH, NEXT, YEAR, draft, in_force, person, row, said
from cordee.reference.tests.test_load_edition import TEXT, load
from cordee.toolkit import clock
from cordee.toolkit.refusals import Forbidden
from cordee.toolkit.testing.worlds import kept

pytestmark = pytest.mark.django_db
RATE = "rate.professional.day"


@kept
def secretary():
    return person("Blandine", "secretary")


@kept
def revision(secretary):
    return draft(secretary)


def write(revision: Revision, key: str, by, *, seen: int | None = None, **changed: object):
    found = row(revision, key)
    version = (found.version or 0) if seen is None else seen
    return actions.change_rule(revision=revision, key=key, said=said(found, **changed), seen=version, by=by, on=MARCH)


def acts(revision: Revision) -> list[str]:
    return [entry.act for entry in journal.history(revision)]


def test_the_next_edition_is_this_one_a_year_later_as_a_draft_nobody_computes_with(revision):
    assert (revision.edition.year, revision.number, revision.effective_from) == ("2025-2026", 1, None)
    assert revision.starts_on == date(2025, 7, 1)
    book = revision.rulebook()
    assert book.date("period.mid-year.due") == date(2026, 1, 30)
    assert problems_of(book.rules, year=NEXT) == []
    assert timeline(NEXT).rulebooks == ()
    assert rules_on(MARCH).revision == 1


def test_an_edition_is_begun_once(revision, secretary):
    with pytest.raises(refusals.DraftOpen, match="2025-2026"):
        actions.start_next_edition(year=YEAR, by=secretary, on=MARCH)


def test_nothing_in_force_is_nothing_to_copy_nor_to_correct(secretary):
    for act in (actions.start_next_edition, actions.start_correction):
        with pytest.raises(refusals.NothingToCopy):
            act(year=YEAR, by=secretary, on=MARCH)


@pytest.mark.parametrize("duty", ["executive-committee", "coordinator", "secretary"])
def test_the_executive_committee_and_those_who_keep_the_framework_write_it(duty):
    assert draft(person("Alix", duty)).is_draft


def test_anyone_else_may_not_nor_someone_whose_mandate_ended_yesterday(secretary, revision):
    treasurer, gone = person("Gaspard", "treasurer"), person("Odile", "executive-committee")
    Duty.objects.filter(person=gone).update(ends_on=MARCH)
    for who in (treasurer, gone):
        with pytest.raises(Forbidden, match="comité exécutif"):
            write(revision, RATE, who, value="290.00")
    assert row(revision, RATE).value == "280.00"
    actions.change_rule(
        revision=revision,
        key=RATE,
        said=said(row(revision, RATE), value="290.00"),
        seen=0,
        by=gone,
        on=MARCH - timedelta(1),
    )


def test_a_correction_copies_what_is_in_force_and_has_its_own_day(secretary):
    in_force()
    correction = actions.start_correction(year=YEAR, by=secretary, on=date(2024, 11, 4))
    assert (correction.number, correction.starts_on) == (2, date(2024, 11, 4))
    write(correction, RATE, secretary, value="285.00")
    with pytest.raises(refusals.DraftOpen):
        actions.start_correction(year=YEAR, by=secretary, on=MARCH)
    actions.put_in_force(revision=correction, effective_from=date(2024, 11, 12), by=None, on=date(2024, 11, 12))
    assert str(rules_on(date(2024, 11, 11)).amount(RATE)) == "280.00"
    assert str(rules_on(date(2024, 11, 12)).amount(RATE)) == "285.00"


def test_what_one_writes_is_signed_and_remembered_once_a_sitting(revision, secretary):
    for value in ("281.00", "285.00", "290.00"):
        found = write(revision, RATE, secretary, value=value)
    assert (found.value, found.version, found.changed_by) == ("290.00", 3, secretary)
    assert acts(revision) == ["revision.started", "rule.changed"]
    assert Revision.objects.get(pk=revision.pk).updated_on == MARCH
    with clock.standing_at(clock.now() + timedelta(hours=1)):
        write(revision, RATE, secretary, value="291.00")
    assert acts(revision)[-2:] == ["rule.changed"] * 2


def test_the_same_again_writes_nothing(revision, secretary):
    found = write(revision, RATE, secretary, value="280.00")
    assert (found.version, acts(revision)) == (None, ["revision.started"])


def test_two_people_at_one_rule_are_told_and_nothing_is_replaced(revision, secretary):
    other = person("Solène", "coordinator")
    write(revision, RATE, secretary, value="290.00")
    with pytest.raises(refusals.StaleRule, match="Blandine Test") as refused:
        write(revision, RATE, other, value="300.00", seen=0)
    assert refused.value.row.value == row(revision, RATE).value == "290.00"
    write(revision, RATE, other, value="300.00", seen=1)
    assert row(revision, RATE).value == "300.00"


def test_a_revision_in_force_is_not_written(secretary):
    revision = in_force()
    with pytest.raises(refusals.NoLongerDraft):
        write(revision, RATE, secretary, value="290.00")


def test_a_text_pasted_from_word_is_cleaned_as_it_is_written(revision, secretary):
    found = write(revision, "prose.half-day", secretary, value="La demi\u2011journée\u200b  vaut\r\n•\tla moitié")
    assert found.value == "La demi-journée vaut\n- la moitié"


def test_a_text_without_end_is_refused(revision, secretary):
    with pytest.raises(refusals.TooLong):
        write(revision, "prose.half-day", secretary, value="a" * 40_001)


def test_the_title_of_an_article_is_its_value_too(revision, secretary):
    found = write(revision, "article.18.1", secretary, label_fr="Montants", label_en="Amounts")
    assert (found.value, found.label_fr) == ("Montants", "Montants")


def test_a_rule_is_added_at_the_end_of_its_article_with_its_source(revision, secretary):
    rule = Rule("cap.meals", "money", "25.00", "", "16.1", "Repas", "Meals")
    added = actions.add_rule(revision=revision, rule=rule, by=secretary, on=MARCH)
    keys = [held.key for held in revision.rulebook().in_article("16.1")]
    assert (keys[-1], added.source) == ("cap.meals", row(revision, "article.16.1").source)
    following = [held.key for held in revision.rulebook().rules]
    assert following[following.index("cap.meals") + 1] == "article.17"
    with pytest.raises(refusals.KeyTaken):
        actions.add_rule(revision=revision, rule=rule, by=secretary, on=MARCH)


@pytest.mark.parametrize(("key", "kind"), [("Repas", "text"), ("repas", "text"), ("article.99", "text"), ("a.b", "?")])
def test_what_is_no_key_is_not_added(revision, secretary, key, kind):
    with pytest.raises(refusals.NotAKey):
        actions.add_rule(revision=revision, rule=Rule(key, kind, "x", "", "16.1"), by=secretary, on=MARCH)


def test_an_article_is_added_in_its_place_and_taken_out_only_empty(revision, secretary):
    who = {"by": secretary, "on": MARCH}
    names = {"number": "16.2", "title_fr": "Repas", "title_en": "Meals", "after": "16.1"}
    actions.add_article(revision=revision, **names, **who)
    articles = list(dict.fromkeys(rule.article for rule in revision.rulebook().rules))
    assert articles[articles.index("16.1") : articles.index("16.1") + 3] == ["16.1", "16.2", "17"]
    actions.add_rule(revision=revision, rule=Rule("cap.meals", "text", "x", "", "16.2"), **who)
    with pytest.raises(refusals.ArticleNotEmpty):
        actions.remove_rule(revision=revision, key="article.16.2", **who)
    actions.remove_rule(revision=revision, key="cap.meals", **who)
    actions.remove_rule(revision=revision, key="article.16.2", **who)
    assert not revision.rules.filter(article="16.2").exists()


def test_what_an_article_cites_is_not_taken_out(revision, secretary):
    with pytest.raises(refusals.StillCited, match="16"):
        actions.remove_rule(revision=revision, key="cap.outside-resource-fees", by=secretary, on=MARCH)


def test_a_type_of_community_in_use_is_not_taken_out_and_says_by_whom(revision, secretary):
    Group.objects.create(slug="40-ccq", number="40", name="CCQ", kind="supported")
    with pytest.raises(refusals.TypeInUse, match="40-CCQ"):
        actions.remove_type(revision=revision, name="supported", by=secretary, on=MARCH)
    with pytest.raises(refusals.TypeInUse):
        actions.remove_rule(revision=revision, key="type.supported.compensation", by=secretary, on=MARCH)
    actions.remove_rule(revision=revision, key="type.supported.visibility", by=secretary, on=MARCH)


def test_a_type_nobody_uses_goes_whole_and_comes_back_whole(revision, secretary):
    before = revision.rulebook().rules
    entry = actions.remove_type(revision=revision, name="managers", by=secretary, on=MARCH)
    assert not revision.rules.filter(key__startswith="type.managers.").exists()
    actions.undo_change(revision=revision, entry_id=entry.pk, by=secretary, on=MARCH)
    assert revision.rulebook().rules == before


def test_each_change_is_undone_and_the_undoing_too(revision, secretary):
    write(revision, RATE, secretary, value="290.00")
    changed = journal.history(revision).last()
    undone = actions.undo_change(revision=revision, entry_id=changed.pk, by=secretary, on=MARCH)
    assert row(revision, RATE).value == "280.00"
    actions.undo_change(revision=revision, entry_id=undone.pk, by=secretary, on=MARCH)
    assert row(revision, RATE).value == "290.00"


def test_what_was_written_since_is_not_undone_under_it(revision, secretary):
    other = person("Solène", "coordinator")
    write(revision, RATE, secretary, value="290.00")
    first = journal.history(revision).last()
    write(revision, RATE, other, value="300.00")
    with pytest.raises(refusals.NotTheLast):
        actions.undo_change(revision=revision, entry_id=first.pk, by=secretary, on=MARCH)
    assert row(revision, RATE).value == "300.00"


def test_adding_is_undone_by_taking_out_unless_it_is_cited(revision, secretary):
    who = {"by": secretary, "on": MARCH}
    actions.add_rule(revision=revision, rule=Rule("cap.meals", "money", "25.00", "", "16.1", "R", "M"), **who)
    added = journal.history(revision).last()
    write(revision, "prose.training", secretary, value="Repas : [[cap.meals]]")
    with pytest.raises(refusals.StillCited):
        actions.undo_change(revision=revision, entry_id=added.pk, **who)
    write(revision, "prose.training", secretary, value="Repas")
    actions.undo_change(revision=revision, entry_id=added.pk, **who)
    assert not revision.rules.filter(key="cap.meals").exists()


def test_a_draft_with_an_error_does_not_enter_in_force_and_every_error_is_named(revision, secretary):
    write(revision, "rate.professional.half-day", secretary, value="300.00")
    write(revision, "prose.half-day", secretary, value="Voir [[99]]")
    with pytest.raises(refusals.ErrorsRemain) as refused:
        actions.put_in_force(revision=revision, effective_from=NEXT.start, by=None, on=MARCH)
    assert "rate.professional.half-day" in str(refused.value)
    assert "« 99 »".replace(" ", "\xa0") in str(refused.value)
    assert Revision.objects.get(pk=revision.pk).is_draft


def test_a_revision_enters_in_force_within_its_year(revision):
    with pytest.raises(refusals.OutsideItsYear):
        actions.put_in_force(revision=revision, effective_from=date(2025, 6, 30), by=None, on=MARCH)


def test_a_draft_is_exported_and_loaded_again_the_same(revision, secretary):
    write(revision, "prose.half-day", secretary, value='Une ligne\n\n- deux « guillemets » et \\ un "reste"')
    text = actions.export_edition(revision)
    assert parse_edition(text).problems == ()
    assert actions.load_edition(text, by=None, on=MARCH) == revision
    assert acts(revision) == ["revision.started", "rule.changed"]
    revision.rules.all().delete()
    assert actions.export_edition(actions.load_edition(text, by=None, on=MARCH)) == text


def test_the_supplied_edition_comes_out_of_the_database_byte_for_byte():
    assert actions.export_edition(load()) == TEXT


@pytest.mark.parametrize("computed", [date(2024, 7, 2), date(2025, 3, 10), date(2031, 1, 1)])
def test_a_fact_is_judged_the_same_whatever_day_one_asks_and_whatever_is_drafted(secretary, computed):
    draft(secretary)
    correction = actions.start_correction(year=YEAR, by=secretary, on=date(2024, 11, 4))
    write(correction, RATE, secretary, value="285.00")
    with clock.standing_at(clock.at(computed, clock.now().time())):
        assert str(rules_on(date(2024, 12, 1)).amount(RATE)) == "280.00"
        actions.put_in_force(revision=correction, effective_from=date(2024, 11, 12), by=None, on=date(2024, 11, 12))
        assert str(rules_on(date(2024, 12, 1)).amount(RATE)) == "285.00"
        assert str(rules_on(date(2024, 11, 1)).amount(RATE)) == "280.00"
