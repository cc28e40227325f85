"""The command: exit codes, streams and what it prints."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from reportgen.cli import main
from reportgen.resources import examples_folder

SPEC = """\
version: 1
sources: {instagram: {integration: instagram_business}}
sections:
  - source: instagram
    blocks:
      - {name: reach, reference_key: "ig:reach", component: number_v1, metrics: [reach]}
"""
ANOTHER = """\
      - {name: likes, reference_key: "ig:likes", component: number_v1, metrics: [likes]}
"""
COMMANDS = (
    "render",
    "check",
    "plan",
    "demo",
    "doctor",
    "new",
    "preview",
    "import",
    "schema",
    "sandbox",
    "explain",
    "completion",
)


@pytest.fixture
def spec(tmp_path: Path) -> str:
    """Return the path of a small spec."""
    path = tmp_path / "social.yaml"
    path.write_text(SPEC)
    return str(path)


@pytest.fixture
def failing(spec: str, tmp_path: Path) -> tuple[str, str]:
    """Return a spec of two metrics, and answers that hold only one of them."""
    Path(spec).write_text(SPEC + ANOTHER)
    return spec, answers(tmp_path, {"likes": {"values": 5}})


def answers(folder: Path, payload: object) -> str:
    """Return the path of a file of answers."""
    path = folder / "answers.json"
    path.write_text(json.dumps(payload))
    return str(path)


def render(spec: str, answered: str, out: Path, *more: str) -> int:
    """Render a spec as JSON from recorded answers."""
    return main(
        ["render", spec, "--answers", answered, "--format", "json", "--out", str(out), "--as-of", "2026-11-03", *more]
    )


def test_render_prints_paths(spec: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Done: exit 0, the paths on stdout and nothing else."""
    assert render(spec, answers(tmp_path, {"reach": {"values": 5}}), tmp_path / "out") == 0
    captured = capsys.readouterr()
    assert captured.out == f"{tmp_path}/out/social-2026-10.json\n"
    assert captured.err == ""


def test_degraded_is_written_and_exits_1(
    failing: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A failed block: the file is there, staff is told on stderr, the exit code is 1."""
    assert render(*failing, tmp_path / "out") == 1
    captured = capsys.readouterr()
    assert (tmp_path / "out" / "social-2026-10.json").exists()
    assert "W-NOT-RETURNED" in captured.err
    assert "degraded" in captured.err


def test_strict_holds_it_back(failing: tuple[str, str], tmp_path: Path) -> None:
    """With --strict the same report goes to the held folder."""
    assert render(*failing, tmp_path / "out", "--strict") == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["held"]


def test_json_result(failing: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--json prints verdict, paths and warnings for programs."""
    render(*failing, tmp_path / "out", "--json", "-q")
    captured = capsys.readouterr()
    result = json.loads(captured.out)
    assert (result["verdict"], [warning["code"] for warning in result["warnings"]]) == ("degraded", ["W-NOT-RETURNED"])
    assert result["paths"] == [f"{tmp_path}/out/social-2026-10.json"]
    assert captured.err == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["render", "SPEC"], "--client"),
        (["render", "SPEC", "--sandbox", "--answers", "x"], "give one"),
        (["render", "SPEC", "--sandbox", "--format", "docx"], "docx is no format"),
        (["render", "SPEC", "--sandbox", "--period", ""], "is empty"),
        (["render", "SPEC", "--sandbox", "--as-of", "0001-01-01"], "outside the calendar"),
        (["render", "SPEC", "--calm", "--answers", "x"], "--calm is for --sandbox"),
        (["render", "SPEC", "--answers", ".", "--record", "x"], "asks nobody"),
        (["render", "SPEC", "--sandbox", "--cache", "soon"], "is no length of time"),
        (["render", "SPEC", "--sandbox", "--locale", "english"], "no locale"),
        (["render", "SPEC", "--sandbox", "--as-of", "yesterday"], "'yesterday' is no day; write year, month and day"),
        (["render", "SPEC", "--sandbox", "--as-of", "01/11/2026"], "is no day; write 2026-11-01 or 2026-01-11"),
        (["render", "SPEC", "--sandbox", "--period", "last_mont"], "last_mont"),
        (["render", "SPEC", "--sandbox", "--compare", "last_year"], "last_year"),
        (["render", "none.yaml", "--sandbox"], "none.yaml"),
        (["check", "none.yaml"], "none.yaml"),
        (["schema", "report"], "report"),
        (["nonsense"], "nonsense"),
        (["import", "none.json", "-o", "x.yaml"], "none.json"),
    ],
)
def test_wrong_usage_exits_2(spec: str, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    """What the caller wrote wrongly is named, on stderr."""
    assert main([spec if argument == "SPEC" else argument for argument in arguments]) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""


def test_check_tells_every_problem_of_every_file(spec: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A good file is ok on stdout; problems are lines an editor can jump to, and the code is 2."""
    bad = tmp_path / "bad.yaml"
    bad.write_text(SPEC.replace("version: 1", "version: 2") + "perod: x\n")
    assert main(["check", spec, str(bad)]) == 2
    captured = capsys.readouterr()
    assert captured.out == f"{spec}: ok\n"
    assert [line.split(": ")[0] for line in captured.err.splitlines()] == [f"{bad}:1:10", f"{bad}:7:1"]


def test_missing_tokens_exit_3(
    spec: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client whose token variable is not set cannot ask."""
    monkeypatch.delenv("NO_SUCH_TOKEN", raising=False)
    client = tmp_path / "client.yaml"
    client.write_text(
        "version: 1\nname: A\napi: {token: {env: NO_SUCH_TOKEN}, customer_token: {env: NO_SUCH_TOKEN}}\n"
        "sources: {instagram: 4addc0da-8583-4dbb-a0e9-c7e2e8470f50}\n"
    )
    assert main(["render", spec, "--client", str(client), "--out", str(tmp_path / "out")]) == 3
    assert "NO_SUCH_TOKEN" in capsys.readouterr().err


def test_unwritable_place_exits_1(spec: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A full or forbidden place is told with its path."""
    (tmp_path / "out").write_text("a file")
    assert render(spec, answers(tmp_path, {"reach": {"values": 5}}), tmp_path / "out" / "october") == 1
    assert "cannot be written" in capsys.readouterr().err


def test_plan_sends_nothing(spec: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The exact request is printed, and no server is needed."""
    monkeypatch.setenv("REPORTGEN_API_URL", "http://127.0.0.1:9/api")
    assert main(["plan", spec, "--as-of", "2026-11-03", "--json"]) == 0
    (request,) = json.loads(capsys.readouterr().out)
    assert set(request) == {"source", "window", "method", "url", "body"}
    assert (request["body"]["start"], request["body"]["end"]) == ("2026-10-01", "2026-10-31")
    assert set(request["body"]["metrics"][0]) == {"id", "reference_key", "component", "metrics"}


def test_import_then_render(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A payload becomes a spec that is not overwritten and can be rendered."""
    payload, made = tmp_path / "payload.json", tmp_path / "made.yaml"
    payload.write_text(json.dumps([{"reference_key": "ig:reach", "component": "number_v1", "metrics": ["reach"]}]))
    assert main(["import", str(payload), "-o", str(made)]) == 0
    assert main(["import", str(payload), "-o", str(made)]) == 2
    assert main(["render", str(made), "--sandbox", "--calm", "--format", "json", "--out", str(tmp_path), "-q"]) == 0
    assert "exists" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["spec", "client", "fleet"])
def test_schema_prints_json(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The schema goes to stdout, for a file or an editor."""
    assert main(["schema", kind]) == 0
    assert json.loads(capsys.readouterr().out)["type"] == "object"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each shell gets its script."""
    assert main(["completion", shell]) == 0
    assert "_REPORTGEN_COMPLETE" in capsys.readouterr().out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each command says what it does, in lines that a terminal of 80 columns does not break."""
    assert main([command, "--help"]) == 0
    out = capsys.readouterr().out
    assert "Usage: reportgen" in out
    assert max(map(len, out.splitlines())) < 80


def test_exit_codes_stand_on_lines_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    """The help of the group is set as it was written."""
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert "\\b" not in out
    assert "4 another run works in the folder; 5 a system library is missing;\n" in out
    assert max(map(len, out.splitlines())) < 80


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """--version names the program and its version."""
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("reportgen, version ")


def test_a_closed_pipe_is_quiet() -> None:
    """F20: `reportgen schema | head -1` ends without a traceback, with the code of other programs, which is not 0."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "reportgen", "schema", "spec"]
    done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.thorough
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_signals_end_it_with_their_code(spec: str, tmp_path: Path, number: signal.Signals, code: int) -> None:
    """A command that waits for a server which never answers ends at once, without a traceback."""
    client = tmp_path / "client.yaml"
    client.write_text(
        "version: 1\nname: A\napi: {token: {env: TOKEN}, customer_token: {env: TOKEN}}\n"
        "sources: {instagram: 4addc0da-8583-4dbb-a0e9-c7e2e8470f50}\n"
    )
    with socket.create_server(("127.0.0.1", 0)) as server:
        environment = {"REPORTGEN_API_URL": f"http://127.0.0.1:{server.getsockname()[1]}/api", "TOKEN": "not-secret"}
        interruptible = (  # a runner in the background ignores SIGINT, and so would the command
            "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
            "from reportgen.cli import main; raise SystemExit(main())"
        )
        command = [sys.executable, "-c", interruptible, "render", spec]
        command += ["--client", str(client), "--out", str(tmp_path)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment}) as process:
            connection, _ = server.accept()
            with connection:
                connection.recv(1)  # the request is under way
                process.send_signal(number)
                assert process.wait(10) == code
            assert process.stderr is not None
            assert process.stderr.read().strip() == ""  # click ends the line that ^C was typed on


@pytest.mark.thorough
def test_demo_is_a_render_of_an_example(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The demo makes the same bytes as rendering the shipped example from the sandbox."""
    folder = examples_folder()
    options = ["--as-of", "2026-11-03", "-q"]
    assert main(["demo", "--out", str(tmp_path / "demo"), *options]) == 0
    rendered = ["render", str(folder / "showcase.yaml"), "--client", str(folder / "showcase.client.yaml")]
    assert main([*rendered, "--sandbox", "--calm", "--out", str(tmp_path / "render"), *options]) == 0
    one, two = (sorted((tmp_path / name).iterdir()) for name in ("demo", "render"))
    assert [path.suffix for path in one] == [".html", ".pdf", ".xlsx"]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    assert len(capsys.readouterr().out.splitlines()) == 6


def test_demo_warns_of_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first command of a newcomer prints three paths, and no warning about an example that is not theirs."""
    assert main(["demo", "--out", str(tmp_path)]) == 0
    printed = capsys.readouterr()
    assert (len(printed.out.splitlines()), printed.err) == (3, "")


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("nl", ":2:9: locale: warning: the fixed words have no catalogue for 'nl' and are English"),
        ("pt-PT", ":2:9: locale: warning: the fixed words for 'pt-PT' are those of pt_BR"),
        ("pt-BR", ""),
        ("es-MX", ""),
        ("de-AT", ""),
        ("fr-CA", ""),
        ("en-GB", ""),
    ],
)
def test_check_says_which_words_a_locale_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], locale: str, said: str
) -> None:
    """A locale without words of its own is a warning, not an error."""
    path = tmp_path / "spoken.yaml"
    path.write_text(SPEC.replace("version: 1\n", f"version: 1\nlocale: {locale}\n"))
    assert main(["check", str(path)]) == 0
    captured = capsys.readouterr()
    assert captured.out == f"{path}: ok\n"
    assert (said in captured.err) if said else captured.err == ""


def test_render_takes_a_pdf_variant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--pdf-variant` reaches the file, goes together with `--plain`, and is refused where no PDF is made."""
    spec = tmp_path / "words.yaml"
    spec.write_text("version: 1\npdf_variant: pdf/a-3u\nsections: [{title: Words, blocks: [{text: Well done.}]}]\n")
    arguments = ["render", str(spec), "--sandbox", "--as-of", "2026-11-03", "--out", str(tmp_path), "--format"]
    said = {}
    for variant in ("", "pdf/ua-1"):
        assert main([*arguments, "pdf", "--plain", *(["--pdf-variant", variant] if variant else [])]) == 0
        with pikepdf.open(tmp_path / "words-2026-10.pdf") as pdf:
            xmp = pdf.open_metadata()
            said[variant] = (xmp.get("pdfaid:part"), xmp.get("pdfuaid:part"))
    assert said == {"": ("3", None), "pdf/ua-1": (None, "1")}
    capsys.readouterr()
    assert main([*arguments, "html", "--pdf-variant", "pdf/ua-1"]) == 2
    assert "add pdf to --format" in capsys.readouterr().err


def test_plan_counts_the_request_of_a_second_comparison(spec: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Two words with a comma between; each of the days is printed, and a third word is wrong usage."""
    words = "previous_period,same_period_last_year"
    assert main(["plan", spec, "--compare", words, "--as-of", "2026-11-03"]) == 0
    captured = capsys.readouterr()
    first, second = captured.out.splitlines()
    assert first.endswith("2026-10-01..2026-10-31, compared with 2026-09-01..2026-09-30")
    assert second.endswith("2025-10-01..2025-10-31")
    assert captured.err == "reportgen: 2 requests\n"
    assert main(["plan", spec, "--compare", f"{words},previous_month"]) == 2
    assert "compare has 3 comparisons; a report has room for 2 at most" in capsys.readouterr().err


def test_check_warns_of_days_that_are_not_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A spec may be written before its period; until a day of it is over, render refuses it in the same words."""
    spec = tmp_path / "spec.yaml"
    spec.write_text("version: 1\nperiod: 2027-01\nsections: [{blocks: [{text: Hello.}]}]\n")
    said = "period '2027-01' starts on 2027-01-01 and has no finished day on 2026-11-03"
    assert main(["check", str(spec), "--as-of", "2026-11-03"]) == 0
    assert f"{spec}: warning: {said}" in capsys.readouterr().err
    assert main(["render", str(spec), "--sandbox", "--as-of", "2026-11-03", "--out", str(tmp_path)]) == 2
    assert said in capsys.readouterr().err
    assert main(["check", str(spec), "--as-of", "2027-02-03"]) == 0
    assert capsys.readouterr().err == ""
