"""The filters of the API as options."""

from typing import Annotated

import typer
from typer.testing import CliRunner

from vedette.cli.filters import Filters, filtered
from vedette.query.filters import FILTER_PARAMETERS


def application(seen: list[Filters]) -> typer.Typer:
    app = typer.Typer()

    def look(filters: Filters, limit: Annotated[int, typer.Option()] = 5) -> None:
        """Look at something."""
        seen.append([*filters, ("limit", str(limit))])

    app.command()(filtered(look))
    return app


def test_every_filter_of_the_api_is_an_option() -> None:
    seen: list[Filters] = []
    given: list[str] = []
    for parameter in FILTER_PARAMETERS:
        given += [f"--{parameter.name.replace('_', '-')}", f"value of {parameter.name}"]
    result = CliRunner().invoke(application(seen), [*given, "--limit", "7"])
    assert result.exit_code == 0, result.output
    expected = [(parameter.name, f"value of {parameter.name}") for parameter in FILTER_PARAMETERS]
    assert seen == [[*expected, ("limit", "7")]]


def test_what_is_not_given_is_left_out() -> None:
    seen: list[Filters] = []
    CliRunner().invoke(application(seen), ["--model", "m"])
    assert seen == [[("model", "m"), ("limit", "5")]]


def test_the_help_is_that_of_the_api() -> None:
    result = CliRunner().invoke(application([]), ["--help"], env={"COLUMNS": "200"})
    assert "Look at something." in result.output
    assert "Model name, exact." in result.output
