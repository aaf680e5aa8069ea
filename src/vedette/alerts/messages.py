"""The text of an alert, by our words or by the rule's template."""

import jinja2
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment

from vedette.model.alert import Alert

_LONGEST = 2_000
_ENVIRONMENT = ImmutableSandboxedEnvironment(autoescape=False, undefined=jinja2.StrictUndefined)
_ENVIRONMENT.globals.clear()
# A template may not make us work: these grow a small text into a large one.
for _name in ("center", "indent", "format", "wordwrap", "batch", "slice", "pprint", "tojson"):
    _ENVIRONMENT.filters.pop(_name, None)


def text_of(alert: Alert, template: str) -> str:
    """At most 2,000 characters; a template that fails falls back to our words."""
    if template:
        try:
            return _ENVIRONMENT.from_string(template).render(_names(alert))[:_LONGEST]
        except (jinja2.TemplateError, ArithmeticError, TypeError, ValueError, KeyError):
            pass
    return f"{alert.rule}: {alert.summary}"[:_LONGEST]


def check_template(template: str) -> str | None:
    """What is wrong with it."""
    try:
        tree = _ENVIRONMENT.parse(template)
    except jinja2.TemplateSyntaxError as error:
        return f"the template is wrong at line {error.lineno}: {error.message}"
    if any(True for _ in tree.find_all(_GROWING)):
        return "the template may not repeat, multiply, format or call"
    try:
        unknown = find_undeclared_variables(tree) - set(_NAMES)
    except jinja2.TemplateError as error:
        return f"the template is wrong: {error.message}"
    if unknown:
        return f"the template may use {', '.join(_NAMES)}, not {sorted(unknown)[0]}"
    return None


_GROWING = (
    jinja2.nodes.For, jinja2.nodes.Mul, jinja2.nodes.Pow, jinja2.nodes.Mod, jinja2.nodes.Call,
    jinja2.nodes.Macro,
)  # fmt: skip
_NAMES = ("rule", "group", "severity", "metric", "value", "summary", "labels", "link", "times")


def _names(alert: Alert) -> dict[str, object]:
    return {name: getattr(alert, name) for name in _NAMES}
