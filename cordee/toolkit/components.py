"""Components: a folder each, `templates/ui/<name>/`, with the template and what it accepts (component.toml).

The examples of component.toml are the documentation, the gallery and the fixtures of the tests.
An unknown or missing parameter stops the template that uses it; a value that is not among the choices is
refused outside production, where it is logged and replaced by the default: a page is worth more than a colour.
"""

import logging
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

logger = logging.getLogger(__name__)
FOLDER = Path(__file__).parent / "templates" / "ui"


class ComponentMisuse(TemplateSyntaxError):
    """A component was asked for something it does not know."""


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    doc: str
    required: bool = False
    default: Any = ""
    choices: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    title: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Component:
    """`content`: True when it wraps a block, "optional" when it may; `context`: what it takes from the page around."""

    name: str
    doc: str
    content: bool | str
    context: tuple[str, ...]
    parameters: Mapping[str, Parameter]
    examples: tuple[Example, ...]

    @cached_property
    def template(self) -> Template:
        return get_template(f"ui/{self.name}/{self.name}.html").template  # type: ignore[attr-defined]

    @cached_property
    def defaults(self) -> dict[str, Any]:
        return {name: parameter.default for name, parameter in self.parameters.items()}

    @cached_property
    def choices(self) -> dict[str, tuple[Any, ...]]:
        return {name: parameter.choices for name, parameter in self.parameters.items() if parameter.choices}

    @cached_property
    def required(self) -> frozenset[str]:
        return frozenset(name for name, parameter in self.parameters.items() if parameter.required)

    def described(self) -> list[Parameter]:
        """Its parameters, for the gallery (a template cannot walk a dict that may hold `values` or `items`)."""
        return list(self.parameters.values())

    def check_names(self, names: set[str]) -> None:
        """Raise ComponentMisuse for names it does not accept, or required ones that are absent."""
        if unknown := names - set(self.parameters):
            raise self.misuse(f"ne connaît pas {', '.join(sorted(unknown))}")
        if missing := self.required - names:
            raise self.misuse(f"demande {', '.join(sorted(missing))}")

    def render(self, values: Mapping[str, Any], around: Context | None = None) -> SafeString:
        """The HTML for `values`, whose names were checked. `around` gives what `context` names."""
        full = {**self.defaults, **values}
        for name, choices in self.choices.items():
            if full[name] not in choices:
                full[name] = self.replace_or_refuse(name, full[name])
        inner = Context(full)
        for name in self.context:
            inner[name] = around.get(name) if around is not None else None
            if name == "request":
                inner.request = inner[name]  # type: ignore[attr-defined]  # where {% querystring %} looks for it
        return mark_safe(self.template.render(inner).strip())

    def replace_or_refuse(self, name: str, value: Any) -> Any:
        message = f"n’accepte pas {name}={value!r} (choix : {', '.join(map(repr, self.choices[name]))})"
        if settings.GALLERY:
            raise self.misuse(message)
        logger.error("component %s: %s", self.name, message)
        return self.defaults[name]

    def misuse(self, message: str) -> ComponentMisuse:
        known = ", ".join(self.parameters) or "aucun paramètre"
        return ComponentMisuse(f"Le composant « {self.name} » {message}. Il accepte : {known}.")


@cache
def component(name: str) -> Component:
    """The component of that name, read once. Raises ComponentMisuse when there is none."""
    try:
        text = (FOLDER / name / "component.toml").read_text(encoding="utf-8")
    except OSError:
        raise ComponentMisuse(f"Aucun composant ne s’appelle « {name} ».") from None
    declared = tomllib.loads(text)
    parameters = {key: _parameter(key, given) for key, given in declared.get("parameters", {}).items()}
    content = declared.get("content", False)
    if content:
        parameters["content"] = Parameter("content", "Le contenu du bloc.", required=content != "optional")
    return Component(
        name=name,
        doc=declared["doc"],
        content=content,
        context=tuple(declared.get("context", ())),
        parameters=parameters,
        examples=tuple(_example(given) for given in declared.get("examples", ())),
    )


def components() -> list[Component]:
    """Every component, by name."""
    return [component(path.parent.name) for path in sorted(FOLDER.glob("*/component.toml"))]


def _parameter(name: str, given: Mapping[str, Any]) -> Parameter:
    choices = tuple(given.get("choices", ()))
    return Parameter(
        name=name,
        doc=given["doc"],
        required=given.get("required", False),
        default=given.get("default", choices[0] if choices else ""),
        choices=choices,
    )


def _example(given: Mapping[str, Any]) -> Example:
    """`html:…` is trusted, as a template is; `page:2/5` is the second page of five; the rest is plain."""
    return Example(given["title"], {name: _meant(value) for name, value in given.get("with", {}).items()})


def _meant(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("html:"):
        return mark_safe(value.removeprefix("html:"))
    if isinstance(value, str) and value.startswith("page:"):
        number, count = map(int, value.removeprefix("page:").split("/"))
        return Paginator(range(count * 20), 20).page(number)
    if isinstance(value, list):
        return [_meant(item) for item in value]
    if isinstance(value, dict):
        return {name: _meant(item) for name, item in value.items()}
    return value
