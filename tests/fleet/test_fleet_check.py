"""`check FLEET` finds what a run would stumble over, before the night in which it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.cli import main
from reportgen.errors import ConfigurationError
from reportgen.fleet.fleet_check import check_fleet
from reportgen.fleet.fleet_run import plan_fleet, run_fleet
from reportgen.spec.checking import check_file
from tests.fleet.files import FLEET, SPEC, account, write_fleet

if TYPE_CHECKING:
    from pathlib import Path

MAIL = """\
deliver:
  to:
    - email: {to: "{client.email}", subject: "{title}", body: mail.txt, server: {env: FLEET_SMTP}}
"""


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLEET_TOKEN", "an-account-token")
    monkeypatch.setenv("FLEET_CUSTOMER", "a-customer-token")
    monkeypatch.setenv("FLEET_SMTP", "smtps://user:password@mail.example")


def found(fleet: Path) -> list[str]:
    """Return the problems of a fleet, its folder left out."""
    problems = check_fleet(fleet, check_file(fleet)).problems
    return [str(one).replace(f"{fleet.parent}/", "") for one in problems]


def with_clients(folder: Path, *clients: str, fleet: str = "", spec: str = SPEC) -> Path:
    """Write a fleet whose clients are files, with lines of their own."""
    file = write_fleet(folder, 1, FLEET.replace("clients.csv", '"clients/*.yaml"') + fleet)
    (folder / "social.yaml").write_text(spec)
    (folder / "clients").mkdir()
    for number, lines in enumerate(clients):
        head = f"version: 1\nname: Client {number}\nemail: c{number}@client.example\n"
        sources = f"sources: {{instagram: {account(number)}}}\n"
        (folder / "clients" / f"{number}.yaml").write_text(head + sources + lines)
    return file


def test_a_sound_fleet_is_ok(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is found where nothing is wrong, and nothing is written."""
    file = with_clients(tmp_path, "", "locale: pt-BR\n", fleet=MAIL)
    (tmp_path / "mail.txt").write_text("Hello {client.name}")
    before = sorted(tmp_path.rglob("*"))
    assert main(["check", str(file)]) == 0
    assert capsys.readouterr() == (f"{file}: ok\n", "")
    assert sorted(tmp_path.rglob("*")) == before


def test_logos_and_pictures_are_looked_at(tmp_path: Path) -> None:
    """Of the agency, of each client and of blocks, with the line where they are named; all at once."""
    spec = SPEC.replace("sections:", "agency: {name: Norte, logo: images/norte.svg}\nsections:")
    spec += "      - {image: images/team.png, alt: The team, name: team}\n"
    file = with_clients(tmp_path, "brand: {logo: none.svg}\n", "brand:\n  logo: bad.png\n", spec=spec)
    (tmp_path / "clients" / "bad.png").write_bytes(b"\x89PNG\r\n\x1a\n and nothing more")
    logo, damaged, agency, team = found(file)
    assert logo.startswith("clients/0.yaml:5:15: brand.logo: clients/none.svg: there is no such file")
    assert damaged.startswith("clients/1.yaml:6:9: brand.logo: clients/bad.png: is a damaged PNG file")
    assert agency.startswith("social.yaml:7:29: agency.logo: images/norte.svg: there is no such file")
    assert team.startswith("social.yaml:13:17: sections.0.blocks.1.image: images/team.png: there is no such file")


def test_words_of_each_client_are_looked_at(tmp_path: Path) -> None:
    """A file of words that one client lacks is found, unless it may be missing."""
    words = "      - {{text: {{file: 'words/{{client.slug}}.md', optional: {0}}}, name: note}}\n"
    file = with_clients(tmp_path, "", "", spec=SPEC + words.format("false"))
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "client-0.md").write_text("Well done, {client.name}.")
    assert found(file) == ["social.yaml: words/client-1.md: there is no such file"]
    (tmp_path / "social.yaml").write_text(SPEC + words.format("true"))
    assert found(file) == []


@pytest.mark.parametrize("server", ["", "smtps://user:password@mail.example", "no server"])
def test_addresses_are_looked_at_whatever_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: str
) -> None:
    """The server is often known on another machine alone; an address that is missing is missing everywhere."""
    monkeypatch.setenv("FLEET_SMTP", server)
    file = with_clients(tmp_path, "", fleet=MAIL)
    (tmp_path / "mail.txt").write_text("Hello")
    client = tmp_path / "clients" / "0.yaml"
    client.write_text(client.read_text().replace("email: c0@client.example\n", ""))
    assert any("client-0: has no address for e-mail; write email: in its client file" in one for one in found(file))
    client.write_text(f'{client.read_text()}email: "ana@x.example\\nRui Lima <rui@x.example>"\n')
    assert any(
        "client-0: 'ana@x.example\\nRui Lima <rui@x.example>' has an @ in the name" in one for one in found(file)
    )


@pytest.mark.parametrize("key", ["from", "reply_to"])
def test_the_fleets_own_addresses_are_looked_at_whatever_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    """Two addresses where a letter has one are found before the server is known."""
    monkeypatch.delenv("FLEET_SMTP", raising=False)
    file = with_clients(
        tmp_path, "", fleet=MAIL.replace("server:", f"{key}: 'ana@x.example Rui <r@x.example>', server:")
    )
    (tmp_path / "mail.txt").write_text("Hello")
    assert any(f"deliver.to.email.{key}: 'ana@x.example Rui <r@x.example>' has an @" in one for one in found(file))


def test_a_chart_that_no_answer_suits_is_a_warning(tmp_path: Path) -> None:
    """A form that cannot be drawn is named once, at its line in the spec, however many clients have it."""
    chart = '{component: chart_v1, reference_key: "ig:a", metrics: [reach], dimensions: [media_type], kind: pie}'
    file = with_clients(tmp_path, "", "", spec=f"{SPEC}      - {chart}\n")
    warnings = check_fleet(file, check_file(file)).warnings
    assert [(one.line, one.place) for one in warnings] == [(12, "sections.0.blocks.1.kind")]
    assert "whether parts of reach make a whole" in warnings[0].message


def test_a_goal_for_no_number_is_a_warning(tmp_path: Path) -> None:
    """In a client's file or the heading of a list; a goal for a number of another of the client's specs is none."""
    file = with_clients(tmp_path, "goals: {reech: 5, reach: 7}\n", "goals: {reach: 5}\n")
    (warning,) = check_fleet(file, check_file(file)).warnings
    text = str(warning).replace(f"{tmp_path}/", "")
    assert text.startswith("clients/0.yaml:5:9: goals.reech: warning: 'reech' is no number of the client's specs")
    assert text.endswith("so the goal has no effect; did you mean 'reach'? [W-GOAL]")
    (tmp_path / "more.yaml").write_text(SPEC + "slip: 1\n")  # what cannot be read may be what the goal is for
    file.write_text(
        file.read_text().replace("reports:\n", "reports:\n  - {spec: more.yaml, clients: 'clients/0.yaml'}\n")
    )
    assert check_file(file).warnings == ()
    (tmp_path / "more.yaml").write_text(SPEC.replace("name: reach", "name: reech"))
    assert check_fleet(file, check_file(file)).warnings == ()


def test_values_of_clients_that_yaml_misreads_are_warnings(tmp_path: Path) -> None:
    """As where the client's file is checked alone."""
    file = with_clients(tmp_path, "footer: Shop #1\n")
    (warning,) = check_fleet(file, check_file(file)).warnings
    text = str(warning).replace(f"{tmp_path}/", "")
    assert text.startswith("clients/0.yaml:5:9: footer: warning: '#1' is a comment in YAML, and lost;")


def test_letters_are_read_in_every_language(tmp_path: Path) -> None:
    """An unknown variable is found with its line, also in a language that no client reads yet; other files are left."""
    file = with_clients(tmp_path, "", fleet=MAIL)
    (tmp_path / "mail.txt").write_text("Hello {client.name},\n\nyou spent {spend}.\n{oops\n")
    (tmp_path / "mail.pt-BR.txt").write_text("Olá {reach.change} {cliente}")
    (tmp_path / "mail.before-easter.txt").write_text("{whatever}")
    portuguese, spent, oops = found(file)
    assert portuguese.startswith("mail.pt-BR.txt:1:1: {cliente} is no variable")
    assert spent.startswith("mail.txt:3:1: {spend} is no variable")
    assert oops.startswith("mail.txt:4:1: the brace before 'oops' is not closed")
    (tmp_path / "mail.txt").unlink()
    assert "mail.txt: cannot be read: No such file or directory" in found(file)


def test_headline_numbers_that_no_spec_has_are_found(tmp_path: Path) -> None:
    """A letter would be sent without them, and nobody would be told."""
    (tmp_path / "mail.txt").write_text("Hello")
    file = with_clients(tmp_path, "", fleet=MAIL.replace("body: mail.txt", "body: mail.txt, numbers: [reach, reech]"))
    (problem,) = found(file)
    assert problem.endswith("email.numbers: 'reech' is no number of a spec; did you mean 'reach'?")


def test_what_a_run_refuses_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Servers, folders, addresses of webhooks: what a run refuses, by the same words; and what fails a client in it."""
    ways = '    - folder: "../{client.slug}"\n    - webhook: {url: "ftp://x", secret: {env: FLEET_TOKEN}}\n'
    file = with_clients(tmp_path, "", "api: {customer_token: {env: TWO_WORDS}}\n", fleet=MAIL + ways)
    client = tmp_path / "clients" / "0.yaml"
    client.write_text(client.read_text().replace("c0@client.example", "nobody"))
    (tmp_path / "mail.txt").write_text("Hello")
    monkeypatch.setenv("TWO_WORDS", "two words")
    problems = found(file)
    with pytest.raises(ConfigurationError) as refused:
        run_fleet(plan_fleet(file, out=tmp_path / "out"), delivers=True)
    said = str(refused.value).replace(f"{tmp_path}/", "").splitlines()
    assert set(said) < set(problems)
    own = sorted(set(problems) - set(said))
    assert [line.partition(": ")[0] for line in own] == ["clients/1.yaml", "fleet.yaml"]
    assert "the customer token holds a blank" in own[0]
    assert "client-0: 'nobody' is no address" in own[1]


def test_a_secret_that_is_elsewhere_is_no_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Variables that are not set here are named in one warning; the letters are read all the same."""
    file = with_clients(tmp_path, "fetch: async\n", "", fleet=MAIL)
    (tmp_path / "mail.txt").write_text("Hello {spend}")
    monkeypatch.delenv("FLEET_TOKEN")
    monkeypatch.delenv("FLEET_SMTP")
    for name in ("REPORTGEN_WEBHOOK_URL", "REPORTGEN_WEBHOOK_BIND"):
        monkeypatch.delenv(name, raising=False)
    (problem,) = found(file)
    assert problem.startswith("mail.txt:1:1: {spend}")
    (tmp_path / "mail.txt").write_text("Hello")
    assert main(["check", str(file)]) == 0
    names = "FLEET_SMTP, FLEET_TOKEN, REPORTGEN_WEBHOOK_BIND, REPORTGEN_WEBHOOK_URL"
    assert f"warning: not set here, and needed in the environment of a run: {names}\n" in capsys.readouterr().err


def test_a_file_of_a_secret_has_to_be_there(tmp_path: Path) -> None:
    """What is named as a file is a problem where it cannot be read, once, at its line, whoever uses it."""
    file = with_clients(tmp_path, "", "api: {customer_token: {file: own.txt}}\n")
    file.write_text(file.read_text().replace("token: {env: FLEET_TOKEN}", "token: {file: shared.txt}"))
    (tmp_path / "clients" / "own.txt").write_text(" ")
    own, shared = found(file)
    assert own.startswith("clients/1.yaml:5:23: api.customer_token: the file clients/own.txt is empty")
    assert shared.startswith("fleet.yaml:5:16: defaults.api.token: the file shared.txt cannot be read")


def test_a_wrong_client_keeps_nothing_else_from_being_found(tmp_path: Path) -> None:
    """Letters, addresses and pictures are looked at all the same, beside the client that is wrong."""
    file = with_clients(tmp_path, "brand: {logo: none.svg}\n", "lokale: pt\n", fleet=MAIL)
    (tmp_path / "mail.txt").write_text("Hello {cliente.name}")
    client = tmp_path / "clients" / "0.yaml"
    client.write_text(client.read_text().replace("c0@client.example", "c0@@client"))
    logo, key, address, letter = found(file)
    assert logo.startswith("clients/0.yaml:5:15: brand.logo: clients/none.svg: there is no such file")
    assert key == "clients/1.yaml:5:1: lokale: 'lokale' is no key here; did you mean 'locale'?"
    assert address.startswith("fleet.yaml: deliver: client-0: 'c0@@client' is no address for e-mail")
    assert letter.startswith("mail.txt:1:1: {cliente.name} is no variable; did you mean {client.name}?")


def test_a_letters_number_of_a_spec_without_a_right_client_is_known(tmp_path: Path) -> None:
    """A spec that lost its clients to their problems is a spec of the fleet all the same."""
    file = with_clients(tmp_path, "", fleet=MAIL.replace("body: mail.txt", "body: mail.txt, numbers: [reach, spend]"))
    file.write_text(file.read_text().replace("deliver:", "  - {spec: ads.yaml, clients: other.yaml}\ndeliver:"))
    (tmp_path / "mail.txt").write_text("Hello {spend}")
    (tmp_path / "ads.yaml").write_text(SPEC.replace("name: reach", "name: spend"))
    (tmp_path / "other.yaml").write_text("version: 1\nlokale: pt\n")
    name, key = found(file)
    assert (name, key) == (
        "other.yaml:1:1: name: 'name' is missing",
        "other.yaml:2:1: lokale: 'lokale' is no key here; did you mean 'locale'?",
    )
