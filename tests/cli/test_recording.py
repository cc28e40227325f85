"""`--record`, `--answers DIR`, `--cache` and `bundle`."""

from __future__ import annotations

import io
import shutil
import stat
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen import load_client, load_spec
from reportgen.cli import main
from reportgen.connect.answers_folder import AnswerFolder, StoredAnswer
from reportgen.connect.payload_sources import Payload
from reportgen.fault_bundle import make_bundle
from reportgen.periods import Period, Window
from reportgen.queries import Query, Source
from reportgen.resources import examples_folder
from reportgen.spec.planning import make_plan
from tests.canaries import CUSTOMER, MARK, TOKEN

if TYPE_CHECKING:
    from pathlib import Path

DAY = ["--as-of", "2026-11-03"]


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an example, rendered from a sandbox in a bad mood into `made`, recorded in `answers`."""
    folder = tmp_path_factory.mktemp("recording")
    for name in ("multichannel.yaml", "multichannel.client.yaml", "images"):
        source = examples_folder() / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        elif source.is_file():
            shutil.copy(source, folder)
    spec = [str(folder / "multichannel.yaml"), "--client", str(folder / "multichannel.client.yaml")]
    formats = ["--format", "html,pdf,xlsx,json", "--out", str(folder / "made")]
    main(["render", *spec, "--sandbox", "--record", str(folder / "answers"), *formats, *DAY, "-q"])
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the content of every file by its name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_replay_is_the_same_bytes(recording: Path, tmp_path: Path) -> None:
    """The recorded answers alone give the same files, failures and all."""
    spec = [str(recording / "multichannel.yaml"), "--client", str(recording / "multichannel.client.yaml")]
    formats = ["--format", "html,pdf,xlsx,json", "--out", str(tmp_path / "made")]
    main(["render", *spec, "--answers", str(recording / "answers"), *formats, *DAY, "-q"])
    assert files_of(tmp_path / "made") == files_of(recording / "made")
    assert len(files_of(tmp_path / "made")) == 4


def test_a_bundle_renders_again(recording: Path, tmp_path: Path) -> None:
    """What a user sends gives the same page where it is unpacked."""
    packed = tmp_path / "bundle.zip"
    spec = [str(recording / "multichannel.yaml"), "--client", str(recording / "multichannel.client.yaml")]
    assert main(["bundle", *spec, "--answers", str(recording / "answers"), "-o", str(packed)]) == 0
    assert stat.S_IMODE(packed.stat().st_mode) == 0o600
    zipfile.ZipFile(packed).extractall(tmp_path / "there")
    there = [str(tmp_path / "there/multichannel.yaml"), "--client", str(tmp_path / "there/client.yaml")]
    out = ["--format", "json", "--out", str(tmp_path / "made")]
    main(["render", *there, "--answers", str(tmp_path / "there/answers"), *out, *DAY, "-q"])
    (page,) = files_of(tmp_path / "made").values()
    assert page == files_of(recording / "made")["casa-verde-multichannel-2026-10.json"]


def test_a_bundle_holds_no_secret(recording: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """S01: neither the tokens nor where they are, nor the client's e-mail; and the same bytes each time."""
    monkeypatch.setenv("REPORTGEN_TOKEN", TOKEN)
    monkeypatch.setenv("CASA_VERDE_CUSTOMER_TOKEN", CUSTOMER)
    client = recording / "multichannel.client.yaml"
    assert "marketing@casaverde.example" in client.read_text()
    made = []
    for name in ("one.zip", "two.zip"):
        bundle = ["bundle", str(recording / "multichannel.yaml"), "--client", str(client)]
        assert main([*bundle, "--answers", str(recording / "answers"), "-o", str(tmp_path / name)]) == 0
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    with zipfile.ZipFile(tmp_path / "one.zip") as packed:
        whole = b"".join(packed.read(name) for name in packed.namelist())
        assert {"client.yaml", "multichannel.yaml", "versions.json", "render.txt"} <= set(packed.namelist())
    assert MARK.encode() not in whole
    assert b"casaverde.example" not in whole
    assert b"customer_token" not in whole


def test_a_bundle_holds_the_clients_answers_only(recording: Path, tmp_path: Path) -> None:
    """Where reports of other clients are recorded in the folder too, none of their answers comes along."""
    shutil.copytree(recording / "answers", tmp_path / "answers")
    own = {path.name for path in (tmp_path / "answers").glob("*.json")}
    rival = Source("instagram", "instagram_business", "0b6cf1c6-6e0f-4d5c-9d36-5f7c2f0a1a10")
    query = Query.of(rival, Window(Period(date(2026, 10, 1), date(2026, 10, 31))), '{"reference_key":"ig:reach"}')
    AnswerFolder(tmp_path / "answers").store(query.digest, query, StoredAnswer(Payload({"values": 7})))
    (tmp_path / "answers" / "damaged.json").write_text("{}")
    loaded = load_spec(recording / "multichannel.yaml"), load_client(recording / "multichannel.client.yaml")
    with zipfile.ZipFile(io.BytesIO(make_bundle(*loaded, tmp_path / "answers"))) as packed:
        names = {name for name in packed.namelist() if name.startswith("answers/") and name.endswith(".json")}
    assert names == {f"answers/{name}" for name in own}


def test_a_bundle_needs_answers(recording: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty folder is no recording, and how to make one is said."""
    assert main(["bundle", str(recording / "multichannel.yaml"), "--answers", str(tmp_path)]) == 3
    assert "--record" in capsys.readouterr().err


def test_an_asynchronous_report_is_the_same_bytes(recording: Path, tmp_path: Path) -> None:
    """W04: delivered late, twice and out of order, the report is the one that is asked for directly."""
    spec = [str(recording / "multichannel.yaml"), "--client", str(recording / "multichannel.client.yaml")]
    formats = ["--format", "html,pdf,xlsx,json", "--out", str(tmp_path / "made"), "--state", str(tmp_path / "state")]
    main(["render", *spec, "--sandbox", "--async", *formats, *DAY, "-q"])
    made = files_of(tmp_path / "made")
    assert made == {name: files_of(recording / "made")[name] for name in made}


def test_a_bundle_holds_what_the_spec_includes(tmp_path: Path) -> None:
    """Each file below the spec, at the same place, and the client's own titles, order and hidden parts."""
    (tmp_path / "spec.yaml").write_text("version: 1\nsections:\n  - include: fragments/words.yaml\n")
    (tmp_path / "fragments").mkdir()
    words = (
        "- {title: Words, blocks: [{name: first, text: One}, {name: second, text: Two}, {name: third, text: Three}]}\n"
    )
    (tmp_path / "fragments/words.yaml").write_text(words)
    own = "titles: {Words: Said}\norder: [third]\nhide: [first]\n"
    (tmp_path / "aurora.yaml").write_text(f"version: 1\nname: Aurora\n{own}")
    (tmp_path / "answers.json").write_text("{}")
    named = [str(tmp_path / "spec.yaml"), "--client", str(tmp_path / "aurora.yaml")]
    packed = str(tmp_path / "bundle.zip")
    assert main(["bundle", *named, "--answers", str(tmp_path / "answers.json"), "-o", packed, "-q"]) == 0
    zipfile.ZipFile(packed).extractall(tmp_path / "there")
    loaded = load_spec(tmp_path / "there/spec.yaml"), load_client(tmp_path / "there/client.yaml")
    (section,) = make_plan(*loaded, as_of=date(2026, 11, 3)).sections
    assert (section.written.title, [one.scope.name for one in section.blocks]) == ("Said", ["third", "second"])


def test_a_bundle_holds_the_clients_words_only(tmp_path: Path) -> None:
    """Commentary in files comes along for every period, and no other client's."""
    (tmp_path / "spec.yaml").write_text(
        'version: 1\nsections: [{blocks: [{text: {file: "words/{client.slug}/{period.id}.md"}}]}]\n'
    )
    for name in ("aurora/2026-10.md", "aurora/2026-09.md", "rival/2026-10.md"):
        (tmp_path / "words" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "words" / name).write_text(name)
    (tmp_path / "aurora.yaml").write_text("version: 1\nname: Aurora\nslug: aurora\n")
    (tmp_path / "answers.json").write_text("{}")
    spec, client = load_spec(tmp_path / "spec.yaml"), load_client(tmp_path / "aurora.yaml")
    with zipfile.ZipFile(io.BytesIO(make_bundle(spec, client, tmp_path / "answers.json"))) as packed:
        words = [name for name in packed.namelist() if name.startswith("words")]
    assert words == ["words/aurora/2026-09.md", "words/aurora/2026-10.md"]
