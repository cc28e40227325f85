"""Jobs: what is made anew when what changes, and files that stay where they belong."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportgen.errors import SpecError
from reportgen.fleet.fleet_run import plan_fleet
from reportgen.fleet.jobs import Job, make_jobs, not_due_lines, run_name
from reportgen.spec.fleet_members import load_members
from tests.fleet.files import FLEET, SPEC, account, write_fleet

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 3)


def jobs(path: Path, as_of: date = DAY) -> tuple[Job, ...]:
    """Plan a fleet."""
    fleet, members = load_members(path)
    return make_jobs(path, fleet, members, as_of=as_of).jobs


def test_where_reports_go(tmp_path: Path) -> None:
    """By period, client and spec; the run by fleet and period."""
    made = jobs(write_fleet(tmp_path))
    assert [str(job.folder) for job in made][:2] == [
        "out/2026-10/client-0000/social",
        "out/2026-10/client-0001/social",
    ]
    assert run_name(tmp_path / "fleet.yaml", {job.plan.window.current.id for job in made}) == "fleet-2026-10"


def test_editions(tmp_path: Path) -> None:
    """A line with locales makes a report in each for every client, whose folder and name end with the language."""
    made = jobs(write_fleet(tmp_path, 2, FLEET.replace("clients.csv}", "clients.csv, locales: [pt-BR, en]}")))
    assert [(job.name, job.plan.locale, str(job.folder)) for job in made[:2]] == [
        ("client-0000/social-pt-br", "pt-BR", "out/2026-10/client-0000/social-pt-br"),
        ("client-0000/social-en", "en", "out/2026-10/client-0000/social-en"),
    ]
    assert len({job.key for job in made}) == 4


def test_keys_are_known_again(tmp_path: Path) -> None:
    """F18: a job is another one where its spec, client or formats change, and the same on another day."""
    path = write_fleet(tmp_path)
    first = {job.key for job in jobs(path)}
    assert len(first) == 3
    assert {job.key for job in jobs(path, date(2026, 11, 5))} == first
    (tmp_path / "clients.csv").write_text((tmp_path / "clients.csv").read_text().replace("Client 1", "Client One"))
    assert len({job.key for job in jobs(path)} & first) == 2
    (tmp_path / "social.yaml").write_text(SPEC.replace("Numbers", "Figures"))
    assert not {job.key for job in jobs(path)} & first
    path.write_text(FLEET.replace("[html]", "[pdf]"))
    assert not {job.key for job in jobs(path)} & first


def test_what_a_report_does_not_show_is_no_part_of_a_job(tmp_path: Path) -> None:
    """An address, the way of asking, or a fleet that was moved with the files of its tokens makes nothing anew."""
    (tmp_path / "a").mkdir()
    path = write_fleet(tmp_path / "a", fleet=FLEET.replace("{env: FLEET_TOKEN}", "{file: token}"))
    first = [job.key for job in jobs(path)]
    clients = tmp_path / "a/clients.csv"
    rows = clients.read_text().splitlines()
    clients.write_text("\n".join([f"{rows[0]},email,fetch", *(f"{row},c@x.example,async" for row in rows[1:])]) + "\n")
    (tmp_path / "a").rename(tmp_path / "b")
    assert [job.key for job in jobs(tmp_path / "b/fleet.yaml")] == first


REWRITTEN = """\
# Another file of the same content.
title: 'Social {client.name}'
version: 1
compare: none
period: last_month
sections:
  - blocks:
      - component: number_v1   # a number
        label: Reach
        metrics:
          - reach
        name: reach
        reference_key: ig:reach
    source: instagram
    title: Numbers
sources: {instagram: {integration: instagram_business}}
"""


def test_a_job_holds_what_a_spec_says_and_not_how(tmp_path: Path) -> None:
    """Comments, the order of keys, quotes and line breaks make nothing anew; the order of sources shows, and does."""
    path = write_fleet(tmp_path, 1)
    two = SPEC.replace("sources:\n", "sources:\n  shop: {integration: woocommerce, optional: true}\n")
    (tmp_path / "social.yaml").write_text(SPEC)
    (first,) = jobs(path)
    (tmp_path / "social.yaml").write_text(REWRITTEN)
    assert jobs(path)[0].key == first.key
    (tmp_path / "social.yaml").write_text(two)
    (second,) = jobs(path)
    lines = two.splitlines()
    lines[5], lines[6] = lines[6], lines[5]
    (tmp_path / "social.yaml").write_text("\n".join(lines))
    assert len({first.key, second.key, jobs(path)[0].key}) == 3


def test_a_new_version_knows_the_jobs_of_an_older(tmp_path: Path) -> None:
    """The digests of version 0.1.0. Where they are others every report is made anew: raise `EDITION`, and say so."""
    (job,) = jobs(write_fleet(tmp_path, 1))
    assert {name: digest[:8] for name, digest in job.parts.items() if name != "program"} == {
        "spec": "d8f799d5",
        "client": "c213ab03",
        "files": "4f53cda1",
        "days": "8124fa7c",
        "language": "50eac10e",
        "formats": "fae368d8",
    }


def test_what_a_spec_includes_is_part_of_a_job(tmp_path: Path) -> None:
    """F18: a job is another one where a file changes that its spec includes, though the spec is the same."""
    path = write_fleet(tmp_path)
    (tmp_path / "social.yaml").write_text(SPEC + "      - {include: fragments/words.yaml}\n")
    (tmp_path / "fragments").mkdir()
    (tmp_path / "fragments/words.yaml").write_text("- {text: A good month.}\n")
    first = {job.key for job in jobs(path)}
    assert {job.key for job in jobs(path)} == first
    (tmp_path / "fragments/words.yaml").write_text("- {text: A better month.}\n")
    assert not {job.key for job in jobs(path)} & first


@pytest.mark.parametrize("key", ["titles: {reach: People}", "order: [reach]", "hide: [text]"])
def test_what_a_client_has_of_its_own_is_part_of_its_job(tmp_path: Path, key: str) -> None:
    """F18: and no other client's."""
    path = write_fleet(tmp_path, fleet=FLEET.replace("clients.csv", "'*.client.yaml'"))
    (tmp_path / "social.yaml").write_text(SPEC + "      - {text: Hello}\n")
    for number, name in enumerate(("Aurora", "Berta")):
        sources = f"sources: {{instagram: {account(number)}}}"
        (tmp_path / f"{name}.client.yaml").write_text(f"version: 1\nname: {name}\n{sources}\n")
    first = {job.name: job.key for job in jobs(path)}
    with (tmp_path / "Aurora.client.yaml").open("a") as file:
        file.write(key + "\n")
    second = {job.name: job.key for job in jobs(path)}
    assert [name for name in first if first[name] != second[name]] == ["aurora/social"]


def test_a_variant_makes_other_jobs(tmp_path: Path) -> None:
    """`--pdf-variant` stands in place of what a spec says, and what is made without it is not taken for made."""
    path = write_fleet(tmp_path)
    fleet, members = load_members(path)
    plain, accessible = (make_jobs(path, fleet, members, as_of=DAY, pdf_variant=one).jobs for one in (None, "pdf/ua-1"))
    assert [job.plan.spec.pdf_variant for job in (plain[0], accessible[0])] == [None, "pdf/ua-1"]
    assert not {job.key for job in plain} & {job.key for job in accessible}


@pytest.mark.parametrize(
    "output", ["../{client.slug}", "/etc/{client.slug}", "C:\\x", "a//b", "{client.slug}/.", "x/..", "con?", "a "]
)
def test_folders_outside_of_the_root(tmp_path: Path, output: str) -> None:
    """F06: a template that leads anywhere else is refused before anything starts."""
    path = write_fleet(tmp_path, fleet=f"{FLEET}output: '{output}'\n")
    with pytest.raises(SpecError, match="output"):
        jobs(path)


@given(name=st.text(min_size=1).filter(str.strip))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
def test_names_never_lead_out(tmp_path: Path, name: str) -> None:
    """F06: whatever a client is called, its folder is under the root."""
    path = write_fleet(tmp_path, fleet=f"{FLEET}output: 'out/{{client.name}}/{{title}}'\n")
    fleet, members = load_members(path)
    client = members[0].client.model_copy(update={"name": name}).at(path)
    (job,) = make_jobs(path, fleet, [type(members[0])(members[0].spec, client, ("html",))], as_of=DAY).jobs
    assert (tmp_path / job.folder).resolve().is_relative_to((tmp_path / "out").resolve())
    assert ".." not in job.folder.parts


@pytest.mark.parametrize("slugs", [("a", "a"), ("cafe\u0301", "caf\u00e9")])
def test_two_clients_on_one_path(tmp_path: Path, slugs: tuple[str, str]) -> None:
    """F08: they are refused before anything starts, and both are named."""
    path = write_fleet(tmp_path)
    rows = [f"{name},{account(at)}" for at, name in enumerate(slugs)]
    (tmp_path / "clients.csv").write_text("\n".join(["name,sources.instagram", *rows]) + "\n")
    with pytest.raises(SpecError, match="would write the same files"):
        jobs(path)


def test_reports_that_would_overwrite_each_other_cost_no_other(tmp_path: Path) -> None:
    """F08: of three clients two have the same slug; the third is made, and the name of the run is the same."""
    path = write_fleet(tmp_path)
    rows = [f"{name},{account(at)}" for at, name in enumerate(("a", "a", "b"))]
    (tmp_path / "clients.csv").write_text("\n".join(["name,sources.instagram", *rows]) + "\n")
    fleet, members = load_members(path)
    planned = make_jobs(path, fleet, members, as_of=DAY)
    assert [job.client for job in planned.jobs] == ["b"]
    (told,) = planned.problems
    assert "(clients.csv:2 and clients.csv:3) would write the same files" in told.message.replace(f"{tmp_path}/", "")


def test_a_list_that_stands_twice_is_called_so(tmp_path: Path) -> None:
    """Another slug would make a second client of each; the fault is told once, not for every client."""
    path = write_fleet(tmp_path, fleet=f"{FLEET}  - {{spec: social.yaml, clients: clients.csv, formats: [pdf]}}\n")
    with pytest.raises(SpecError, match="name it in one line alone") as caught:
        jobs(path)
    (told,) = caught.value.problems
    assert "has clients.csv more than once with social.yaml" in told.message.replace(f"{tmp_path}/", "")


def test_specs_of_one_name_are_told_with_their_files(tmp_path: Path) -> None:
    """Another slug of the client would not part them."""
    path = write_fleet(tmp_path, fleet=f"{FLEET}  - {{spec: more/social.yaml, clients: clients.csv}}\n")
    (tmp_path / "more").mkdir()
    (tmp_path / "more/social.yaml").write_text(SPEC)
    with pytest.raises(SpecError, match=r"social\.yaml and .*more/social\.yaml.*give one of the specs another name"):
        jobs(path)


def test_a_wrong_client_does_not_change_the_name_of_a_run(tmp_path: Path) -> None:
    """Its journal is found again, and nothing is made or sent twice, though a spec has lost its only client."""
    path = write_fleet(tmp_path, 1, FLEET.replace('period: "2026-10"\n', ""))
    (tmp_path / "year.yaml").write_text(SPEC.replace("last_month", "last_year"))
    path.write_text(path.read_text() + "  - {spec: year.yaml, clients: one.csv}\n")
    one = f"slug,name,sources.instagram\nb,B,{account(7)}\n"
    (tmp_path / "one.csv").write_text(one)
    before = plan_fleet(path, as_of=DAY)
    (tmp_path / "one.csv").write_text(one.replace(account(7), "nonsense"))
    after = plan_fleet(path, as_of=DAY)
    assert (len(before.jobs), len(after.jobs), len(after.problems)) == (2, 1, 1)
    assert after.folder == before.folder


@pytest.mark.parametrize(("limit", "made"), [(1, 1), (2, 2), (3, 2), (4, 4), (9, 6)])
def test_a_limit_leaves_whole_clients(tmp_path: Path, limit: int, made: int) -> None:
    """Of three clients with two reports each; a limit below the first client's reports is held all the same."""
    path = write_fleet(tmp_path, 3)
    (tmp_path / "full.yaml").write_text(SPEC)
    path.write_text(path.read_text() + "  - {spec: full.yaml, clients: clients.csv}\n")
    assert len(plan_fleet(path, as_of=DAY, limit=limit).chosen) == made


def test_a_second_comparison_makes_another_job(tmp_path: Path) -> None:
    """Of the fleet, of the caller and of the spec, each in another order too; a caller's replaces the fleet's."""
    path = write_fleet(tmp_path)
    keys = {"none": {job.key for job in jobs(path)}}
    for compare in ("previous_period, same_period_last_year", "same_period_last_year, previous_period"):
        path.write_text(FLEET.replace("version: 1", f"version: 1\ncompare: [{compare}]", 1))
        keys[compare] = {job.key for job in jobs(path)}
        fleet, members = load_members(path)
        plain = make_jobs(path, fleet, members, compare="none", as_of=DAY)
        assert {job.key for job in plain.jobs} == keys["none"]
        assert [len(job.plan.window.compared) for job in jobs(path)] == [2, 2, 2]
    assert len(set().union(*keys.values())) == 9


@pytest.mark.parametrize(
    ("word", "day", "due"),
    [
        ("month_to_date", date(2026, 12, 1), "2026-12-02"),
        ("quarter_to_date", date(2026, 10, 1), "2026-10-02"),
        ("year_to_date", date(2026, 1, 1), "2026-01-02"),
    ],
)
def test_a_running_unit_on_its_first_day(tmp_path: Path, word: str, day: date, due: str) -> None:
    """Its reports are not due yet, which is no problem; other reports are made, and on the next day all are."""
    fleet = FLEET.replace('period: "2026-10"\n', "") + "  - {spec: pacing.yaml, clients: clients.csv}\n"
    path = write_fleet(tmp_path, 2, fleet)
    (tmp_path / "pacing.yaml").write_text(SPEC.replace("last_month", word))
    plan = plan_fleet(path, as_of=day, strict=True)
    assert [job.name for job in plan.jobs] == ["client-0000/social", "client-0001/social"]
    said = f"{word} has no finished day on {day}; the next report is due on {due}"
    assert list(not_due_lines(plan.not_due)) == [f"pacing: nothing to report yet for 2 clients: {said}"]
    later = plan_fleet(path, as_of=day + timedelta(days=1))
    assert (len(later.jobs), later.not_due) == (4, ())


def test_a_period_in_the_future_is_wrong(tmp_path: Path) -> None:
    """Written out it has no next day on which it would be due."""
    with pytest.raises(SpecError, match="has no finished day"):
        plan_fleet(write_fleet(tmp_path, 1), period="2027-01", as_of=DAY)
