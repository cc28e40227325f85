"""Questions to a person in a terminal; elsewhere options or defaults answer them, or the command refuses."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Literal, get_args, get_origin

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Question:
    """A question that is asked where an option is not given.

    Attributes:
        text: For a person.
        default: The answer where neither gives it; None has to be answered, blank leaves it out.
        kind: Of the answer: `variable`, a type of the spec's or the components' fields, or blank for any text.
    """

    text: str
    default: str | None
    kind: str = ""


QUESTIONS = {
    "accent": Question("Your colour", None, "Color"),
    "agency": Question("Agency that sends it, or nothing", ""),
    "clients": Question("Clients, such as clients/*.yaml or clients.csv", None),
    "compare": Question("Compared with", "previous_period", "CompareText"),
    "currency": Question("Currency, or nothing", "", "CurrencyCode"),
    "customer_token_env": Question("Variable with this client's token", None, "variable"),
    "extends": Question("Theme below it", "paper", "ShippedTheme"),
    "integration": Question("Integrations, with commas between, such as instagram_business", None),
    "locale": Question("Language", "en", "LocaleName"),
    "name": Question("Name of the client", None),
    "period": Question("Period", "last_month", "PeriodText"),
    "slug": Question("Short name for files", None, "Slug"),
    "spec": Question("Specs beside it, with commas between", None),
    "theme": Question("Theme: paper, ink, terra, or a theme file", "paper", "ThemeName"),
    "timezone": Question("Time zone", "America/Sao_Paulo", "ZoneName"),
    "title": Question("Title", "{client.name} · {period.label}"),
    "token_env": Question("Variable with the agency's token", "REPORTGEN_TOKEN", "variable"),
}
"""Option without its dashes -> its question."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """The questions of a command. Where there is no terminal, all options that are missing are named by `end`.

    Attributes:
        given: The values of options, by their names.
        has_person: Whether there is a person to ask.
    """

    given: Mapping[str, str | None]
    has_person: bool = field(default_factory=lambda: sys.stdin is not None and sys.stdin.isatty())
    _missing: list[str] = field(default_factory=list)

    def answer(self, name: str, default: str | None = None) -> str:
        """Return the value of an option, else a person's answer, else the default.

        Args:
            name: A key of `QUESTIONS`.
            default: In place of the question's.

        Raises:
            UsageError: The option's value is of the wrong kind.
        """
        question, given, option = QUESTIONS[name], self.given.get(name), f"--{name.replace('_', '-')}"
        default = question.default if default is None else default
        read = partial(_read, question.kind, may_be_blank=default == "")
        if given is not None:
            try:
                return _read(question.kind, given, may_be_blank=False)
            except click.UsageError as error:
                raise click.UsageError(f"{option}: {error.message}") from error
        if self.has_person:
            return str(
                click.prompt(
                    question.text + _choices(question.kind),
                    default,
                    value_proc=read,
                    show_default=bool(default),
                    err=True,
                )
            )
        if default is None:
            self._missing.append(option)
            return ""
        return read(default)

    def several(self, name: str) -> tuple[str, ...]:
        """Return the parts of an answer with commas."""
        return tuple(part.strip() for part in self.answer(name).split(",") if part.strip())

    def end(self) -> None:
        """Refuse to go on where options are missing.

        Raises:
            UsageError: With every missing option.
        """
        if self._missing:
            raise click.UsageError(f"nobody can be asked here, so write {' and '.join(self._missing)}")


def _type_of(kind: str) -> type[str]:
    """Return the type of what an answer of a kind may be."""
    from reportgen.components import period_fields, yaml_models
    from reportgen.spec import field_types

    places = (field_types, period_fields, yaml_models)
    found: type[str] = next((getattr(place, kind) for place in places if hasattr(place, kind)), str)
    return found


def _choices(kind: str) -> str:
    """Return the words that an answer may be, in parentheses; empty where it may be any text."""
    words = get_args(_type_of(kind)) if kind and get_origin(_type_of(kind)) is Literal else ()
    return f" ({', '.join(words)})" if words else ""


def _read(kind: str, text: str, *, may_be_blank: bool) -> str:
    """Return a checked answer.

    Raises:
        UsageError: It is not of its kind; click asks again.
    """
    from pydantic import TypeAdapter, ValidationError

    from reportgen.spec.problem_messages import message_of

    if not text.strip():
        if may_be_blank:
            return ""
        raise click.UsageError("is empty; leave the option out, or give it a value")
    if kind == "variable" and not _VARIABLE.fullmatch(text):
        raise click.UsageError("this is no name of a variable; write letters, digits and _, and never the token itself")
    if kind in {"", "variable"}:
        return text.strip()
    try:
        adapter: TypeAdapter[str] = TypeAdapter(_type_of(kind))
        return adapter.validate_python(text.strip())
    except ValidationError as error:
        raise click.UsageError(message_of(error.errors()[0])) from error
