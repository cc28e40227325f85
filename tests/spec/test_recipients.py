"""Who gets which report of a fleet, by its client files alone, as far as these can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.spec.recipients import read_recipients

if TYPE_CHECKING:
    from pathlib import Path

FLEET = """\
version: 1
reports:
  - {spec: Social Report.yaml, clients: clients/*.yaml, except: [berta]}
  - {spec: full.yaml, clients: clients/*.yaml}
  - {spec: none.yaml, clients: nobody/*.yaml}
"""


def write(folder: Path, *names: str) -> Path:
    """Write a fleet, whose specs are not there, and a client file for each name."""
    (folder / "clients").mkdir()
    for name in names:
        (folder / f"clients/{name}.yaml").write_text(f"version: 1\nname: {name}\nemail: {name}@x.example\n")
    (folder / "fleet.yaml").write_text(FLEET)
    return folder / "fleet.yaml"


def test_who_gets_what(tmp_path: Path) -> None:
    """By the client's slug and the spec's; who is excluded from one report still gets the other."""
    found = read_recipients(write(tmp_path, "Aurora", "Berta"))
    client = found.client("aurora", "social-report")
    assert client is not None
    assert client.email == "Aurora@x.example"
    assert found.client("berta", "social-report") is None
    assert found.client("berta", "full") is not None
    assert "except" in found.why_none("berta", "social-report")
    assert not found.is_unreadable("berta", "social-report")
    assert not found.is_unreadable("gone", "full")


def test_editions_have_the_same_readers(tmp_path: Path) -> None:
    """Each edition of a report goes to the clients of its line."""
    file = write(tmp_path, "Aurora", "Berta")
    file.write_text(FLEET.replace("except: [berta]", "except: [berta], locales: [pt-BR, en]"))
    found = read_recipients(file)
    assert found.client("aurora", "social-report-pt-br") == found.client("aurora", "social-report-en") is not None
    assert found.client("aurora", "social-report") is None
    assert "except" in found.why_none("berta", "social-report-en")


def test_what_cannot_be_read_is_told_for_its_reports_alone(tmp_path: Path) -> None:
    """A slip in one client's file keeps no other client back, and is not taken for a client who has left."""
    file = write(tmp_path, "Aurora", "Berta")
    (tmp_path / "clients/Berta.yaml").write_text("version: 1\nname: [\n")
    found = read_recipients(file)
    assert found.client("aurora", "full") is not None
    assert found.is_unreadable("berta", "full")
    assert not found.is_unreadable("berta", "social-report"), "which excludes her, whatever her file says"
    assert "Berta.yaml:3" in found.why_none("berta", "full")
    assert found.is_unreadable("anyone", "none")
    assert "no file here fits 'nobody/*.yaml'" in found.why_none("anyone", "none")


def test_a_slug_that_two_clients_have(tmp_path: Path) -> None:
    """Nobody can say who of them is meant, so neither is; the same file in two entries is one client."""
    file = write(tmp_path, "Aurora")
    file.write_text(FLEET + "  - {spec: full.yaml, clients: clients/Aur*.yaml}\n")
    assert read_recipients(file).client("aurora", "full") is not None
    (tmp_path / "clients/Other.yaml").write_text("version: 1\nname: Aurora!\n")
    found = read_recipients(file)
    assert found.client("aurora", "full") is None
    assert found.is_unreadable("aurora", "full")
    assert "several clients have the slug aurora now: Aurora (" in found.why_none("aurora", "full")
