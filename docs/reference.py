"""The reference: every key, command, component, exit code, variable and record, generated from the code."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from pydantic import TypeAdapter

from docs.commands import command_text, commands, exit_codes
from docs.examples import BLOCKS, EVERY_BLOCK, FILES, FRAGMENT, FRAGMENT_FILE, INCLUDE
from docs.keys import PASSED_ON, Row, Schema, rows_of, table
from reportgen.components import AnyBlock, Component, Metric
from reportgen.components.chart import WrittenKind
from reportgen.components.goals import GoalSpec
from reportgen.components.variables import VARIABLES
from reportgen.components.yaml_models import FormatSpec, YamlModel
from reportgen.fleet.run_records import RunResults
from reportgen.model import Direction, Missing, Report, UnitName, Verdict
from reportgen.periods import COMPARE_WORDS, PERIOD_FORMS, PERIOD_WORDS
from reportgen.spec.fleet_texts import FLEET_VARIABLES
from reportgen.spec.include_spec import IncludeSpec
from reportgen.spec.schema import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VARIABLES_OF_THE_ENVIRONMENT = {
    "REPORTGEN_TOKEN": "The agency's token, where a client file says `token: {env: REPORTGEN_TOKEN}`; any other name "
    "will do.",
    "REPORTGEN_API_URL": "The API's address, where it is another than the vendor's: a sandbox, a proxy. `http://` is "
    "for this machine alone.",
    "REPORTGEN_API_INSECURE": "`1` allows an `http://` address of another machine in `REPORTGEN_API_URL`: tokens and "
    "figures can then be read on the way, so only where the network is your own.",
    "REPORTGEN_WEBHOOK_URL": "With `fetch: async`: the https address that the API posts to. A client's `api.webhook` "
    "goes before it.",
    "REPORTGEN_WEBHOOK_BIND": "With `fetch: async`: address and port of this machine at which reportgen listens.",
    "REPORTGEN_EXIT_CODE": "Set for the command of `run --hook`: the code with which the run ends.",
    "REPORTGEN_RUN": "Set for the command of `run --hook`: the folder of the run; empty where none was planned.",
    "REPORTGEN_RESULTS": "Set for the command of `run --hook`: the path of `run_results.json`, empty as above.",
    "XDG_STATE_HOME": "Where answers and pending deliveries are kept between calls, in a folder `reportgen`; "
    "`~/.local/state` where it is not set. `--state` goes before it.",
    "XDG_CACHE_HOME": "Where the fonts of web pages, cut down, and the templates, compiled, are kept between calls, "
    "in a folder `reportgen`; `~/.cache` where it is not set. It may be deleted at any time.",
    "HTTPS_PROXY": "Proxy to the API. Pictures are fetched without one.",
    "ALL_PROXY": "The same, for every protocol.",
    "NO_PROXY": "Hosts that are asked without a proxy.",
    "SSL_CERT_FILE": "Certificates to trust, where a company has its own.",
    "NO_COLOR": "Any value: no colours in the terminal.",
}
"""What each variable of the environment is for."""

_UNITS = {
    "count": "a whole number: 48,310",
    "decimal": "a number with decimals: 3.42",
    "percent": "the API sends a fraction: 0.048 prints 4.8%",
    "percent_100": "the API sends percent already: 4.8 prints 4.8%",
    "currency": "an amount of money",
    "milliseconds": "a length of time, sent in milliseconds",
    "seconds": "a length of time, sent in seconds",
    "minutes": "a length of time, sent in minutes",
    "hours": "a length of time, sent in hours",
    "date": "a day",
    "text": "words",
}
_VERDICTS = {
    "done": "everything is there",
    "degraded": "a block could not be read; the report is made, and says so in its place",
    "held": "what the spec requires is missing, or a file failed its check; it goes to `held/` and is never sent",
}
_MISSING = {
    "not_requested": "nobody asked for it",
    "not_returned": "the API left it out of its answer",
    "no_data": "there is nothing in these days; this is no failure",
    "failed": "the API said that it failed, or its answer cannot be used",
    "expired": "the account has to be connected again",
    "not_comparable": "the two periods cannot be held against each other",
}
_LINKED = {
    "IncludeSpec": "an [include](#include)",
    "GoalSpec": "a [goal](#goals)",
    "FormatSpec": "a [format](#formats)",
    "FormatSpec-Input": "a [format](#formats)",
}
_GOALS = (
    "A number, months with numbers such as `{2026-10: 60000}`, a mapping such as `{at_most: 1500, per: month}`, or "
    "`about`, `at_most` or `at_least` alone for an amount that the client's `goals` or a `goals_file` has; "
    "see [What adds up, and goals](numbers.md#what-adds-up-and-goals)."
)
_TEXTS = (
    "A text in which [variables](#variables) and [live words](#live-words) may stand, or a text for each language: "
    "`{en: Reach, pt-BR: Alcance}`. A report has the text in its reader's locale, else in the language of that locale, "
    "else in another region's, else in the locale of the spec, else the first, and then warns with `W-LANGUAGE`."
)
_LIVE_WORDS = (
    "In any [text](#texts), and in the subject and the body of a mail, the name of a number in braces is the number "
    "as its card prints it, also where the number is hidden. The name of a table or a chart is an error, and so is a "
    "live word in the name of a file.\n\n"
    "No reader meets a missing value in a sentence. Where a word has none, because of a gap, a missing goal or a "
    "report that compares with nothing, the sentence with it is left out; where it stands in round brackets, these "
    "alone. `{spend} was spent ({spend.change} against {baseline.label}).` becomes `12,340 was spent.` So write in "
    "brackets, or as a sentence of its own, what may be missing. A sentence ends at a full stop, a question or an "
    "exclamation mark, at the same signs of other scripts, at an empty line, at `·` or `|` with spaces around it, in "
    "a list at the end of its item, and in a letter at the end of its line. It does not end within brackets, quotes, "
    "emphasis or links, nor behind an abbreviation or an initial: in doubt more is left out, and never half a "
    "sentence. A title of Markdown, or a line that ends in a colon, goes with the text that it announces; the cell of "
    "a table has a dash.\n\n"
    "A text of which nothing is left is as if it had not been written: a callout or a passage is left out, a section "
    "has no title, and a number, a column or a report the name that it has without a label; the subject of a mail is "
    "the title of the report. `W-LIVE` tells staff what is left out, the words and why they have no value; `--strict` "
    "then holds the report."
)
_PARTS_OF_NUMBERS = {
    "{spend}": "the value: 12,340",
    "{spend.baseline}": "the compared value: 11,016",
    "{spend.change}": "the change, with its sign: +12.0%",
    "{spend.moved}": "the change without its sign, for a sentence such as `fell by`: 12.0%",
    "{spend.change.same_period_last_year}": "the same of a further comparison; also of `.baseline` and `.moved`",
    "{spend.goal}": "the goal: 15,000",
}
_ACCOUNTS = (
    "The id of a customer integration, a list of several, or several by the names that tables print. In a fleet's CSV "
    "several stand in a cell with `|` between them, or each under a heading of its name, `sources.ads.Brazil`; see "
    "[Several accounts in one source](numbers.md#several-accounts-in-one-source)."
)
_OF_FRAGMENTS = """\
The file is read as if its lines stood in the spec: pictures and further includes start from the spec's folder, and
nothing outside that folder is read. It is a list: of sections where it stands among sections, of blocks where it
stands among blocks. `{with.NAME}` may stand in any value, in quotes; alone it keeps being a number, or `true` or
`false`; every name that is given has to be used, and the other way round. A `prefix` goes before the name and id of
each of its blocks, also where these name one another in formulas, trends, lists and summaries. What is wrong in it is
told with its own file and line. Files may include further ones, up to five deep, never themselves; a spec includes at
most a hundred.
"""
_OF_THEMES = """\
Font paths start from the theme's folder and stay below the spec's. A font is a static TTF or OTF file of at most 10 MB
that may be embedded; it travels inside the HTML and the PDF, cut down to the letters of the report, so its licence has
to allow both. Workbooks are set in the program's own font. [How to make a theme](recipes.md#a-theme-of-our-own).
"""
_START = """\
# Reference

<!-- Generated by `make docs` from the code. To change a description, change it where the key is defined. -->

Everything that can be written, called and read. [The tutorial](tutorial.md) is the way in, [recipes](recipes.md) say
how to get what you want. Your editor shows the same descriptions as you type, by the first line of the files that
`reportgen new` writes.

* [Spec](#spec), its [blocks](#blocks), and [what it includes](#include)
* [Client](#client)
* [Fleet](#fleet)
* [Theme](#theme)
* [Closed words](#closed-words): [formats](#formats), [periods](#periods), [texts](#texts),
  [live words](#live-words), [variables](#variables), ...
* [Commands](#commands), [exit codes](#exit-codes), [environment](#environment)
* [The report as JSON](#the-report-as-json), [run_results.json](#run_resultsjson)

In a table, `[]` in a key stands for each entry of a list and `NAME` for a name that you choose.
Where the default is empty, the key may be left out and nothing stands in its place.
"""


def reference() -> str:
    """Return the whole page."""
    parts = [
        _START,
        *(_file(kind) for kind in SCHEMAS),
        _closed_words(),
        _commands(),
        "## Exit codes\n\n" + exit_codes(),
        "## Environment\n\n" + _pairs("variable", VARIABLES_OF_THE_ENVIRONMENT),
        *_report_json(),
        *_run_results(),
    ]
    return "\n".join(parts)


def components() -> Iterator[tuple[str, type[Component]]]:
    """Yield each component under the word by which a block is told to be one."""
    for tagged in get_args(get_args(AnyBlock)[0]):
        model, tag = get_args(tagged)
        yield tag.tag.strip("<>"), model


def rows_of_file(kind: str) -> list[Row]:
    """Return every key of one kind of file; the blocks of a spec have tables of their own."""
    schema = SCHEMAS[kind].model_json_schema(by_alias=True)
    blocks = {model.__name__: "[blocks](#blocks)" for _, model in components()}
    return list(rows_of(schema, schema["$defs"], linked=blocks | _LINKED))


def rows_of_component(model: type[Component]) -> list[Row]:
    """Return the keys of one component that are its own, or have another default than in every block."""
    common = [*rows_of_every_block(), *(rows_of_every_metric() if issubclass(model, Metric) else ())]
    return [row for row in _rows_of_model(model) if row not in common]


def rows_of_every_block() -> list[Row]:
    """Return the keys that a block of every component may have."""
    return _rows_of_model(Component)


def rows_of_every_metric() -> list[Row]:
    """Return the keys that a block which asks for a metric may have besides, whatever its component."""
    common = rows_of_every_block()
    return [row for row in _rows_of_model(Metric) if row not in common]


def _rows_of_model(model: type[Component]) -> list[Row]:
    schema = model.model_json_schema(by_alias=True)
    return list(rows_of(schema, schema.get("$defs", {}), linked=_LINKED))


def _file(kind: str) -> str:
    parts = [
        f"## {kind.capitalize()}\n",
        f"{_first_line(SCHEMAS[kind])}\n",
        _yaml(FILES[kind]),
        table(rows_of_file(kind)),
    ]
    parts += [_include(), _blocks()] if kind == "spec" else [_OF_THEMES] if kind == "theme" else []
    return "\n".join(parts)


def _include() -> str:
    schema = IncludeSpec.model_json_schema(by_alias=True)
    return "\n".join(
        [
            "### Include\n",
            f"{_first_line(IncludeSpec)} It stands in place of a section or of a block.\n",
            _yaml(INCLUDE),
            table(list(rows_of(schema, {}, linked={}))),
            f"The file `{FRAGMENT_FILE}` of this example:\n",
            _yaml(FRAGMENT),
            _OF_FRAGMENTS,
        ]
    )


def _blocks() -> str:
    start = "A block is one of these, told apart by the one key or word in its title, and takes these keys beside it:\n"
    parts = ["## Blocks\n", start, _yaml(EVERY_BLOCK), table(rows_of_every_block())]
    for word, model in components():
        parts += [f"### `{word}`\n", f"{_first_line(model)}\n", _yaml(BLOCKS[word])]
        if own := rows_of_component(model):
            parts.append(table(own))
        if issubclass(model, Metric):
            parts.append("It also takes the keys of [every metric](#every-metric).\n")
    return "\n".join([*parts, _every_metric()])


def _every_metric() -> str:
    rows = rows_of_every_metric()
    passed = ", ".join(f"`{row.path}`" for row in rows if row.says == PASSED_ON)
    return (
        "### Every metric\n\nWhat a `number_v1`, a `chart_v1` and a `datatable_v1` take besides their own keys.\n\n"
        f"{table([row for row in rows if row.says != PASSED_ON])}\n"
        f"Keys of the API that are sent back exactly as they were copied: {passed}.\n"
    )


def _first_line(model: type) -> str:
    return (model.__doc__ or "").partition("\n")[0]


def _closed_words() -> str:
    return "\n".join(
        [
            "## Closed words\n\nAny other word is an error that names the nearest of these.\n",
            "### Formats\n\nA word, or a mapping such as `{as: currency, currency: USD, decimals: 2}`.\n",
            _pairs("word", {word: _UNITS[word] for word in get_args(UnitName)}),
            _mapping_of(FormatSpec),
            f"### Goals\n\n{_GOALS}\n",
            _mapping_of(GoalSpec),
            f"### Accounts\n\n{_ACCOUNTS}\n",
            f"### Directions\n\n{_listed(get_args(Direction))}\n",
            f"### Kinds of charts\n\n{_listed(get_args(WrittenKind))}\n",
            f"### Periods\n\n{_listed(PERIOD_WORDS)}, or {PERIOD_FORMS}\n",
            f"### Comparisons\n\n{_listed(COMPARE_WORDS)}, or YYYY-MM-DD..YYYY-MM-DD\n",
            "In a list two of them, the main comparison first: `[previous_period, same_period_last_year]`.\n",
            f"### Texts\n\n{_TEXTS}\n",
            f"### Live words\n\n{_LIVE_WORDS}\n",
            _pairs("word", _PARTS_OF_NUMBERS),
            f"### Variables\n\nIn a spec: {_listed(f'{{{one}}}' for one in VARIABLES)}.",
            f"In a fleet also {_listed(f'{{{one}}}' for one in FLEET_VARIABLES if one not in VARIABLES)}.",
            "In the text of letters also `{numbers}`: the report's headline numbers.",
            "`{{` is a plain brace; `check` warns of a known word in two braces, as other tools write it.\n",
            "### Why a value is missing\n",
            _pairs("word", {word: _MISSING[word] for word in get_args(Missing)}),
            "### Verdicts\n",
            _pairs("word", {word: _VERDICTS[word] for word in get_args(Verdict)}),
        ]
    )


def _mapping_of(model: type[YamlModel]) -> str:
    """Return the keys of the mapping of a value that may also be written shorter."""
    schema: Schema = model.model_json_schema(by_alias=True)
    written = next(one for one in schema["anyOf"] if "properties" in one)
    return table(list(rows_of(written, {}, linked={})))


def _commands() -> str:
    start = (
        "Each command also has `--help`, `-q` (results and errors only) and `-v` (say more). "
        "Paths and JSON go to stdout, everything said to a person to stderr.\n"
    )
    return "\n".join(["## Commands\n", start, *(command_text(name, command) for name, command in commands())])


def _report_json() -> Iterator[str]:
    """Yield the sections on a report's JSON, as `--format json` writes it and the PDF carries it."""
    schema = TypeAdapter(Report).json_schema(mode="serialization", by_alias=True)
    yield (
        "## The report as JSON\n\n`--format json` writes it, for staff: it holds the complete report. The PDF carries "
        "what is shown of it, unless `attach_data` is false. In place of a picture or a font stands its digest, "
        "`sha256:...`. "
        '`"schema": "reportgen.report/2"` stands in front. A period also has its `id` and its number of `days`, and '
        "a reading its `text` as the page prints it.\n"
    )
    yield from _definitions(schema, "Report JSON")


def _run_results() -> Iterator[str]:
    """Yield the sections on the record of a run."""
    schema = RunResults.model_json_schema(by_alias=True, mode="serialization")
    yield (
        "## run_results.json\n\nWhat came of a run, in its folder below `runs/`. Its JSON Schema is "
        "[`run_results.schema.json`](../report-specs/run_results.schema.json). What is not known is left out.\n"
    )
    yield from _definitions(schema, "Results")


def _definitions(schema: Schema, title: str) -> Iterator[str]:
    """Yield a table for an object and each object in it, linked to each other."""
    definitions = {name: one for name, one in schema["$defs"].items() if one.get("properties")}
    linked = {name: f"[{name}](#{title.lower().replace(' ', '-')}-{name.lower()})" for name in definitions}
    for name, one in {schema["title"]: schema, **definitions}.items():
        says = one.get("description", "").partition("\n")[0]
        rows = table(list(rows_of(one, schema["$defs"], linked=linked | {"JsonValue": "anything"})))
        yield f"### {title}: {name}\n\n{says}\n\n{rows}"


def _yaml(text: str) -> str:
    return f"```yaml\n{text}```\n"


def _listed(found: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in found)


def _pairs(heading: str, told: dict[str, str]) -> str:
    rows = [f"| `{word}` | {says} |" for word, says in told.items()]
    return "\n".join([f"| {heading} | what it is |", "|---|---|", *rows]) + "\n"
