"""`{% ui "badge" text=… %}`, `{% ui_block "note" title=… %}…{% end_ui_block %}` and `{% icon "check" %}`."""

import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cordee.toolkit.components import Component, ComponentMisuse, Example, component

register = template.Library()
SPRITE = "ui/icons.svg"
TONES = {"success": "ok", "info": "info", "warning": "warn", "error": "bad", "debug": "info"}
SPRITE_FILE = Path(__file__).parents[1] / "static" / SPRITE


class ComponentNode(template.Node):
    def __init__(
        self,
        chosen: Component,
        values: dict[str, FilterExpression],
        content: NodeList | None = None,
        target: str = "",
    ) -> None:
        self.component = chosen
        self.values = values
        self.nodelist = content if content is not None else NodeList()
        self.has_content = content is not None
        self.target = target

    def render(self, context: template.Context) -> str:
        values = {name: value.resolve(context) for name, value in self.values.items()}
        if self.has_content:
            values["content"] = mark_safe(self.nodelist.render(context).strip())
        html = self.component.render(values, around=context)
        if self.target:
            context[self.target] = html
            return ""
        return html


@register.tag
def ui(parser: Parser, token: Token) -> ComponentNode:
    """Render a component: `{% ui "badge" tone="ok" text=_("Payée") %}`, or keep it with `as name`."""
    chosen, values, target = _read(parser, token)
    chosen.check_names(set(values))
    return ComponentNode(chosen, values, target=target)


@register.tag
def ui_block(parser: Parser, token: Token) -> ComponentNode:
    """Render a component around what stands before `{% end_ui_block %}`."""
    chosen, values, target = _read(parser, token)
    if not chosen.content:
        raise chosen.misuse("n’a pas de contenu : employez ui")
    chosen.check_names({*values, "content"})
    content = parser.parse(("end_ui_block",))
    parser.delete_first_token()
    return ComponentNode(chosen, values, content, target)


def _read(parser: Parser, token: Token) -> tuple[Component, dict[str, FilterExpression], str]:
    tag, *bits = token.split_contents()
    if not bits or bits[0][0] not in "\"'":
        raise ComponentMisuse(f"{tag} : écrivez d’abord le nom du composant entre guillemets.")
    target = ""
    if len(bits) > 2 and bits[-2] == "as":
        target, bits = bits[-1], bits[:-2]
    chosen = component(bits[0][1:-1])
    rest = bits[1:]
    values = token_kwargs(rest, parser)
    if rest:
        raise chosen.misuse(f"ne comprend pas {' '.join(rest)}")
    return chosen, values, target


@cache
def icons() -> frozenset[str]:
    """The names of the sprite, without their `i-`."""
    return frozenset(re.findall(r'<symbol id="i-([^"]+)"', SPRITE_FILE.read_text(encoding="utf-8")))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing of the sprite. Decorative unless `label` gives it words."""
    return _drawing(name, str(label))


@cache
def _drawing(name: str, label: str) -> SafeString:
    """Kept: a page draws hundreds of icons, and asking for the sprite’s address costs more than the rest."""
    if name not in icons():
        raise ComponentMisuse(f"Aucune icône ne s’appelle « {name} ». Il y a : {', '.join(sorted(icons()))}.")
    sprite = static(SPRITE)
    if label:
        return format_html('<svg class="i" role="img" aria-label="{}"><use href="{}#i-{}"/></svg>', label, sprite, name)
    return format_html('<svg class="i" aria-hidden="true"><use href="{}#i-{}"/></svg>', sprite, name)


@register.simple_tag
def mark() -> SafeString:
    """The logotype."""
    return format_html('<svg class="mark" role="img" aria-label="Cordée"><use href="{}#mark"/></svg>', static(SPRITE))


@register.filter
def undo_url(message: Any) -> str:
    """Where the message's act is undone, or nothing (see cordee.toolkit.flash)."""
    tags = (message.extra_tags or "").split()
    return next((tag.removeprefix("undo:") for tag in tags if tag.startswith("undo:")), "")


@register.filter
def tone(message: Any) -> str:
    """The tone of a message of Django, by its level."""
    return TONES.get(message.level_tag, "info")


@register.filter
def shown_pages(page: Page) -> list[int | str]:
    """The page numbers worth a link: the ends, the neighbours, and ellipses between."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def share(part: Decimal | int, whole: Decimal | int) -> str:
    """Per cent of the whole, from 0 to 100, as SVG writes it (a point, whatever the language)."""
    return f"{min(max(100 * float(part) / float(whole), 0), 100):.1f}%" if whole else "0"


@register.filter
def half_share(gap: Decimal | int, most: Decimal | int) -> str:
    """How long a gap is drawn, the largest one on half of the width."""
    return share(abs(gap), 2 * most)


@register.filter
def half_start(gap: Decimal | int, most: Decimal | int) -> str:
    """Where what is taken away starts, so that it ends on the axis."""
    return share(most - abs(gap), 2 * most) if most else "50%"


@register.filter
def error_entries(form: BaseForm) -> list[dict[str, Any]]:
    """Every error of a form, each with the field it leads to; those of the whole form lead nowhere."""
    whole = [{"id": "", "label": "", "text": text} for text in form.non_field_errors()]
    return whole + [
        {"id": field.id_for_label or field.auto_id, "label": str(field.label), "text": text}
        for field in form
        for text in field.errors
    ]


@register.filter
def optional(field: BoundField) -> bool:
    """A field that may stay empty: what is required is the rule, what is optional is said."""
    return not field.field.required


@register.simple_tag(takes_context=True)
def show_example(context: template.Context, chosen: Component, example: Example) -> SafeString:
    """An example of the gallery, rendered as a page would. A list item or a table cell stands in its parent."""
    html = chosen.render(example.values, around=context)
    if html.startswith("<li"):
        return format_html('<ul class="rows" role="list" data-roster>{}</ul>', html)
    if html.startswith("<tr"):
        return format_html('<table class="table"><thead>{}</thead></table>', html)
    if html.startswith("<th"):
        return format_html('<table class="table"><thead><tr>{}</tr></thead></table>', html)
    return html
