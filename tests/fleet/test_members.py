"""A fleet file with everything it names: read whole, or refused with every problem at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.errors import SpecError
from reportgen.spec.fleet_members import load_members, read_members
from tests.fleet.files import FLEET, SPEC, account, write_fleet

if TYPE_CHECKING:
    from pathlib import Path


def problems(path: Path) -> list[str]:
    """Return what is wrong with a fleet."""
    with pytest.raises(SpecError) as caught:
        load_members(path)
    return [str(problem) for problem in caught.value.problems]


def test_clients_of_a_list(tmp_path: Path) -> None:
    """Each row is a client, with the fleet's defaults under it."""
    _fleet, members = load_members(write_fleet(tmp_path))
    assert [member.client.id for member in members] == ["client-0000", "client-0001", "client-0002"]
    api = members[0].client.api
    assert api is not None
    assert api.token.env == "FLEET_TOKEN"
    assert str(members[2].client.sources["instagram"]) == account(2)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_list_as_spreadsheets_export_it(tmp_path: Path, mark: str) -> None:
    """Semicolons, a byte-order mark, blank rows and goals as numbers are fine; an empty cell is no key."""
    path = write_fleet(tmp_path)
    text = f'{mark}slug;name;locale;goals.reach;sources.instagram\na;"Bar; Grill";;5000;{account(1)}\n;;;;\n'
    (tmp_path / "clients.csv").write_text(text)
    _fleet, (member,) = load_members(path)
    assert (member.client.name, member.client.locale, member.client.goals["reach"].target) == ("Bar; Grill", None, 5000)


def test_goals_of_a_list(tmp_path: Path) -> None:
    """A column a month, a word of a goal or a range; an empty cell is no goal."""
    path = write_fleet(tmp_path)
    heads = "slug,name,goals.reach.2026-10,goals.reach.2026-11,goals.spend.at_most,goals.spend.per,goals.leads.between"
    rows = f"a,A,60000,65000.5,1500,week,40|70,{account(1)}\nb,B,60000,,,,,{account(2)}\n"
    (tmp_path / "clients.csv").write_text(f"{heads},sources.instagram\n{rows}")
    _fleet, (first, second) = load_members(path)
    assert first.client.goals["reach"].months == {"2026-10": 60000, "2026-11": 65000.5}
    assert (first.client.goals["spend"].at_most, first.client.goals["spend"].per) == (1500, "week")
    assert first.client.goals["leads"].between == (40, 70)
    assert {name: goal.months for name, goal in second.client.goals.items()} == {"reach": {"2026-10": 60000}}


def test_a_wrong_goal_of_a_list_is_named_at_its_cell(tmp_path: Path) -> None:
    """A month that is none, and a goal that is a number and months at once."""
    path = write_fleet(tmp_path)
    text = f"slug,name,goals.reach.2026-13,sources.instagram\na,A,5,{account(1)}\n"
    (tmp_path / "clients.csv").write_text(text)
    assert any("clients.csv:2:3" in one and "is no month" in one for one in problems(path))
    text = f"slug,name,goals.reach.2026-10,goals.reach,sources.instagram\na,A,5,6,{account(1)}\n"
    (tmp_path / "clients.csv").write_text(text)
    assert any("clients.csv:2:4" in one and "for one value and for several" in one for one in problems(path))
    text = f"slug,name,goals.reach,sources.instagram\na,A,1.500,{account(1)}\n"
    (tmp_path / "clients.csv").write_text(text)
    assert any(
        "clients.csv:2:3" in one and "for 1500 write 1500, and for 1.5 write 1.5" in one for one in problems(path)
    )


def test_clients_of_a_pattern(tmp_path: Path) -> None:
    """Files of a pattern are read in the order of their names; a client's own key is over the default."""
    path = write_fleet(tmp_path, fleet=FLEET.replace("clients.csv", "clients/*.yaml"))
    (tmp_path / "clients").mkdir()
    for number, name in enumerate(("b", "a")):
        own = "api: {token: {env: OWN}, customer_token: {env: MINE}}" if name == "a" else ""
        text = f"version: 1\nname: {name}\n{own}\nsources: {{instagram: {account(number)}}}\n"
        (tmp_path / "clients" / f"{name}.yaml").write_text(text)
    _fleet, members = load_members(path)
    assert [member.client.api.token.env for member in members if member.client.api] == ["OWN", "FLEET_TOKEN"]


def test_every_problem_at_once(tmp_path: Path) -> None:
    """A wrong row, a client without a source and an unknown integration are told together, with their lines."""
    path = write_fleet(tmp_path)
    (tmp_path / "clients.csv").write_text(f"slug,name,locale,sources.instagram\na,A,nowhere,{account(1)}\nb,B,en,\n")
    found = problems(path)
    assert any("clients.csv:2:3" in one and "nowhere" in one for one in found)
    assert any("clients.csv:3:4: sources.instagram: is empty in the row of b" in one for one in found)


def test_rows_without_an_account(tmp_path: Path) -> None:
    """Each is told by its line and its client; a column that the list lacks is told once."""
    path = write_fleet(tmp_path)
    (tmp_path / "clients.csv").write_text(f"slug,name,sources.instagram\na,A,{account(1)}\nb,B,\nc,C,\n")
    read = read_members(path)
    assert [member.client.line for member in read.members] == [2]
    assert [(problem.line, problem.place, problem.message[:28]) for problem in read.problems] == [
        (3, "sources.instagram", "is empty in the row of b: th"),
        (4, "sources.instagram", "is empty in the row of c: th"),
    ]
    (tmp_path / "clients.csv").write_text("slug,name,sources.instagram_business\nb,B,\nc,C,\n")
    (told,) = problems(path)
    assert "clients.csv:1:1: sources: has no column `sources.instagram`" in told
    (tmp_path / "clients.csv").write_text(f"slug,name,sources.instagram_business\nb,B,{account(1)}\n")
    (told,) = problems(path)
    assert "call its column `sources.instagram_business` `sources.instagram`" in told


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("clients.csv", "nobody/*.yaml", "names no client"),
        ("clients.csv", "/nobody/*.yaml", "names no client"),
        ("clients.csv", "no**body/*.yaml", "names no client"),
        ("clients.csv}", "clients.csv, except: [someone]}", "someone is the slug of no client"),
        ("defaults:\n  api: {token: {env: FLEET_TOKEN}, customer_token: {env: FLEET_CUSTOMER}}\n", "", "has no tokens"),
        ("social.yaml", "missing.yaml", "missing.yaml: cannot be read"),
    ],
)
def test_a_fleet_that_does_not_fit(tmp_path: Path, old: str, new: str, said: str) -> None:
    """What is wrong is named."""
    assert any(said in one for one in problems(write_fleet(tmp_path, fleet=FLEET.replace(old, new))))


def test_a_row_with_too_many_cells(tmp_path: Path) -> None:
    """A cell with an unquoted comma is told by its line, and no client is made of a shifted row."""
    path = write_fleet(tmp_path)
    (tmp_path / "clients.csv").write_text(f"slug,name,sources.instagram\na,Bar, Grill,{account(1)}\n")
    assert any("clients.csv:2" in one and "4 cells under 3 headings" in one for one in problems(path))


@pytest.mark.parametrize(("above", "line"), [("", 1), ("sep=,\n", 2)])
def test_a_wrong_heading_is_one_problem(tmp_path: Path, above: str, line: int) -> None:
    """It stands in the line of the headings, not in each row."""
    path, text = write_fleet(tmp_path), f"slug,Name,sources.instagram\na,A,{account(1)}\nb,B,{account(2)}\n"
    (tmp_path / "clients.csv").write_text(above + text)
    named = [one for one in problems(path) if "'Name' is no key here" in one]
    assert [one.partition("clients.csv:")[2].partition(": ")[0] for one in named] == [f"{line}:2"]


def test_excepted_clients_are_left_out(tmp_path: Path) -> None:
    """By their slug."""
    fleet = FLEET.replace("clients.csv}", "clients.csv, except: [client-0001]}")
    _fleet, members = load_members(write_fleet(tmp_path, fleet=fleet))
    assert [member.client.id for member in members] == ["client-0000", "client-0002"]


def test_reports_of_a_client_follow_each_other(tmp_path: Path) -> None:
    """A run that ends early, by a limit or a deadline, leaves whole clients rather than one report of each."""
    path = write_fleet(tmp_path, 2)
    (tmp_path / "full.yaml").write_text(SPEC)
    path.write_text(path.read_text() + "  - {spec: full.yaml, clients: clients.csv}\n")
    members = read_members(path).members
    assert [(one.client.id[-1], one.spec.name) for one in members] == [
        ("0", "social"),
        ("0", "full"),
        ("1", "social"),
        ("1", "full"),
    ]


def test_a_wrong_row_costs_its_client_alone(tmp_path: Path) -> None:
    """The others are members, and the row is named; whatever concerns all of them still refuses the fleet."""
    path = write_fleet(tmp_path)
    rows = (tmp_path / "clients.csv").read_text().splitlines()
    (tmp_path / "clients.csv").write_text("\n".join([*rows[:2], rows[2].replace(account(1), "none"), rows[3]]) + "\n")
    read = read_members(path)
    assert [member.client.id for member in read.members] == ["client-0000", "client-0002"]
    (problem,) = read.problems
    assert (problem.file.rpartition("/")[2], problem.line, problem.place) == ("clients.csv", 3, "sources.instagram")
    (tmp_path / "social.yaml").write_text("version: 1\n")
    with pytest.raises(SpecError, match=r"social\.yaml"):
        read_members(path)


def test_a_missing_account_costs_the_reports_that_need_it(tmp_path: Path) -> None:
    """The client's other report is made; its spec is known though all of its reports are left out."""
    path = write_fleet(tmp_path, 1)
    (tmp_path / "ads.yaml").write_text(SPEC.replace("instagram:", "ads:").replace("source: instagram", "source: ads"))
    path.write_text(path.read_text() + "  - {spec: ads.yaml, clients: clients.csv}\n")
    read = read_members(path)
    assert [member.spec.name for member in read.members] == ["social"]
    assert ["has no column `sources.ads`" in problem.message for problem in read.problems] == [True]
    assert [spec.name for spec in read.unmade] == ["ads"]


TWO = "slug,name,email,api.customer_token.env,sources.instagram\na,A,{},{},{}\nb,B,{},{},{}\n"


@pytest.mark.parametrize(
    ("word", "first", "second", "said"),
    [
        ("accounts", ("a@x.example", "A", account(1)), ("b@x.example", "B", account(1)), "B has the same account as A"),
        ("tokens", ("a@x.example", "A", account(1)), ("b@x.example", "A", account(2)), "B has the same customer token"),
        ("addresses", ("a@x.example", "A", account(1)), ("A@x.example ", "B", account(2)), "B has the same address as"),
        (
            "addresses",
            ("a@x.example", "A", account(1)),
            ("Ana <a@x.example>", "B", account(2)),
            "B has the same address",
        ),
    ],
)
def test_what_two_clients_share_needs_a_word(
    tmp_path: Path, word: str, first: tuple[str, ...], second: tuple[str, ...], said: str
) -> None:
    """A copied row is neither's: both are named and left out, unless the fleet file says that it is meant."""
    content = FLEET + 'deliver: {to: [{folder: "outbox/{client.slug}"}]}\n'
    path = write_fleet(tmp_path, fleet=content)
    (tmp_path / "clients.csv").write_text(TWO.format(*first, *second))
    found = problems(path)
    assert len(found) == 2
    assert said in found[1]
    assert f"shared: [{word}]" in found[1]
    path.write_text(f"{content}shared: [{word}]\n")
    assert len(load_members(path)[1]) == 2


def test_an_account_among_several_is_another_clients_too(tmp_path: Path) -> None:
    """An account that another client has alone is found among the several accounts of a source."""
    path = write_fleet(tmp_path)
    (tmp_path / "social.yaml").write_text(SPEC.replace("ig:reach", "ig:likes"))  # which adds up
    several = f"{account(2)}|{account(1)}"
    (tmp_path / "clients.csv").write_text(TWO.format("a@x.example", "A", account(1), "b@x.example", "B", several))
    assert any("B has the same account as A" in problem for problem in problems(path))


def test_addresses_count_where_something_is_sent(tmp_path: Path) -> None:
    """Two shops of one owner have one address, which is nobody's mistake while nothing goes there."""
    path = write_fleet(tmp_path)
    (tmp_path / "clients.csv").write_text(TWO.format("a@x.example", "A", account(1), "a@x.example", "B", account(2)))
    assert len(load_members(path)[1]) == 2


def test_a_client_in_two_languages_is_one_client(tmp_path: Path) -> None:
    """Two files of the same slug may have the same account."""
    path = write_fleet(tmp_path, fleet=FLEET.replace("clients.csv", "'*.client.yaml'"))
    for locale in ("en", "pt-BR"):
        text = f"version: 1\nname: A\nlocale: {locale}\nsources: {{instagram: {account(1)}}}\n"
        (tmp_path / f"a.{locale}.client.yaml").write_text(text)
    assert [member.client.locale for member in load_members(path)[1]] == ["en", "pt-BR"]


def test_secrets_of_every_client_are_known(tmp_path: Path) -> None:
    """Processes that render get none of them, also of a client that is left out, excluded or cannot be read."""
    path = write_fleet(tmp_path, fleet=FLEET.replace("clients.csv}", "clients.csv, except: [b]}"))
    rows = [f"a,{account(1)},A_TOKEN", f"b,{account(2)},B_TOKEN", "c,nonsense,C_TOKEN"]
    (tmp_path / "clients.csv").write_text("\n".join(["name,sources.instagram,api.customer_token.env", *rows]) + "\n")
    read = read_members(path)
    assert [member.client.id for member in read.members] == ["a"]
    assert read.variables == {"A_TOKEN", "B_TOKEN", "C_TOKEN"}
