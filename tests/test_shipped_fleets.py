"""The shipped fleets of a restaurant in two languages, and of forty clients with budgets: every report is done."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen import build_report
from reportgen.outputs.printed import PrintedReport
from reportgen.resources import examples_folder
from reportgen.spec.fleet_members import load_members
from tests.outputs.pages import page

if TYPE_CHECKING:
    from reportgen.connect import AnswerSource
    from reportgen.model import Report
    from reportgen.spec.fleet_members import Member

FOLDER = examples_folder()


def members(name: str) -> tuple[Member, ...]:
    """Return the members of a shipped fleet."""
    return load_members(FOLDER / name)[1]


@pytest.fixture(scope="module")
def editions(api: AnswerSource) -> dict[str, Report]:
    """Return the report of each edition of the restaurant, by its locale."""
    made = (
        build_report(member.spec, member.client, answers=api, as_of=date(2026, 11, 3))
        for member in members("restaurant.fleet.yaml")
    )
    return {report.locale: report for report in made}


def test_both_editions_are_done(editions: dict[str, Report]) -> None:
    """They have the same figures and no caution, and each has the author's words of its language."""
    assert list(editions) == ["pt-BR", "en"]
    assert {(report.verdict, report.warnings) for report in editions.values()} == {("done", ())}
    portuguese, english = editions.values()
    figures = [[[reading.value for reading in block.readings] for block in one.blocks] for one in editions.values()]
    assert figures[0] == figures[1]
    assert (portuguese.spec, english.spec) == ("restaurant-pt-br", "restaurant-en")
    assert (portuguese.footer, english.footer) == ("Studio Norte · confidencial", "Studio Norte · in confidence")
    assert portuguese.sections[0].title.endswith(" ligações pelo Google")
    assert english.sections[0].title.endswith(" calls from Google")
    assert "menu filled the room" in page(english, "screen")


@pytest.mark.parametrize("locale", ["pt-BR", "en"])
def test_their_words_print_what_their_cards_print(editions: dict[str, Report], locale: str) -> None:
    """The title of a section and a callout have the texts of the cards beside them."""
    report = editions[locale]
    printed = PrintedReport(report)
    blocks = {block.name: block for block in report.blocks}
    assert report.sections[0].title.startswith(f"{printed.card(blocks['calls']).value} ")
    card = printed.card(blocks["bookings"])
    assert card.move is not None
    assert f"**{card.value}**" in blocks["callout"].prose
    assert f" {card.move.text.lstrip('+')}" in blocks["callout"].prose
    assert card.previous in blocks["callout"].prose


def test_every_client_has_a_budget_for_each_month() -> None:
    """Forty clients, each with a budget of every channel that it has; the whole is the sum of its channels."""
    found = members("pacing.fleet.yaml")
    assert len({member.client.id for member in found}) == 40
    for member in found:
        assert member.spec.goals is not None
        months = {name: goal.months or {} for name, goal in member.spec.goals.of_client(member.client.id).items()}
        assert set(months) == {"spend", *(f"{alias}_spend" for alias in member.client.sources)}
        channels = [goals for name, goals in months.items() if name != "spend"]
        assert months["spend"] == {month: sum(float(goals[month]) for goals in channels) for month in months["spend"]}


@pytest.mark.parametrize("number", [0, 9])
def test_a_page_of_budgets(number: int, api: AnswerSource) -> None:
    """The month's budget is held against what was spent so far; the tenth client has one channel."""
    member = members("pacing.fleet.yaml")[number]
    report = build_report(member.spec, member.client, answers=api, as_of=date(2026, 11, 16))
    assert (report.verdict, {caution.code for caution in report.warnings} - {"W-WHEN", "W-ABSENT"}) == ("done", set())
    (spend,) = (block.readings[0] for block in report.blocks if block.name == "spend")
    assert spend.goal is not None
    assert (spend.goal.kind, spend.goal.expected) == ("about", 0.5)
    card = PrintedReport(report).card(next(block for block in report.blocks if block.name == "spend"))
    assert report.sections[0].title.startswith(f"{card.value} spent (of about R$")
    (table,) = (table for block in report.blocks for table in block.tables)
    spent, budget, left = (column.values for column in table.columns[1:])
    assert [round(float(whole or 0) - float(part or 0), 2) for part, whole in zip(spent, budget, strict=True)] == [
        round(float(rest or 0), 2) for rest in left
    ]
