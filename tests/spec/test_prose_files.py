"""Which files of words are a client's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen import load_client, load_spec
from reportgen.spec.planning import make_plan
from reportgen.spec.prose_files import passage_files

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.spec.client_file import Client
    from reportgen.spec.report_spec import ReportSpec


def loaded(
    folder: Path, file: str, client: str = "name: Acme\nslug: acme", locale: str = "en"
) -> tuple[ReportSpec, Client]:
    """Return a spec with words in a file, and a client, in a folder."""
    (folder / "spec.yaml").write_text(f'version: 1\nsections: [{{blocks: [{{text: {{file: "{file}"}}}}]}}]\n')
    (folder / "client.yaml").write_text(f"version: 1\nlocale: {locale}\n{client}\n")
    return load_spec(folder / "spec.yaml"), load_client(folder / "client.yaml")


def written(folder: Path, *names: str) -> None:
    """Write files of words."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)


IDS = ["2026-10", "2026-W40", "2026-Q3", "2026", "2026-10-05", "2026-10-01..2026-10-15"]
LABELS = ["October 2026", "Q3 2026", "2026", "October 5, 2026"]


@pytest.mark.parametrize(
    ("file", "own", "others"),
    [
        (
            "{client.slug}-{period.id}.md",
            [f"acme-{one}.md" for one in IDS],
            ["acme-shoes-2026-10.md", "acme-2026-2026-10.md", "acme-2026-2026.md", "acme-.md", "acme-2026-10-shoes.md"],
        ),
        ("{client.slug}/{period.id}.md", ["acme/2026-10.md"], ["acme-shoes/2026-10.md", "acme/draft.md"]),
        (
            "{client.name} {period.label}.md",
            [f"Acme {one}.md" for one in LABELS],
            ["Acme Shoes October 2026.md", "Acme 2026-October 2026.md", "Acme Shoes, October 2026.md"],
        ),
        ("{client.slug} {as_of}.md", ["acme Nov 3, 2026.md", "acme Nov 30, 2026.md"], ["acme shoes Nov 3, 2026.md"]),
        ("[{client.slug}]*{{x}}.md", ["[acme]*{x}.md"], ["a*{x}.md", "[acme]shoes{x}.md"]),
        ("./words//{client.slug}.md", ["words/acme.md"], ["words/acme-shoes.md"]),
    ],
)
def test_days_have_their_own_forms(tmp_path: Path, file: str, own: list[str], others: list[str]) -> None:
    """A variable of days stands for a day or a period in one of its forms, and for nothing else."""
    written(tmp_path, *own, *others)
    assert passage_files(*loaded(tmp_path, file)) == tuple(sorted(own))


@pytest.mark.parametrize("name", ["*", "[ab]", "?", ".*", "a|b", "a+", "..", "{x}"])
def test_a_name_is_no_pattern(tmp_path: Path, name: str) -> None:
    """A client whose name is a pattern has the file of that name alone."""
    written(tmp_path, f"words {name} 2026-10.md", "words a 2026-10.md", "words b 2026-10.md", "words aa 2026-10.md")
    files = passage_files(*loaded(tmp_path, "words {client.name} {period.id}.md", f'name: "{name}"\nslug: x'))
    assert files == (f"words {name} 2026-10.md",)


@pytest.mark.parametrize("name", ["/etc", "../other", "a/../../other"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    """Nor does one that begins at the root end the program."""
    (tmp_path / "own").mkdir()
    written(tmp_path, "other/hosts.md", "own/a/x.md")
    assert passage_files(*loaded(tmp_path / "own", "{client.name}/hosts.md", f'name: "{name}"\nslug: x')) == ()


@pytest.mark.parametrize("locale", ["en", "pt-BR", "de", "fr", "ar", "ja"])
def test_what_a_report_reads_is_found(tmp_path: Path, locale: str) -> None:
    """In every language the files that reports of any period read are their client's."""
    file = "{period.label} {baseline.label} {period.start} {period.end} {as_of}.md"
    spec, client = loaded(tmp_path, file, locale=locale)
    names = set()
    for period in ("2026-10", "2026-Q3", "2026-W40", "2024", "2026-03-30..2026-04-02", "2025-12-28..2026-02-03"):
        (planned,) = make_plan(spec, client, period=period, as_of=date(2026, 11, 3)).blocks
        names.add(planned.scope.fill(file))
    fiscal = spec.model_copy(update={"fiscal_year_starts": "april"})
    for period in ("last_quarter", "last_year"):
        (planned,) = make_plan(fiscal, client, period=period, as_of=date(2026, 11, 3)).blocks
        names.add(planned.scope.fill(file))
    written(tmp_path, *names)  # in some languages days have slashes
    assert passage_files(spec, client) == tuple(sorted(names))
