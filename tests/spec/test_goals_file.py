"""Goals by month in a CSV file: for a spec, a client and a fleet, with each wrong line told."""

from __future__ import annotations

import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen import build_report, load_client, load_spec
from reportgen.errors import SpecError
from reportgen.fault_bundle import make_bundle
from reportgen.fleet.fleet_check import check_fleet
from reportgen.fleet.jobs import make_jobs
from reportgen.spec.checking import check_file
from reportgen.spec.fleet_members import load_members
from reportgen.spec.goals_file import read_goals
from reportgen.spec.loading import load_spec_and_client
from reportgen.spec.planning import make_plan

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.components.goals import GoalSpec

DAY = date(2026, 11, 3)
SPEC = """\
version: 1
compare: none
%s
sources: {page: {integration: facebook_page}}
sections:
  - source: page
    blocks:
      - {name: reach, goal: about, reference_key: "fb:reach", component: number_v1, metrics: [reach]}
      - {name: likes, goal: 5, reference_key: "fb:likes", component: number_v1, metrics: [likes]}
"""
ACCOUNT = "4addc0da-8583-4dbb-a0e9-c7e2e8470f50"
CLIENT = f"version: 1\nname: Acme\nslug: acme\nsources: {{page: {ACCOUNT}}}\n"
BUDGETS = """\
client,month,name,goal
acme,2026-10,reach,1000
acme,2026-11,reach,1100.50
zebra,2026-10,reach,77

acme,2026-10,likes,-2
"""
FLEET = """\
version: 1
%s
defaults: {api: {token: {env: A}, customer_token: {env: B}}}
reports: [{spec: spec.yaml, clients: clients.csv}]
"""
CLIENTS = f"slug,name,sources.page\nacme,Acme,{ACCOUNT}\nzebra,Zebra,91f6d1aa-0c1e-4d0c-8a53-2f3f5f6f7b01\n"


def write(folder: Path, budgets: str = BUDGETS, *, spec: str = "", client: str = "", fleet: str = "") -> Path:
    """Write the files, each with more keys; return the fleet's."""
    (folder / "budgets.csv").write_text(budgets)
    (folder / "spec.yaml").write_text(SPEC % spec)
    (folder / "client.yaml").write_text(CLIENT + client)
    (folder / "fleet.yaml").write_text(FLEET % fleet)
    (folder / "clients.csv").write_text(CLIENTS)
    return folder / "fleet.yaml"


def months(goal: GoalSpec | None) -> dict[str, float | str] | None:
    """Return the goals by month."""
    return goal.months if goal else None


def planned(folder: Path) -> dict[str, dict[str, float | str] | None]:
    """Return the goals by month of the client's numbers."""
    plan = make_plan(*load_spec_and_client(folder / "spec.yaml", folder / "client.yaml"), as_of=DAY)
    return {each.scope.name: months(each.scope.goal) for each in plan.blocks}


def test_the_goals_of_a_client(tmp_path: Path) -> None:
    """Each line is a month's goal of a number; lines of other clients are theirs."""
    write(tmp_path, spec="goals_file: budgets.csv")
    assert planned(tmp_path) == {"reach": {"2026-10": 1000, "2026-11": 1100.5}, "likes": {"2026-10": -2}}


@pytest.mark.parametrize("text", [BUDGETS.replace(",", ";"), "\ufeff" + BUDGETS.replace("\n", "\r\n")])
def test_what_a_spreadsheet_exports(tmp_path: Path, text: str) -> None:
    """Semicolons, a mark at the begin and line ends of another system are read alike, and columns in any order."""
    write(tmp_path, text)
    assert len(read_goals(tmp_path, "budgets.csv").rows) == 4
    write(tmp_path, "goal,client,name,month\n5,acme,reach,2026-10\n")
    assert months(read_goals(tmp_path, "budgets.csv").of_client("acme")["reach"]) == {"2026-10": 5}


def test_whose_goals_go_before(tmp_path: Path) -> None:
    """A client's own, then the client's file, then the fleet's, then the spec's."""
    (tmp_path / "own.csv").write_text("client,month,name,goal\nacme,2026-10,reach,3\n")
    (tmp_path / "all.csv").write_text("client,month,name,goal\nacme,2026-10,reach,2\nzebra,2026-10,likes,9\n")
    write(tmp_path, spec="goals_file: budgets.csv", client="goals_file: own.csv\n", fleet="goals_file: all.csv")
    assert planned(tmp_path)["reach"] == {"2026-10": 3}
    write(tmp_path, spec="goals_file: budgets.csv", client="goals_file: own.csv\ngoals: {reach: 4}\n")
    assert planned(tmp_path)["reach"] is None
    file = write(tmp_path, spec="goals_file: budgets.csv", fleet="goals_file: all.csv")
    fleet, members = load_members(file)
    jobs = make_jobs(file, fleet, members, as_of=DAY).jobs
    goals = {job.client: {each.scope.name: months(each.scope.goal) for each in job.plan.blocks} for job in jobs}
    assert goals == {
        "acme": {"reach": {"2026-10": 2}, "likes": {"2026-10": -2}},
        "zebra": {"reach": {"2026-10": 77}, "likes": {"2026-10": 9}},
    }


def test_every_wrong_line_is_told(tmp_path: Path) -> None:
    """With its file and line, all at once."""
    wrong = [
        "acme,2026-13,reach,5", "acme,2026-10,reach,much", "acme,2026-10,likes,1,000", "acme,,likes,", "acme,2026-10",
        "acme,2026-12,reach,1e999", "acme,2026-12,reach,1_0", "acme,2026-11,reach,1", "acme,2026-11,reach,2",
        "acme,2026-12,likes,15.000", "acme,2026-12,likes,+15.000", "acme,2026-12,likes,15.000e0",
    ]  # fmt: skip
    write(tmp_path, "\n".join(["client,month,name,goal", *wrong]), spec="goals_file: budgets.csv")
    with pytest.raises(SpecError) as caught:
        load_spec(tmp_path / "spec.yaml")
    assert [(problem.line, problem.message) for problem in caught.value.problems] == [
        (2, "'2026-13' is no month; write it as YYYY-MM, such as 2026-10"),
        (3, "'much' is no number; write it with a point and without signs between, such as 10000.50"),
        (4, "has 5 cells under 4 headings"),
        (5, "has no month and no goal"),
        (6, "has 2 cells under 4 headings"),
        (7, "'1e999' is no number; write it with a point and without signs between, such as 10000.50"),
        (8, "'1_0' is no number; write it with a point and without signs between, such as 10000.50"),
        (10, "reach of acme in 2026-11 has a goal in line 9 too"),
        (11, "15.000 is 15, as a point stands before decimals; for 15000 write 15000, and for 15 write 15"),
        (12, "+15.000 is 15, as a point stands before decimals; for +15000 write +15000, and for 15 write 15"),
        (13, "'15.000e0' is no number; write it with a point and without signs between, such as 10000.50"),
    ]
    assert {problem.file for problem in caught.value.problems} == {str(tmp_path / "budgets.csv")}


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("client,month,goal\n", "budgets.csv", "columns client, month, name, goal, not client, month, goal"),
        ("", "budgets.csv", "has to name the columns client, month, name, goal, not nothing"),
        (BUDGETS, "other.csv", "other.csv"),
        (BUDGETS, "../budgets.csv", "../budgets.csv"),
    ],
)  # fmt: skip
def test_a_file_that_is_none(tmp_path: Path, text: str, name: str, said: str) -> None:
    """Its heads, and whether it is there and below the spec."""
    write(tmp_path, text, spec=f"goals_file: {name}")
    (problem,) = check_file(tmp_path / "spec.yaml").problems
    assert said in str(problem)


def test_names_and_clients_that_nobody_has(tmp_path: Path) -> None:
    """A number that the spec has not is a problem of the spec, and a client that the fleet has not one of the fleet."""
    file = write(tmp_path, BUDGETS.replace("acme,2026-10,likes", "acme,2026-10,liks"), spec="goals_file: budgets.csv")
    (problem,) = check_file(tmp_path / "spec.yaml").problems
    assert str(problem).endswith("budgets.csv:6:1: name: 'liks' is no number of the spec 'spec'; did you mean 'likes'?")
    for place in ("spec", "fleet"):
        keys = {place: "goals_file: budgets.csv"}
        file = write(tmp_path, BUDGETS.replace("zebra", "zabra"), **keys)
        (problem,) = check_fleet(file, check_file(file)).problems
        said = "budgets.csv:4:1: client: 'zabra' is no slug of a client of the fleet; did you mean 'zebra'?"
        assert str(problem).endswith(said)
        with pytest.raises(SpecError):
            load_members(file)


def test_goals_of_a_fleet_are_doubted(tmp_path: Path) -> None:
    """Those of its file at their first line for each number, those of a client at its own place."""
    file = write(tmp_path, BUDGETS.replace("reach,77", "reach,7%"), fleet="goals_file: budgets.csv")
    spec = (tmp_path / "spec.yaml").read_text()
    (tmp_path / "spec.yaml").write_text(spec.replace("goal: about", "goal: about, format: percent"))
    clients = CLIENTS.replace("\n", ",goals.likes\n", 1).replace("470f50\n", "470f50,25%\n")
    (tmp_path / "clients.csv").write_text(clients.replace("7b01\n", "7b01,\n"))
    found = [str(warning).removeprefix(f"{tmp_path}/") for warning in check_fleet(file, check_file(file)).warnings]
    assert [text.partition(" with format")[0] for text in found if "W-GOAL" in text] == [
        "budgets.csv:2:1: reach: warning: a goal of 1000 is 100000%",
        "clients.csv:2:4: goals.likes: warning: a goal of 25% needs a number",
    ]


def test_a_goals_file_of_a_fleet_is_there(tmp_path: Path) -> None:
    """A missing one is a problem of the fleet."""
    file = write(tmp_path, fleet="goals_file: gone.csv")
    (problem,) = check_fleet(file, check_file(file)).problems
    assert str(problem).startswith(f"{tmp_path}/gone.csv: ")


def test_names_in_a_clients_own_file(tmp_path: Path) -> None:
    """A number that only another spec may have is a warning at its line, as a goal in the client file is."""
    write(tmp_path, client="goals_file: budgets.csv\ngoals: {liks: 3}\n")
    (tmp_path / "budgets.csv").write_text(BUDGETS.replace("2026-10,likes", "2026-10,clicks"))
    warnings = [str(found) for found in check_file(tmp_path / "spec.yaml", tmp_path / "client.yaml").warnings]
    assert [text.removeprefix(f"{tmp_path}/") for text in warnings if "liks" in text or "clicks" in text] == [
        "budgets.csv:6:1: name: warning: 'clicks' is no number of the spec 'spec'; did you mean 'likes'?",
        "client.yaml:6:9: goals.liks: warning: 'liks' is no number of the spec 'spec'; did you mean 'likes'?",
    ]


def test_a_changed_line_makes_its_clients_report_anew(tmp_path: Path) -> None:
    """And no other client's."""
    keys = []
    for text in (BUDGETS, BUDGETS.replace(",77", ",78")):
        file = write(tmp_path, text, spec="goals_file: budgets.csv")
        keys.append([job.key for job in make_jobs(file, *load_members(file), as_of=DAY).jobs])
    assert [one == other for one, other in zip(*keys, strict=True)] == [True, False]


def test_a_bundle_has_the_lines_of_its_client(tmp_path: Path) -> None:
    """The bundle renders the same report, and holds no goal of another client."""
    write(tmp_path, spec="goals_file: budgets.csv")
    (tmp_path / "answers.json").write_text('{"reach": {"values": 5}, "likes": {"values": 5}}')
    spec, client = load_spec(tmp_path / "spec.yaml"), load_client(tmp_path / "client.yaml")
    packed = make_bundle(spec, client, tmp_path / "answers.json")
    (tmp_path / "b.zip").write_bytes(packed)
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        archive.extractall(tmp_path / "there")
    assert "zebra" not in (tmp_path / "there/budgets.csv").read_text()
    assert planned(tmp_path / "there") == planned(tmp_path)


def test_the_report_of_a_goal_by_file(tmp_path: Path) -> None:
    """`goal: about` has the month's amount of the file; a client without one has no goal, and staff are told."""
    write(tmp_path, spec="goals_file: budgets.csv")
    (tmp_path / "answers.json").write_text('{"reach": {"values": 950}, "likes": {"values": 5}}')
    for slug, target in (("acme", 1000), ("nobody", None)):
        (tmp_path / "client.yaml").write_text(CLIENT.replace("slug: acme", f"slug: {slug}"))
        spec, client = load_spec(tmp_path / "spec.yaml"), load_client(tmp_path / "client.yaml")
        report = build_report(spec, client, answers=tmp_path / "answers.json", as_of=DAY)
        goal = report.blocks[0].readings[0].goal
        assert (goal and (goal.target, goal.kind, goal.standing)) == (target and (target, "about", "reached"))
        assert ("W-GOAL" in {caution.code for caution in report.warnings}) == (target is None)


def test_a_goal_in_percent(tmp_path: Path) -> None:
    """The goal of a rate is written as in a spec, and stands in a client's part of the file as it was written."""
    (tmp_path / "goals.csv").write_text("client,month,name,goal\nana,2026-10,ctr,2.5%\nana,2026-10,spend,900\n")
    goals = read_goals(tmp_path, "goals.csv")
    assert months(goals.of_client("ana")["ctr"]) == {"2026-10": "2.5%"}
    assert goals.text_of_client("ana") == "client,month,name,goal\nana,2026-10,ctr,2.5%\nana,2026-10,spend,900.0\n"
