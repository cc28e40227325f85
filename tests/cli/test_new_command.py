"""`new`: what is begun is written as a person would, and passes `check`, whichever way it was begun."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen import load_client, load_spec
from reportgen.cli import main
from reportgen.cli.prompts import QUESTIONS
from reportgen.spec.loading import fleet_of
from reportgen.spec.report_spec import DEFAULT_ZONE
from reportgen.spec.theme import load_theme, theme_of
from reportgen.spec.yaml_reader import read_yaml
from reportgen.titles import INTEGRATIONS
from tests.canaries import CUSTOMER, TOKEN
from tests.faultserver import routed, serving

if TYPE_CHECKING:
    from collections.abc import Sequence

ONE = "4addc0da-8583-4dbb-a0e9-c7e2e8470f50"
CLIENT = f"""\
version: 1
name: A
api: {{token: {{env: TEST_TOKEN}}, customer_token: {{env: TEST_CUSTOMER}}}}
sources: {{instagram: {ONE}}}
"""
PAYLOAD = [
    {"reference_key": "ig:reach", "component": "number_v1", "metrics": ["reach"]},
    {"reference_key": "ig:video", "component": "video_v9", "metrics": ["plays"]},
]
SETUP = {"metrics": {"reach": {"label": "People: reached"}}, "dimensions": {}}


@pytest.fixture(autouse=True)
def _there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder, with a client's tokens in the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TEST_TOKEN", TOKEN)
    monkeypatch.setenv("TEST_CUSTOMER", CUSTOMER)
    monkeypatch.delenv("REPORTGEN_API_URL", raising=False)


def begin(kind: str, *arguments: str) -> int:
    """Begin a file where there is no terminal."""
    return main(["new", kind, *arguments])


def answer(kind: str, *arguments: str, answers: Sequence[str]) -> str:
    """Begin a file in a terminal; type each answer and a return; return what the terminal shows."""
    ours, theirs = os.openpty()
    typed = "".join(f"{one}\n" for one in answers).encode()
    os.write(ours, typed)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "reportgen", "new", kind, *arguments],
            stdin=theirs,
            capture_output=True,
            text=True,
            check=True,
        )
    finally:
        os.close(ours)
        os.close(theirs)
    return done.stderr


def is_accepted(file: str) -> bool:
    """Tell whether `check` accepts a file, and an editor would know its schema."""
    kind = Path(file).stem
    first = Path(file).read_text().splitlines()[0]
    return main(["check", file]) == 0 and first == f"# yaml-language-server: $schema={kind}.schema.json"


@pytest.mark.parametrize("kind", sorted({slug for slug, _ in INTEGRATIONS.values()}))
def test_a_spec_of_any_integration(kind: str) -> None:
    """Each integration that is known begins a spec that passes, with its usual metrics or the way to get them."""
    assert begin("spec", "spec.yaml", "--integration", kind) == 0
    assert is_accepted("spec.yaml")
    text = Path("spec.yaml").read_text()
    assert "reference_key: " in text or "reportgen import payload.json" in text


def test_a_spec_of_several_accounts() -> None:
    """Two accounts of a kind have names of their own, and so have their blocks; none shows a metric of another."""
    kinds = ("instagram_business", "google_ads", "facebook", "google_analytics_4", "instagram_business")
    options = [word for kind in kinds for word in ("--integration", kind)]
    texts = ["--title", 'Q: "{client.name}" # {period.label}', "--agency", "no", "--locale", "pt-BR", "--theme", "ink"]
    assert begin("spec", "spec.yaml", *options, *texts) == 0
    assert is_accepted("spec.yaml")
    spec = load_spec("spec.yaml")
    assert [section.source for section in spec.sections] == [*kinds[:4], "instagram_business_2"]
    assert (spec.title, spec.agency.name, spec.theme) == ('Q: "{client.name}" # {period.label}', "no", "ink")
    names = [block.name for section in spec.sections for block in section.blocks if block.name]
    assert len(names) == len(set(names))
    assert {"reach", "instagram_business_2_reach", "ad_clicks"} <= set(names)


def test_an_integration_without_a_starter_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    """Its section is empty until a payload is imported, and the command says so."""
    assert begin("spec", "spec.yaml", "--integration", "google_ads", "--integration", "youtube") == 0
    said = capsys.readouterr().err
    assert "youtube: its metrics are not known here; the file says how to import them" in said
    assert "google_ads:" not in said


def test_a_spec_that_was_begun_renders() -> None:
    """Every metric of it is one that the API has, so that the sandbox fills it."""
    assert begin("spec", "spec.yaml", "--integration", "google_ads", "--integration", "instagram_business") == 0
    assert main(["render", "spec.yaml", "--sandbox", "--calm", "--format", "json", "--out", "out", "-q"]) == 0


def test_a_spec_of_a_payload(capsys: pytest.CaptureFixture[str]) -> None:
    """It is what `import` makes of it; what cannot be drawn is told."""
    Path("payload.json").write_text(json.dumps(PAYLOAD))
    Path("setup.json").write_text(json.dumps(SETUP))
    assert begin("spec", "spec.yaml", "--payload", "payload.json", "--setup", "setup.json") == 0
    assert is_accepted("spec.yaml")
    assert "left out: ig:video" in capsys.readouterr().err
    assert main(["import", "payload.json", "--setup", "setup.json", "-o", "imported.yaml"]) == 0
    assert Path("spec.yaml").read_text() == Path("imported.yaml").read_text()


def test_a_spec_of_what_a_client_has_connected(monkeypatch: pytest.MonkeyPatch) -> None:
    """The API is asked with the client's tokens; the account is named beside its source."""
    Path("a.yaml").write_text(CLIENT)
    with serving(routed({})) as server:
        monkeypatch.setenv("REPORTGEN_API_URL", server.address)
        assert begin("spec", "spec.yaml", "--client", "a.yaml") == 0
    assert [hit.path for hit in server.hits] == ["/api/customer-integrations"]
    assert is_accepted("spec.yaml")
    assert "# @bakery, instagram_business, active" in Path("spec.yaml").read_text()


def test_a_spec_and_a_client_of_the_sandbox_fit() -> None:
    """All fifteen accounts of the sandbox are in both, under the same names, so that the one renders for the other."""
    assert begin("spec", "spec.yaml", "--sandbox") == 0
    assert begin("client", "client.yaml", "--name", "Aurora", "--sandbox") == 0
    assert is_accepted("spec.yaml")
    assert is_accepted("client.yaml")
    assert main(["check", "spec.yaml", "--client", "client.yaml"]) == 0
    assert set(load_spec("spec.yaml").sources) == set(load_client("client.yaml").sources)


def test_a_client_by_options() -> None:
    """Names that YAML could misread are quoted, and what was said stands in the file."""
    texts = ["--name", "no: #1 {x}", "--slug", "aurora", "--locale", "pt-BR", "--currency", "BRL", "--timezone", "UTC"]
    assert begin("client", "client.yaml", *texts, "--source", f"ads={ONE}", "--token-env", "AGENCY") == 0
    assert is_accepted("client.yaml")
    client = load_client("client.yaml")
    assert (client.name, client.id, client.locale, client.currency) == ("no: #1 {x}", "aurora", "pt-BR", "BRL")
    assert client.api is not None
    assert (client.api.token.env, client.api.customer_token.env) == ("AGENCY", "NO_1_X_CUSTOMER_TOKEN")
    assert str(client.sources["ads"]) == ONE


def test_a_client_with_what_it_has_connected(monkeypatch: pytest.MonkeyPatch) -> None:
    """S01: `--online` asks with the variables that the options name, and writes none of what they hold."""
    with serving(routed({})) as server:
        monkeypatch.setenv("REPORTGEN_API_URL", server.address)
        tokens = ["--token-env", "TEST_TOKEN", "--customer-token-env", "TEST_CUSTOMER"]
        assert begin("client", "client.yaml", "--name", "Ünïtÿ 東京", *tokens, "--online") == 0
    assert (server.hits[0].token, server.hits[0].customer_token) == (TOKEN, CUSTOMER)
    assert is_accepted("client.yaml")
    assert f"instagram_business: {ONE}" in Path("client.yaml").read_text()


def test_a_fleet_by_options(capsys: pytest.CaptureFixture[str]) -> None:
    """What it names has to be there, or nothing is written."""
    named = ["--spec", "social.yaml", "--spec", "ads.yaml", "--clients", "clients/*.yaml", "--format", "html,pdf"]
    assert begin("fleet", "fleet.yaml", *named) == 2
    assert "there is no file 'social.yaml' beside the fleet" in capsys.readouterr().err
    assert not Path("fleet.yaml").exists()
    for name in ("social.yaml", "ads.yaml"):
        assert begin("spec", name, "--integration", "google_ads") == 0
    Path("clients").mkdir()
    assert begin("client", "clients/a.yaml", "--name", "A", "--source", f"google_ads={ONE}") == 0
    assert begin("fleet", "fleet.yaml", *named) == 0
    assert is_accepted("fleet.yaml")
    assert [report.spec for report in fleet_of(read_yaml(Path("fleet.yaml"))).reports] == ["social.yaml", "ads.yaml"]


def test_a_theme_by_options() -> None:
    """It is accepted as it stands and when a colour in it is taken up; a spec beside it may name it."""
    assert begin("theme", "looks/theme.yaml", "--extends", "terra", "--accent", "#0B5D4E") == 0
    assert is_accepted("looks/theme.yaml")
    text = Path("looks/theme.yaml").read_text()
    others = load_theme("paper").colors.keys() - {"accent"}
    assert all(f"# {name}:" in text for name in others)
    Path("looks/theme.yaml").write_text(text.replace("# ink-2:", "ink-2:"))
    assert main(["check", "looks/theme.yaml"]) == 0
    assert begin("spec", "spec.yaml", "--integration", "google_ads", "--theme", "looks/theme.yaml") == 0
    assert theme_of(load_spec("spec.yaml")).theme.colors["accent"] == "#0B5D4E"


def test_questions_of_a_spec() -> None:
    """In a terminal what is missing is asked for; a wrong answer is asked again; a return takes the default."""
    answers = ["instagram_business, google_ads", "", "Studio Norte", "english", "es", "", "", "terra"]
    shown = answer("spec", "spec.yaml", answers=answers)
    assert "Error: 'english' is no locale" in shown
    assert is_accepted("spec.yaml")
    spec = load_spec("spec.yaml")
    assert (list(spec.sources), spec.locale, spec.period, spec.theme) == (
        ["instagram_business", "google_ads"],
        "es",
        "last_month",
        "terra",
    )


def test_questions_of_a_client() -> None:
    """Accounts are asked for one by one until there is none more; one that is wrong is asked again."""
    answers = ["Padaria Aurora", "", "", "BRL", "", "", "", "ads=1", f"ads={ONE}", ""]
    assert "Error: 'ads=1' is no account" in answer("client", "client.yaml", answers=answers)
    assert is_accepted("client.yaml")
    client = load_client("client.yaml")
    assert (client.id, client.currency, list(client.sources)) == ("padaria-aurora", "BRL", ["ads"])


def test_questions_of_a_fleet() -> None:
    """The same for a fleet; what an option says is not asked."""
    assert begin("spec", "social.yaml", "--integration", "google_ads") == 0
    assert begin("client", "a.yaml", "--name", "A", "--source", f"google_ads={ONE}") == 0
    answer("fleet", "fleet.yaml", "--period", "2026-10", answers=["social.yaml", "a.yaml", ""])
    assert is_accepted("fleet.yaml")
    assert fleet_of(read_yaml(Path("fleet.yaml"))).period == "2026-10"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["spec", "x.yaml"], "write --integration"),
        (["client", "x.yaml"], "write --name"),
        (["fleet", "x.yaml"], "write --spec and --clients"),
        (["spec", "x.yaml", "--integration", "instagram_busines"], "did you mean 'instagram_business'?"),
        (["spec", "x.yaml", "--integration", "google_ads", "--period", "last_mont"], "did you mean 'last_month'?"),
        (["spec", "x.yaml", "--integration", "google_ads", "--theme", "pink"], "--theme: "),
        (["spec", "x.yaml", "--integration", "google_ads", "--title", "{client}"], "is no variable"),
        (["spec", "x.yaml", "--integration", "google_ads", "--title", ""], "--title: is empty"),
        (["spec", "x.yaml", "--integration", "google_ads", "--sandbox"], "three ways to begin"),
        (["spec", "x.yaml", "--integration", "google_ads", "--setup", "y"], "--setup goes with --payload"),
        (["spec", "x.yaml", "--payload", "p.json", "--theme", "ink"], "leave out --theme"),
        (["spec", "x.yaml", "--payload", "p.json"], "p.json"),
        (["client", "x.yaml", "--name", "A", "--source", "ads"], "is no account"),
        (["client", "x.yaml", "--name", "A", "--source", f"Ads Main={ONE}"], "nothing was written"),
        (["client", "x.yaml", "--name", "A", "--currency", "reais"], "an ISO code of three capital letters"),
        (["client", "x.yaml", "--name", "A", "--token-env", "a-token"], "never the token itself"),
        (["fleet", "x.yaml", "--format", "docx"], "docx is no format"),
        (["theme", "x.yaml", "--extends", "papr"], "did you mean 'paper'?"),
        (["theme", "x.yaml", "--accent", "green"], "a colour such as"),
        (["theme", "x.yaml", "--accent", "#FFFFF0"], "nothing was written"),
    ],
)
def test_what_cannot_be_begun(capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    """Exit 2 with what to write instead; nothing is asked where there is no terminal, and nothing is written."""
    assert main(["new", *arguments]) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""
    assert not Path("x.yaml").exists()


def test_nothing_is_replaced_by_accident(capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is there stays, unless --force says otherwise; -q says no more than the path."""
    Path("client.yaml").write_text("mine")
    assert begin("client", "client.yaml", "--name", "A") == 2
    assert "--force" in capsys.readouterr().err
    assert Path("client.yaml").read_text() == "mine"
    assert begin("client", "client.yaml", "--name", "A", "--force", "-q") == 0
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("client.yaml\n", "")


def test_what_comes_next_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """The next command, and how an editor gets the schema where it is not beside the file."""
    assert begin("spec", "spec.yaml", "--integration", "google_ads") == 0
    assert capsys.readouterr().err == (
        "reportgen: next: reportgen preview spec.yaml --sandbox\n"
        "reportgen: for completion in editors: reportgen schema spec > spec.schema.json\n"
    )


def test_a_client_of_the_sandbox_needs_no_token(capsys: pytest.CaptureFixture[str]) -> None:
    """What comes next is a report from the sandbox, not a check of tokens that nobody has."""
    assert begin("client", "client.yaml", "--name", "A", "--sandbox") == 0
    assert "next: reportgen render SPEC --client client.yaml --sandbox\n" in capsys.readouterr().err
    assert load_client("client.yaml").sources.keys() >= {"instagram_business", "google_ads"}


def test_the_zone_that_is_offered_is_the_specs() -> None:
    """A client has days as a spec without a client has them."""
    assert QUESTIONS["timezone"].default == DEFAULT_ZONE
