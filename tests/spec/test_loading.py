"""Specs, clients and fleets from files: every problem at once, each at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportgen.components.number import NumberBlock
from reportgen.errors import SpecError
from reportgen.spec.checking import check_file
from reportgen.spec.client_file import Client
from reportgen.spec.fleet_file import Fleet
from reportgen.spec.loading import fleet_of, load_client, load_spec, load_spec_and_client, read_file_of_any_kind
from reportgen.spec.report_spec import ReportSpec
from reportgen.spec.yaml_reader import read_yaml

SPEC = """\
version: 1
sources:
  instagram: {integration: instagram_business}
sections:
  - title: Instagram
    source: instagram
    blocks:
      - {reference_key: "ig:reach", component: number_v1, metrics: [reach]}
"""
CLIENT = """\
version: 1
name: Padaria Aurora
api: {token: {env: REPORTGEN_TOKEN}, customer_token: {file: token.txt}}
sources: {instagram: 4addc0da-8583-4dbb-a0e9-c7e2e8470f50}
"""
FLEET = """\
version: 1
period: last_month
compare: previous_period
formats: [html, pdf, xlsx]
output: "out/{period.id}/{client.slug}/{spec.name}"
defaults:
  api: {token: {env: REPORTGEN_TOKEN}, requests_per_minute: 300}
reports:
  - {spec: social.yaml, clients: clients/*.yaml}
  - {spec: full.yaml, clients: clients.csv, except: [padaria-aurora], formats: [pdf]}
deliver:
  when: [done]
  to:
    - folder: "outbox/{client.slug}"
    - email: {to: "{client.email}", subject: "{title}", body: mail.txt, server: {env: REPORTGEN_SMTP}}
    - webhook: {url: "https://agency.example/hook", secret: {env: HOOK_SECRET}}
"""


def written(folder: Path, text: str, name: str = "spec.yaml") -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_text(text)
    return path


def problems(path: Path) -> list[str]:
    """Return what is wrong with a file, as it is printed, without the folder."""
    return [str(problem).replace(f"{path.parent}/", "") for problem in check_file(path).problems]


def block(keys: str) -> str:
    """Return the spec with more keys in its one block."""
    return SPEC.replace("metrics: [reach]}", f"metrics: [reach], {keys}}}")


def numbers(*formulas: str) -> str:
    """Return the spec with two named numbers, a text, and formulas from the twelfth line on."""
    more = [
        '{name: spend, format: currency, reference_key: "g:cost", component: number_v1, metrics: [cost]}',
        '{name: conversions, fields: {x: {format: count}}, reference_key: "g:c", component: number_v1, metrics: [x]}',
        "{name: intro, text: Hello}",
        *formulas,
    ]
    head = SPEC[: SPEC.index("      - {")].replace("version: 1\n", "version: 1\ncurrency: BRL\n")
    return head + "".join(f"      - {line}\n" for line in more)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (block("lable: X"), "8:77: sections.0.blocks.0.lable: 'lable' is no key here; did you mean 'label'?"),
        (
            block("format: counts"),
            "8:85: sections.0.blocks.0.format: 'counts' is none of the words here; did you mean 'count'?",
        ),
        (block("format: {as: currency, currency: brl}"), "'brl' does not fit; write an ISO code"),
        (block("width: half"), "sections.0.blocks.0.width: 'half' is no whole number; write its digits alone, such as"),
        (
            block("goal: '1.500'"),
            "as a point stands before decimals; for 1500 write 1500, and for 1.5 write 1.5, without quotes",
        ),
        (
            SPEC.replace("{integration: instagram_business}", "'{integration:instagram_business}'"),
            "write {integration: instagram_business}, without quotes",
        ),
        (block("goal: '1.500,00'"), "goal: '1.500,00' is no number; write its digits alone, with a point before"),
        (block("note: [new]"), "note: expected text, not ['new']; put it in quotes"),
        (block("width: 13"), "sections.0.blocks.0.width: 13 does not fit: should be less than or equal to 12"),
        (block("direction: up"), "did you mean"),
        (block("trend: nowhere"), "'nowhere' is no chart block"),
        (
            block("trend: days")
            + '      - {name: days, reference_key: "ig:d", component: chart_v1, metrics: [impressions]}\n',
            "the chart 'days' shows none of this number's metrics, reach",
        ),
        (block("period: 01/10/2026..31/10/2026"), "is no period; did you mean '2026-10-01..2026-10-31'?"),
        (SPEC + "period: October 2026\n", "period: 'October 2026' is no period; did you mean '2026-10'?"),
        (SPEC + "annotations: [{date: 31/10/2026, text: Fair}]\n", "date: '31/10/2026' is no day; write 2026-10-31"),
        (SPEC + "annotations: [{date: 1.2.2026, text: A}]\n", "'1.2.2026' is no day; write 2026-02-01 or 2026-01-02"),
        (SPEC + "      - summary\n", "'summary' is no block; write its value too: summary: ..."),
        (SPEC + "      - text:Hello\n", "'text:Hello' is no block; put a space after the colon: text: Hello"),
        (SPEC + "      - page_break:\n", "page_break is a word of its own; write - page_break without a colon"),
        (
            SPEC + "      - {title: x}\n",
            "heading, callout, summary, image, metric_list, metric_table, or",
        ),
        (block("period: last_13_month"), "'last_13_month' is no period; did you mean 'last_13_months'?"),
        (block("period: today"), "'today' is no period of a block: its days end with the report's"),
        (block("compare: last_year"), "'last_year' is no comparison; write one of previous_period"),
        (block("compare: [previous_period, last_year]"), "compare.1: 'last_year' is no comparison"),
        (block("compare: [previous_period, none]"), "compare: 'none' stands alone: it compares with nothing"),
        (block("compare: [previous_month, previous_month]"), "compare: names 'previous_month' twice; write it once"),
        (
            block("compare: [previous_period, previous_month, same_period_last_year]"),
            "compare: has 3 comparisons; a report has room for 2 at most",
        ),
        (block("compare: []"), "compare: is an empty list; write none"),
        (
            block("trend: days, period: last_3_months")
            + '      - {name: days, reference_key: "ig:d", component: chart_v1, metrics: [reach]}\n',
            "the chart 'days' covers other days than this number; write the same period in both",
        ),
        (
            block("name: a, period: last_3_months")
            + '      - {name: b, reference_key: "ig:d", component: number_v1, metrics: [impressions]}\n'
            + "      - {name: c, formula: a / 2}\n      - {name: d, formula: b / c}\n",
            "sections.0.blocks.3.formula: b and c cover different days; write the same period in both",
        ),
        (
            block("name: reach") + "      - {history: reech}\n",
            "sections.0.blocks.1.history: 'reech' is the name of no number; did you mean 'reach'?",
        ),
        (
            block("name: reach") + "      - {history: [reach, reech]}\n",
            "sections.0.blocks.1.history.1: 'reech' is the name of no number; did you mean 'reach'?",
        ),
        (block("name: reach") + "      - {history: reach, by: months}\n", "did you mean 'month'?"),
        (
            block("name: reach, custom: {custom_period: 30ED}") + "      - {history: reach}\n",
            "reach covers days of its own, whatever it is asked for, so it has no history",
        ),
        (
            block("name: reach, custom: {custom_period: 30ED}")
            + "      - {name: half, formula: reach / 2}\n      - {history: half}\n",
            "sections.0.blocks.2.history: reach covers days of its own, whatever it is asked for, so it has no history",
        ),
        (
            block("name: reach") + "      - {name: grown, formula: reach / reach.baseline}\n"
            "      - {name: twice, formula: 2 * grown}\n      - {history: twice}\n",
            "sections.0.blocks.3.history: grown is calculated from reach.baseline, and the months of a history are",
        ),
        (
            block("name: a, format: count")
            + "".join(
                f'      - {{name: {name}, format: {word}, reference_key: "ig:d", component: number_v1, metrics: [d]}}\n'
                for name, word in (("b", "percent"), ("c", "seconds"))
            )
            + "      - {history: [a, b, c]}\n",
            "sections.0.blocks.3.history: has numbers of more than two units; make a history of each two",
        ),
        (
            block("name: reach")
            + '      - {by: month, reference_key: "ig:d", component: chart_v1, metrics: [reach], dimensions: [date]}\n',
            "by: the days of reach do not add up to a month; write a history of its number, or additive: true",
        ),
        (
            block("trend: {by: fortnight}"),
            "sections.0.blocks.0.trend.by: 'fortnight' is none of the words here; known are week, month, quarter, year",
        ),
        (block("trend: [days]"), "sections.0.blocks.0.trend: "),
        (block("source: instagran"), "'instagran' is none of the spec's sources; did you mean 'instagram'?"),
        (
            block("name: Reach"),
            "beginning with a letter, such as reach_by_day; the title that the reader sees is label",
        ),
        (SPEC.replace("  - title: Instagram", "  - name: My posts"), "the title that the reader sees is title"),
        (block("label: '{client.nme}'"), "did you mean {client.name}?"),
        (block("goal: much"), "goal"),
        (block("goal: {at_least: 5, at_most: 6}"), "goal: a goal is a number, months with numbers, one of at_least"),
        (block("goal: {at_lest: 5}"), "goal.at_lest: 'at_lest' is no key here; did you mean 'at_least'?"),
        (block("goal: {between: [70, 40]}"), "goal.between: write the lower end first"),
        (block("goal: {target: 5, per: fortnight}"), "goal.per: 'fortnight' is none of the words here"),
        (block("goal: {2026-13: 5}"), "goal.2026-13: '2026-13' is no month; write it as YYYY-MM"),
        (block("additive: {tme: true}"), "additive.tme: 'tme' is no key here; did you mean 'time'?"),
        (SPEC.replace("number_v1", "number_v2"), "component 'number_v2' cannot be drawn; did you mean 'number_v1'?"),
        (SPEC.replace("version: 1", "version: 2"), "version: 2 is none of the words here; known are 1"),
        (SPEC.replace("version: 1\n", ""), "1:1: version: 'version' is missing"),
        (
            SPEC + "      - page_brake\n",
            "9:9: sections.0.blocks.1: 'page_brake' is no block; did you mean 'page_break'?",
        ),
        (SPEC + "      - {txt: x}\n", "did you mean 'text'?"),
        (SPEC.replace("component", "componet"), "blocks.0: 'componet' is no key here; did you mean 'component'?"),
        (SPEC.replace("component", "Component"), "blocks.0: 'Component' is no key here; did you mean 'component'?"),
        (SPEC.replace("component", "komponent"), "blocks.0: 'komponent' is no key here; did you mean 'component'?"),
        (SPEC.replace("component:", "type:"), "blocks.0: 'type' is no key here; did you mean 'component'?"),
        (SPEC.replace("component: number_v1, ", ""), "'component' is missing; write component: and one of number_v1,"),
        (SPEC + "      - {metrics: [reach]}\n", "'component' is missing; write component: and one of number_v1, chart"),
        (
            block("text: Hello"),
            "text: 'text' is another block; each begins with a hyphen: put `- ` before its first key",
        ),
        (
            SPEC.replace("      - {", "        {"),
            "blocks: expected a list, each entry of which begins with a hyphen: put `- ` before reference_key",
        ),
        (SPEC + "      - 5\n", "a block has one of the keys"),
        (SPEC + "timezone: America/Sao_Paolo\n", "did you mean 'America/Sao_Paulo'?"),
        (SPEC + "locale: english\n", "'english' is no locale"),
        (SPEC + "period: last_mont\n", "did you mean 'last_month'?"),
        (SPEC + "period: 2026-13\n", "period: '2026-13' is not in the calendar: month must be in 1..12"),
        (SPEC + "period: 2026-10-31..2026-10-01\n", "before it starts on 2026-10-31; swap the two dates"),
        (SPEC + "annotations: [{date: Q3 2026, text: A}]\n", "is no day; write year, month and day, as in 2026-10-31"),
        (SPEC + "period: last_12_month\n", "'last_12_month' is no period; did you mean 'last_12_months'?"),
        (SPEC + "period: last_1_months\n", "'last_1_months' is no period; did you mean 'last_month'?"),
        (SPEC + "compare: last_year\n", "is no comparison"),
        (SPEC + "theme: papper\n", "'papper' is no theme; did you mean 'paper'?"),
        (SPEC + "require: {coverage: 90}\n", "require.coverage: 90 does not fit"),
        (SPEC + "require: {blocks: [raech]}\n", "require.blocks.0: 'raech' is no block; did you mean 'reach'?"),
        (SPEC.replace("    source: instagram\n", ""), "asks a metric of no source"),
        (SPEC.replace("\n    blocks:", "\n    source: twice\n    blocks:"), "'source' stands here a second time"),
        ("just text\n", "holds no keys"),
        ("", "holds no keys"),
        (
            "version: 1\nname: A\nbrand:\n  colour: 1\n",
            "'colour' is no key here; known are logo, primary, secondary",
        ),
        (CLIENT.replace("{env: REPORTGEN_TOKEN}", "abc123"), "api.token: a token does not belong in this file"),
        (CLIENT.replace("{env: REPORTGEN_TOKEN}", "{env: A, file: b}"), "write either"),
        (CLIENT.replace("4addc0da", "x"), "is no uuid"),
        (CLIENT + "slug: Padaria Aurora\n", "is no slug"),
        (CLIENT + f"slug: {'a' * 81}\n", "a slug has at most 80"),
        (CLIENT + "slug: 1e5\n", "put it in quotes"),
        (
            CLIENT + "email: #a@b.example\n",
            "5:1: email: what begins with # is a comment in YAML; put the value in quotes",
        ),
        (CLIENT + "brand: {logo: a.svg, primary: #8A3B12}\n", "5:1: what begins with # is a comment in YAML"),
        (SPEC + "      - text: hello\n\n        width: 40\n", "11:16: sections.0.blocks.1.width: 40 does not fit"),
        (SPEC + "      - {heading: x, colour: red}\n", "9:22: sections.0.blocks.1.colour: 'colour' is no key"),
        (SPEC + "      - {image: a.png}\n", "9:9: sections.0.blocks.1.alt: 'alt' is missing"),
        (block("extra: {metrics: [x]}"), "'metrics' is a key of the block; write it beside extra"),
        (block("on_failure: hide"), "'hide' is none of the words here"),
        (CLIENT + "fetch: asynch\n", "'asynch' is none of the words here"),
        (
            CLIENT + "goals: {reach: much}\n",
            "'much' is none of the words here; known are at_least, at_most, about",
        ),
        (CLIENT + "goals:\n  reach: {2026-10: 5, 2026-00: 6}\n", "6:32: goals.reach.2026-00: '2026-00' is no month"),
        (
            numbers("{formula: spend / conversion}"),
            "12:19: sections.0.blocks.3.formula: column 9: 'conversion' is the name of no number of the spec; did",
        ),
        (numbers("{formula: spend / intro}"), "'intro' is a block, but no number to calculate with; known are spend"),
        (
            numbers("{sum: [spend, conversion]}"),
            "12:23: sections.0.blocks.3.sum.1: 'conversion' is the name of no number of the spec; did you mean",
        ),
        (
            numbers("{metric_table: [{row: A, spend: conversion + 1}]}"),
            "12:41: sections.0.blocks.3.metric_table.0.spend: column 1: 'conversion' is the name of no number",
        ),
        (
            numbers("{metric_table: [{row: A, spend: spend + conversions}]}"),
            "sections.0.blocks.3.metric_table.0.spend: column 7: BRL and count cannot be added",
        ),
        (
            numbers("{metric_table: [{row: A, x: spend}, {row: B, x: conversions}]}"),
            "metric_table.1.x: the column x has currency and count in it; give its numbers one format",
        ),
        (
            numbers(
                "{name: eur, format: {as: currency, currency: EUR}, formula: conversions * 2}",
                "{metric_table: [{row: A, x: eur}, {row: B, x: spend}]}",
            ).replace("format: currency", "format: {as: currency, currency: CHF}"),
            "metric_table.1.x: the column x has EUR and CHF in it; give its numbers one format, or a column each",
        ),
        (numbers("{metric_table: [{row: A, spend: spend +}]}"), "metric_table.0.spend: column 8: expected a name"),
        (numbers("{metric_table: [{spend: spend}]}"), "metric_table.0.row: 'row' is missing"),
        (numbers("{name: a, sum: [spend, a]}"), "sections.0.blocks.3.sum: stands on itself: a -> a"),
        (numbers("{sum: [spend, spend]}"), "sections.0.blocks.3.sum: names 'spend' twice"),
        (numbers("{formula: spend /}"), "12:19: sections.0.blocks.3.formula: column 8: expected a name, a number or ("),
        (numbers("{formula: spend, source: instagran}"), "'instagran' is none of the spec's sources"),
        (numbers("{name: a, formula: a + spend}"), "12:28: sections.0.blocks.3.formula: stands on itself: a -> a"),
        (
            numbers("{name: a, formula: b}", "{name: b, formula: spend * c}", "{name: c, formula: a}"),
            "stands on itself: a -> b -> c -> a; break the circle",
        ),
        (
            numbers("{formula: spend + conversions}"),
            "12:19: sections.0.blocks.3.formula: column 7: BRL and count cannot be added",
        ),
        (
            numbers("{name: cpa, formula: spend / conversions}", "{formula: cpa - conversions}"),
            "13:19: sections.0.blocks.4.formula: column 5: BRL and count cannot be added or subtracted",
        ),
        (
            numbers("{name: share, formula: spend / spend, format: percent}", "{formula: share - spend}"),
            "percent and BRL cannot be added",
        ),
        (
            SPEC + "  - {text: Hello.}\n",
            "9:5: sections.1: this is a block, and stands where sections begin; move all its lines to the right",
        ),
        (SPEC + "  - divider\n", "9:5: sections.1: this is a block"),
        (SPEC + "  - title: More\n", "9:5: sections.1.blocks: 'blocks' is missing"),
        (
            SPEC.partition("sections:")[0] + "sections:\n  - text: Hello.\n",
            "sections.0: this is a block, and stands where",
        ),
        (SPEC.partition("sections:")[0] + "sections: []\n", "sections: [] is empty"),
        (block("goal: '5000'"), "'5000' is a text; write the number without quotes: 5000"),
        (block("goal: {2026-10: 5, 11/2026: 6}"), "goal.11/2026: '11/2026' is no month; write 2026-11"),
        (block("goal: {October 2026: 5}"), "'October 2026' is no month; write 2026-10"),
        (block("goal: {October: 5}"), "'October' is no month; write it as YYYY-MM"),
        (
            SPEC.replace("{integration: instagram_business}", "ig"),
            "sources.instagram: expected keys, not 'ig'; write {integration: ig}",
        ),
        (SPEC + "---\nversion: 1\n", "9:1: a second document begins at ---; a file holds one"),
        (CLIENT + "brand: {logo: images\\a.png}\n", "there is no such file; write / between folders: images/a.png"),
        (block("format: int"), "'int' is none of the words here; did you mean 'count'?"),
        (CLIENT + "timezone: GMT+1\n", "'GMT+1' is no time zone; write an IANA name such as America/Sao_Paulo"),
        (CLIENT + 'brand: {logo: "../a.png"}\n', "../a.png: write its path from the folder"),
        (block("additive: some"), "additive: 'some' is neither true nor false"),
        (block("compare: 2025"), "compare: '2025' is no comparison"),
        (
            block("compare: 'previous_period, previous_month'"),
            "put them in brackets: [previous_period, previous_month]",
        ),
        (block("period: {from: 2026-10-01}"), "expected text, not {'from': '2026-10-01'}; write a single text"),
        (SPEC + "images: {hosts: 'a.example, b.example'}\n", "with commas between entries: [a.example, b.example]"),
        (CLIENT.replace("name: Padaria Aurora", "name:"), "2:1: name: nothing stands here; write a value, or take it"),
        (CLIENT.replace("version: 1", "version: '1'"), "'1' is none of the words here; write it without quotes: 1"),
        (CLIENT + "period: last_month\n", "'period' is no key here; it stands in the spec, and holds for all of its"),
        (CLIENT + "annotations:\n  - {date: 2026-10-14 12:00, text: x}\n", "'2026-10-14 12:00' is no day; write year"),
        (
            CLIENT + "goals:\n  - reach: 5\n",
            "goals: expected keys, not [{'reach': 5}]; write them below it, without hyphens",
        ),
        (FLEET.replace("{client.slug}/{spec.name}", "{client.slgu}"), "did you mean {client.slug}?"),
        (FLEET.replace('- folder: "outbox/{client.slug}"', "- {}"), "a channel is one of folder, email, webhook"),
        (FLEET.replace("spec: full.yaml", "spec: none.yaml"), "10:12: reports.1.spec: there is no file 'none.yaml'"),
        (FLEET.replace("clients/*.yaml", "nobody/*.yaml"), "reports.0.clients: no file fits 'nobody/*.yaml'"),
        (FLEET.replace("clients/*.yaml", "/*.yaml"), "no file fits '/*.yaml' beside the fleet"),
        (FLEET.replace("when: [done]", "when: [held]"), "'held' is none of the words here"),
        (FLEET.replace("formats: [pdf]", "formats: [doc]"), "'doc' is none of the words here"),
    ],
)
def test_a_problem_is_told_at_its_place(tmp_path: Path, text: str, said: str) -> None:
    """T11: One thing wrong is one problem: file, line, column, value and what to write."""
    for beside in ("social.yaml", "full.yaml", "clients.csv", "clients/aurora.yaml"):
        (tmp_path / beside).parent.mkdir(exist_ok=True)
        (tmp_path / beside).touch()
    found = problems(written(tmp_path, text))
    assert len(found) == 1, found
    assert said in found[0]


def test_a_section_whose_block_has_no_list_is_no_block(tmp_path: Path) -> None:
    """It has the title of a section: moved among the blocks, it would be refused for that."""
    found = problems(written(tmp_path, SPEC + "  - title: More\n    text: Hello.\n"))
    assert [problem.split(": ")[2].partition(";")[0] for problem in found] == [
        "'blocks' is missing",
        "'text' is no key here",
    ]


def test_every_problem_at_once(tmp_path: Path) -> None:
    """Problems of the YAML's shape, of values and of references come together, in the file's order."""
    text = block("lable: X, width: 99, trend: nowhere") + "period: last_mont\nagency: {nme: X}\n"
    assert [line.split(": ")[1] for line in problems(written(tmp_path, text))] == [
        "sections.0.blocks.0.lable",
        "sections.0.blocks.0.width",
        "sections.0.blocks.0.trend",
        "period",
        "agency.nme",
    ]


@pytest.mark.parametrize("key", ["name: reach", "id: abc"])
def test_names_and_ids_are_unique(tmp_path: Path, key: str) -> None:
    """Two blocks of one name or id are told, with the line of the first."""
    line = f'      - {{reference_key: "ig:x", component: number_v1, metrics: [x], {key}}}\n'
    (problem,) = problems(written(tmp_path, SPEC + line + line))
    assert "line 9" in problem
    assert problem.startswith("spec.yaml:10:")


def test_kinds_of_files_are_told_apart(tmp_path: Path) -> None:
    """`check` knows a spec, a client and a fleet by their keys."""
    assert isinstance(read_file_of_any_kind(read_yaml(written(tmp_path, SPEC))), ReportSpec)
    assert isinstance(read_file_of_any_kind(read_yaml(written(tmp_path, CLIENT))), Client)
    assert isinstance(read_file_of_any_kind(read_yaml(written(tmp_path, FLEET))), Fleet)


def test_a_fleet_is_checked(tmp_path: Path) -> None:
    """The fleet file of the format is accepted whole."""
    assert len(fleet_of(read_yaml(written(tmp_path, FLEET))).reports) == 2


def test_a_spec_knows_its_name_and_folder(tmp_path: Path) -> None:
    """Relative paths start from the spec's folder; its name is its file's."""
    spec = load_spec(written(tmp_path, SPEC, "Social Media.yaml"))
    assert (spec.name, spec.folder) == ("social-media", tmp_path)


def test_a_number_may_stand_where_text_is_meant(tmp_path: Path) -> None:
    """`period: 2025` needs no quotes."""
    assert load_spec(written(tmp_path, SPEC + "period: 2025\n")).period == "2025"


def test_sound_formulas_are_no_problem(tmp_path: Path) -> None:
    """A formula may stand before its numbers, on other formulas and under no source; hidden numbers count."""
    text = numbers("{name: twice, formula: cpa * 2}", "{name: cpa, hidden: true, formula: spend / conversions}")
    text += "  - blocks:\n      - {formula: twice - cpa}\n"
    assert problems(written(tmp_path, text)) == []


def test_a_currency_that_only_the_account_tells_may_stand_with_any(tmp_path: Path) -> None:
    """A client's account may be in euros, whatever the currency of the spec is."""
    table = numbers(
        "{name: eur, format: {as: currency, currency: EUR}, formula: conversions * 2}",
        "{metric_table: [{row: A, x: spend}, {row: B, x: eur}, {row: C, x: spend * 2}]}",
    )
    assert problems(written(tmp_path, table)) == []


def test_each_circle_is_told(tmp_path: Path) -> None:
    """Two circles are two problems."""
    text = numbers("{name: a, formula: b}", "{name: b, formula: a}", "{name: c, formula: c + a}")
    assert [line.partition("itself: ")[2] for line in problems(written(tmp_path, text))] == [
        "a -> b -> a; break the circle",
        "c -> c; break the circle",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (SPEC.replace("integration:", "integraton:"), "'integraton' is no key here; did you mean 'integration'?"),
        (SPEC.replace("source: instagram", "source: My account"), "'My account' does not fit; write small letters"),
        (SPEC.replace("  instagram: {", "  - {"), "expected keys, not [{'integration': 'instagram_business'}]"),
        (SPEC + "      - {summary: [Reach now]}\n", "'Reach now' does not fit; write small letters"),
        (CLIENT + "annotations: [{14/10/2026: Fair}]\n", "'14/10/2026' is no key here; known are date, text"),
        (block("component: table").replace("component: number_v1, ", ""), "did you mean 'datatable_v1'?"),
        (SPEC + "compare: last month\n", "is no comparison; write one of"),
        (
            block("limit: most").replace("number_v1", "datatable_v1"),
            "'most' is no whole number; write its digits alone, such as 12, or a word",
        ),
        (SPEC + "      - {summary: full}\n", "'full' is none of the words here; known are auto, report"),
        (block("trend: By day"), "'By day' does not fit; write small letters"),
        (
            block("name: reach").replace("number_v1", "number") + "      - {history: reach}\n",
            "component 'number' cannot be drawn; did you mean 'number_v1'?",
        ),
        (SPEC + "      - callout: '{perod.label}'\n", "{perod.label} is no variable; did you mean {period.label}?"),
    ],
)
def test_a_mistake_is_a_single_problem(text: str, problem: str, tmp_path: Path) -> None:
    """What only follows from a mistake, or what another form of the value would have to be, is not said too."""
    (found,) = check_file(written(tmp_path, text)).problems
    assert problem in found.message


def test_a_goal_for_no_number_is_told(tmp_path: Path) -> None:
    """`check` of a spec with a client names the goal's place and the nearest number."""
    spec = written(tmp_path, numbers("{name: cpa, formula: spend / conversions}"))
    client = written(tmp_path, CLIENT + "goals: {cpa: 4, spent: 5, intro: 6}\n", "client.yaml")
    found = check_file(spec, client)
    assert found.problems == ()  # another spec of this client may have them
    first, second = map(str, found.warnings)
    assert (
        "client.yaml:5:17: goals.spent: warning: 'spent' is no number of the spec 'spec'; did you mean 'spend'?"
        in first
    )
    assert "goals.intro: warning: 'intro' is no number of the spec" in second


@pytest.mark.parametrize(
    ("locale", "expected"), [("pt-Br", "pt-BR"), ("ES", "es"), ("zh-hant-tw", "zh-Hant-TW"), ("en-UK", "en-GB")]
)
def test_a_locale_gets_its_capitals(locale: str, expected: str, tmp_path: Path) -> None:
    """As programs that read the page know it."""
    assert load_spec(written(tmp_path, f"locale: {locale}\n" + SPEC)).locale == expected


def test_a_client_beside_a_spec_is_checked_as_it_is_alone(tmp_path: Path) -> None:
    """Its pictures and the values that YAML misreads are looked at, whichever way it is named."""
    spec = written(tmp_path, numbers("{name: cpa, formula: spend / conversions}"))
    (tmp_path / "logo.bmp").write_bytes(b"BM" + bytes(60))
    client = written(tmp_path, CLIENT + "footer: Shop #1\nbrand: {logo: logo.bmp}\n", "client.yaml")
    beside, alone = check_file(spec, client), check_file(client)
    assert (beside.problems, beside.warnings) == (alone.problems, alone.warnings)
    assert "logo.bmp: is a BMP file" in str(beside.problems[0])
    assert "'#1' is a comment" in str(beside.warnings[0])


def test_default_names_are_numbered(tmp_path: Path) -> None:
    """Blocks without a name are named by what they are, and repeated names are numbered."""
    again = '      - {reference_key: "ig:reach", component: chart_v1, metrics: [x]}\n      - divider\n      - divider\n'
    spec = load_spec(written(tmp_path, SPEC + again))
    (_, blocks), *_ = spec.named_sections()
    assert [name for name, _ in blocks] == ["reach", "reach_2", "divider", "divider_2"]


def test_a_spec_knows_the_lines_of_its_blocks(tmp_path: Path) -> None:
    """By name, given or made up; of an included block in its own file."""
    (tmp_path / "words.yaml").write_text("# Words\n- {text: First}\n- text: Second\n")
    path = tmp_path / "a.yaml"
    path.write_text(
        "version: 1\nsections:\n  - blocks:\n      - divider\n      - {include: words.yaml}\n"
        "  - blocks:\n      - name: last\n        text: Third\n"
    )
    assert load_spec(path).block_lines() == {
        "divider": f"{path}:4",
        "text": f"{tmp_path / 'words.yaml'}:2",
        "text_2": f"{tmp_path / 'words.yaml'}:3",
        "last": f"{path}:7",
    }


def test_a_client_without_a_needed_source_is_told_in_its_file(tmp_path: Path) -> None:
    """A missing alias is an error at the client's sources, and `optional: true` is named."""
    client = written(tmp_path, CLIENT.replace("instagram:", "insta:"), "client.yaml")
    with pytest.raises(SpecError, match=r"client\.yaml:4:10: sources: has no instagram.*optional"):
        load_spec_and_client(written(tmp_path, SPEC), client)


def test_problems_of_both_files_come_together(tmp_path: Path) -> None:
    """A wrong spec and a wrong client are told in one go."""
    with pytest.raises(SpecError) as caught:
        load_spec_and_client(written(tmp_path, block("width: 0")), written(tmp_path, CLIENT + "x: 1\n", "client.yaml"))
    assert [Path(problem.file).name for problem in caught.value.problems] == ["client.yaml", "spec.yaml"]


def test_a_picture_that_is_not_there_is_told(tmp_path: Path) -> None:
    """`check` looks whether the named pictures can be read."""
    (problem,) = problems(written(tmp_path, SPEC + "agency: {logo: images/none.svg}\n"))
    assert "none.svg" in problem


def test_tokens_are_not_read_with_the_file(tmp_path: Path) -> None:
    """Loading a client needs no token."""
    assert load_client(written(tmp_path, CLIENT)).name == "Padaria Aurora"


@pytest.mark.parametrize(
    ("image", "said"),
    [
        ("https://other.example.com/a.png", "name it in images"),
        ("http://cdn.example.com/a.png", "https://"),
        ("file:///etc/passwd", "https://"),
    ],
)
def test_pictures_come_from_hosts_that_are_named(tmp_path: Path, image: str, said: str) -> None:
    """T01, T04: an address that would be refused later is a problem of its line now."""
    path = tmp_path / "spec.yaml"
    path.write_text(
        "version: 1\nimages: {hosts: [cdn.example.com]}\n"
        f"sections: [{{title: A, blocks: [{{image: '{image}', alt: A}}]}}]\n"
    )
    (problem,) = check_file(path).problems
    assert (problem.line, problem.place, said in problem.message) == (3, "sections.0.blocks.0.image", True), problem


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "*.com", "*", "a.*.com", "CDN.example.com", "a.example:443", "a/b.c"]
)
def test_hosts_are_names(tmp_path: Path, host: str) -> None:
    """T01: neither an address, a port, a pattern nor a path is a host."""
    path = tmp_path / "spec.yaml"
    path.write_text(f"version: 1\nimages: {{hosts: ['{host}']}}\nsections: [{{title: A, blocks: [{{text: x}}]}}]\n")
    (problem,) = check_file(path).problems
    assert "is no host" in problem.message


@pytest.mark.parametrize("key", ["include", "extends", "<<", "!include", "$ref", "import"])
@pytest.mark.parametrize("place", ["{key}: other.yaml\n", "sections: [{{title: B, blocks: [], {key}: /etc/passwd}}]\n"])
def test_nothing_is_included(tmp_path: Path, key: str, place: str) -> None:
    """T12: no key reads another file into a spec."""
    path = tmp_path / "spec.yaml"
    path.write_text("version: 1\n" + place.format(key=key if key[0].isalpha() else f"'{key}'"))
    problems = check_file(path).problems
    assert any(key in problem.message or "write its keys out" in problem.message for problem in problems), problems


@pytest.mark.parametrize(
    "line",
    ["title: {}", "agency: {{name: {}}}", "sections: [{{title: {}}}]", "sections: [{{blocks: [{{heading: {}}}]}}]"],
)
def test_a_title_of_any_length_is_refused_at_its_place(tmp_path: Path, line: str) -> None:
    """The page engine takes minutes to break a word of 50,000 letters, so titles, labels and names have a limit."""
    path = tmp_path / "spec.yaml"
    path.write_text("version: 1\n" + line.format("x" * 50_000) + "\n")
    with pytest.raises(SpecError) as caught:
        load_spec(path)
    assert "spec.yaml:2:" in str(caught.value)
    assert "a title, label or name of 50,000 letters fits no page; shorten it to 300" in str(caught.value)


@pytest.mark.parametrize(
    ("spec", "client", "said"),
    [
        (SPEC, SPEC, "client.yaml:1:1: this is a spec, not a client; give the file of a client, which has name: and "),
        (
            SPEC,
            FLEET,
            "client.yaml:1:1: this is a fleet, not a client; give the file of a client, which has name: and ",
        ),
        (CLIENT, CLIENT, "spec.yaml:1:1: this is a client, not a spec; give the file of a spec, which has sections:"),
        (FLEET, CLIENT, "spec.yaml:1:1: this is a fleet, not a spec; give the file of a spec, which has sections:"),
    ],
)
def test_a_file_of_another_kind_is_named_once(spec: str, client: str, said: str, tmp_path: Path) -> None:
    """Every key of it would be unknown; the kind says it all, to `check` and to the loading of both files."""
    files = written(tmp_path, spec), written(tmp_path, client, "client.yaml")
    found = [str(problem).replace(f"{tmp_path}/", "") for problem in check_file(*files).problems]
    assert len(found) == 1
    assert found[0].startswith(said)
    with pytest.raises(SpecError) as caught:
        load_spec_and_client(*files)
    assert said in str(caught.value)


def test_a_spec_in_place_of_a_fleet_is_named_once(tmp_path: Path) -> None:
    """A fleet is told by its reports."""
    with pytest.raises(SpecError, match="this is a spec, not a fleet; give the file of a fleet, which has reports:"):
        fleet_of(read_yaml(written(tmp_path, SPEC)))


def test_a_currency_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    """A slip of the pen would be printed before every amount."""
    with pytest.raises(SpecError, match="'BRT' is no currency; write its code of ISO 4217"):
        load_spec(written(tmp_path, "currency: BRT\n" + SPEC))


def test_texts_of_digits_are_printed_as_they_are_written(tmp_path: Path) -> None:
    """A phone number, a name, a label and a slug keep a plus and leading zeros; goals are numbers all the same."""
    agency = "agency: {name: 007, contact: {phone: +551155550100}}\n"
    block = '      - {reference_key: "ig:x", component: number_v1, metrics: [x], label: 0800, goal: 1_000, width: 03}\n'
    spec = load_spec(written(tmp_path, SPEC + block + agency))
    number = spec.sections[0].blocks[1]
    assert spec.agency.contact
    assert (spec.agency.name, spec.agency.contact.phone) == ("007", "+551155550100")
    assert isinstance(number, NumberBlock)
    assert number.goal
    assert (number.label, number.goal.target, number.width) == ("0800", 1000, 3)
    client = load_client(written(tmp_path, CLIENT + "slug: 007\nid: 0042\n"))
    assert (client.slug, client.lasting_id) == ("007", "0042")
