"""Every example of every component is a fixture: it renders, keeps the rules of the house, and is in the gallery."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.template import Context, RequestContext, Template, TemplateSyntaxError
from django.template.loader import get_template
from django.test import RequestFactory
from django.urls import reverse

from cordee.toolkit import components as mechanism
from cordee.toolkit.components import ComponentMisuse, Example, component, components
from cordee.toolkit.flash import announce
from cordee.toolkit.stylesheet import parts, stylesheet
from cordee.toolkit.templatetags.ui import SPRITE_FILE, icons, undo_url

EXAMPLES = [(chosen, example) for chosen in components() for example in chosen.examples]
INLINE = re.compile(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


def page_around(rf: RequestFactory) -> Context:
    """What surrounds a component in a page: a request, and what its processors give."""
    request = rf.get("/une-page/?q=a")
    request.user = AnonymousUser()
    request.person = None
    context = RequestContext(request, {})
    with context.bind_template(Template("")):
        return Context(context.flatten())


def render(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


def named(pair: object) -> str:
    return pair.name if isinstance(pair, mechanism.Component) else getattr(pair, "title", "")


@pytest.mark.parametrize("chosen", components(), ids=named)
def test_each_component_says_what_it_is_and_has_an_example(chosen):
    assert chosen.doc
    assert chosen.examples
    assert all(parameter.doc for parameter in chosen.parameters.values())


@pytest.mark.parametrize(("chosen", "example"), EXAMPLES, ids=named)
def test_each_example_renders_without_inline_code(rf, chosen, example):
    chosen.check_names(set(example.values))
    html = chosen.render(example.values, around=page_around(rf))
    assert html.strip()
    assert not INLINE.search(html), html


@pytest.mark.parametrize(("chosen", "example"), EXAMPLES, ids=named)
def test_each_example_escapes_what_people_type(rf, chosen, example):
    hostile = {
        name: "<script>x</script>" if name in {"text", "title", "detail", "label", "legend"} else value
        for name, value in example.values.items()
    }
    assert "<script>" not in chosen.render(hostile, around=page_around(rf))


def test_an_unknown_parameter_is_refused_with_the_names_that_exist():
    with pytest.raises(ComponentMisuse, match=r"« badge » ne connaît pas colour.*text, tone, icon"):
        Template('{% ui "badge" text="Payée" colour="green" %}')


def test_a_missing_parameter_is_refused():
    with pytest.raises(ComponentMisuse, match="demande text"):
        Template('{% ui "badge" tone="ok" %}')


def test_a_value_outside_the_choices_is_refused_while_one_writes():
    with pytest.raises(ComponentMisuse, match="n’accepte pas tone='green'"):
        render('{% ui "badge" text="Payée" tone=tone %}', tone="green")


def test_a_value_outside_the_choices_never_breaks_a_page_in_production(settings, caplog):
    settings.GALLERY = False
    assert 'class="badge"' in render('{% ui "badge" text="Payée" tone=tone %}', tone="green")
    assert "n’accepte pas tone='green'" in caplog.text


def test_an_unknown_component_or_icon_is_refused():
    with pytest.raises(ComponentMisuse, match="Aucun composant ne s’appelle « bagde »"):
        Template('{% ui "bagde" text="x" %}')
    with pytest.raises(ComponentMisuse, match="Aucune icône ne s’appelle « licorne »"):
        render('{% icon "licorne" %}')


def test_a_component_around_a_content_wants_a_block():
    with pytest.raises(ComponentMisuse, match="demande content"):
        Template('{% ui "why" about="x" %}')
    with pytest.raises(ComponentMisuse, match="employez ui"):
        Template('{% ui_block "badge" text="x" %}y{% end_ui_block %}')


def test_the_content_of_a_block_is_rendered_where_it_stands():
    html = render('{% ui_block "note" title=title %}<p>{{ name }}</p>{% end_ui_block %}', title="Lu", name="<b>")
    assert "<b>Lu</b>" in html
    assert "<p>&lt;b&gt;</p>" in html


def test_a_component_can_be_kept_under_a_name():
    assert render('{% ui "badge" text="A" as seal %}[{{ seal }}]') == '[<span class="badge">A</span>]'


def test_a_component_sees_nothing_of_the_page_it_did_not_ask_for():
    assert component("badge").render({"text": "A"}, around=Context({"url": "/ailleurs/"})).startswith("<span")


def test_zero_is_a_mark_and_nothing_is_not():
    row = component("person_row")
    example = row.examples[0].values
    options = [{"value": 0, "label": "Absence", "icon": "", "none": True, "key": "a"}]
    marked = row.render({**example, "options": options, "value": 0})
    unmarked = row.render({**example, "options": options, "value": None})
    assert "checked" in marked and "todo" not in marked
    assert "checked" not in unmarked and "todo" in unmarked


def test_every_drawing_of_the_sprite_has_its_own_name():
    names = re.findall(r'<symbol id="i-([^"]+)"', SPRITE_FILE.read_text(encoding="utf-8"))
    assert len(names) == len(set(names)) == len(icons())


def test_an_icon_with_words_is_an_image_and_one_without_is_decoration():
    assert 'role="img" aria-label="Hors ligne"' in render('{% icon "off" "Hors ligne" %}')
    assert 'aria-hidden="true"' in render('{% icon "off" %}')


def test_one_stylesheet_joins_every_part_in_order():
    text = stylesheet()
    assert text.index("@layer reset, tokens") < text.index("--paper") < text.index(".btn") < text.index("@media print")
    assert all(path.read_text(encoding="utf-8") in text for path in parts())


def test_the_joined_stylesheet_is_found_and_rewritten_when_a_part_changes(monkeypatch, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    finders.get_finder.cache_clear()
    monkeypatch.setattr("cordee.toolkit.stylesheet.stylesheet", lambda: ".a { color: red }")
    assert Path(finders.find("ui/cordee.css")).read_text() == ".a { color: red }"
    monkeypatch.setattr("cordee.toolkit.stylesheet.stylesheet", lambda: ".b { color: red }")
    assert Path(finders.find("ui/cordee.css")).read_text() == ".b { color: red }"
    finders.get_finder.cache_clear()


def test_every_rule_of_the_stylesheet_stands_in_a_layer():
    for path in parts():
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        depth, outside = 0, ""
        for character in text:
            depth += {"{": 1, "}": -1}.get(character, 0)
            outside += character if depth == 0 else ""
        assert depth == 0, path.name
        leftover = re.sub(r"@layer [a-z, ]+;?|}", "", outside).strip()
        assert not leftover, f"{path.name}: {leftover}"


def test_a_component_never_writes_a_colour():
    """Colours live in tokens.css; white stands on what is filled, black dims what is behind."""
    for path in parts():
        if path.name in {"tokens.css", "print.css"}:
            continue
        found = set(re.findall(r"#[0-9a-f]{3,8}\b", path.read_text(encoding="utf-8")))
        assert found <= {"#fff", "#0000", "#0006", "#0008"}, f"{path.name}: {found}"


def test_a_message_remembers_where_its_act_is_undone(rf):
    from django.contrib.messages import get_messages
    from django.contrib.messages.storage.cookie import CookieStorage

    request = rf.get("/")
    request._messages = CookieStorage(request)
    announce(request, "12 réclamations approuvées.", undo="/annuler/12/")
    announce(request, "Rien à annuler.", tone="info")
    assert [undo_url(message) for message in get_messages(request)] == ["/annuler/12/", ""]


def test_a_form_shows_labels_helps_and_errors_that_lead_to_their_fields():
    from django import forms

    class Correction(forms.Form):
        reason = forms.CharField(label="Motif", help_text="Il reste dans l’historique.")
        place = forms.CharField(label="Lieu", required=False)

    html = str(Correction({}))
    assert '<label for="id_reason">Motif</label>' in html
    assert 'aria-describedby="id_reason_helptext id_reason_error"' in html
    assert 'id="id_reason_helptext"' in html and 'id="id_reason_error"' in html
    assert '<a href="#id_reason">' in html
    assert 'role="alert"' in html
    assert html.count('class="optional"') == 1


def test_a_bar_never_leaves_its_frame():
    html = render('{% ui "bar" value=value whole=whole %}', value=2600, whole=2000)
    assert 'width="100.0%"' in html
    assert 'width="0"' in render('{% ui "bar" value=value whole=whole %}', value=5, whole=0)


def test_filters_take_a_form_of_django():
    from django import forms

    class Filters(forms.Form):
        q = forms.CharField(label="Chercher un nom", required=False)
        state = forms.ChoiceField(label="État", choices=[("", "Tous"), ("paid", "Payée")], required=False)

    html = render('{% ui "filter_bar" form=form %}', form=Filters({"q": "Arête", "state": "paid"}))
    assert 'type="search" id="id_q" name="q" value="Arête"' in html
    assert '<label for="id_state">État</label>' in html and '<option value="paid" selected>' in html
    assert "facultatif" not in html
    assert "None" not in render('{% ui "filter_bar" form=form %}', form=Filters())


def test_every_template_of_the_house_compiles():
    """A component misused, a filter or a tag that does not exist: seen here, not by whoever opens the page."""
    house = Path(mechanism.__file__).parents[1]
    faults = []
    for path in sorted(house.glob("*/templates/**/*.html")):
        name = str(path.relative_to(house)).split("/templates/", 1)[1]
        try:
            get_template(name)
        except TemplateSyntaxError as fault:
            faults.append(f"{name}: {fault}")
    assert faults == []


def test_the_gallery_shows_every_example(client, db):
    html = client.get(reverse("toolkit:gallery")).content.decode()
    for chosen, example in EXAMPLES:
        assert f'id="c-{chosen.name}"' in html
        assert example.title.replace("'", "&#x27;") in html
    assert 'data-theme="dark"' in client.get(reverse("toolkit:gallery"), {"apparence": "dark"}).content.decode()


def test_an_example_that_the_component_would_refuse_is_seen():
    with pytest.raises(ComponentMisuse):
        component("badge").check_names(set(Example("fautif", {"couleur": "x"}).values))
