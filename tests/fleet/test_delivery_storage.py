"""Storage: files are put into fsspec's memory and into a bucket of S3, once; failures are told, and secrets are not."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import fsspec
import pytest

from reportgen.errors import ConfigurationError, MissingLibrary, SpecError
from reportgen.fleet.deliveries import deliver
from reportgen.fleet.optional_libraries import installed_by
from reportgen.spec.recipients import read_recipients
from tests.fleet.test_deliveries import delivered, edit, ends

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def memory() -> Iterator[Any]:
    """Return an empty storage in memory."""
    storage = fsspec.filesystem("memory")
    storage.store.clear()
    yield storage
    storage.store.clear()


def channel(url: str, **options: str) -> str:
    """Return a channel to a storage."""
    written = ", ".join(f"{name}: {value}" for name, value in options.items())
    return f'{{storage: {{url: "{url}", options: {{{written}}}}}}}'


def test_files_are_stored_once(tmp_path: Path, memory: Any) -> None:  # noqa: ANN401 - fsspec has no types
    """Each client's under its own address, without those for staff, and byte for byte."""
    bench = delivered(tmp_path, channel("memory://reports/{client.slug}/"), formats="[html, json]")
    assert deliver(bench.folder, dry_run=True) == {"planned": 2}
    assert memory.find("/") == []
    assert deliver(bench.folder) == {"delivered": 2}
    assert deliver(bench.folder) == {"before": 2}
    page, _ = bench.record("client-0001")["files"]
    (stored,) = memory.find("/reports/client-0001")
    assert stored.endswith(".html")
    assert memory.cat_file(stored) == (bench.root / page["path"]).read_bytes()
    assert bench.record("client-0001")["deliveries"][0]["to"] == "storage memory://reports/client-0001"


class _Failing(fsspec.AbstractFileSystem):  # type: ignore[misc] # fsspec has no types
    """A storage that fails as long as it has faults."""

    protocol = "failing"
    faults: list[Exception]

    def put_file(self, _local: str, _target: str, **_options: Any) -> None:  # noqa: ANN401 - its own
        if self.faults:
            raise self.faults.pop()

    def info(self, path: str, **_options: Any) -> dict[str, int]:  # noqa: ANN401 - its own
        return {"size": 7, "name": path}  # type: ignore[dict-item]


def test_a_storage_that_fails(tmp_path: Path) -> None:
    """What may go later is tried again; a refusal waits for the next call; half a file is no delivery."""
    fsspec.register_implementation("failing", _Failing, clobber=True)
    _Failing.faults = [PermissionError("no"), TimeoutError("slow hunter2"), ConnectionError("gone")]
    pauses: list[float] = []
    bench = delivered(tmp_path, channel("failing://x/{client.slug}"))
    told: dict[str, str] = {}
    counts = deliver(
        bench.folder, retry_seconds=10, wait=pauses.append, on_outcome=lambda one: told.update({one.report: one.reason})
    )
    assert counts == {"failed": 2}
    assert pauses == [5.0, 5.0]
    assert told["client-0001/social"].startswith("the storage has 7 bytes of client-0001-instagram-2026-10.html")


def test_a_refusal_names_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A storage that repeats a secret option shows it to nobody."""
    monkeypatch.setenv("BUCKET_SECRET", "hunter2")
    fsspec.register_implementation("failing", _Failing, clobber=True)
    _Failing.faults = [PermissionError("hunter2 is wrong"), PermissionError("hunter2 is wrong")]
    bench = delivered(tmp_path, channel("failing://x", secret="{env: BUCKET_SECRET}"))  # noqa: S106 - the name of a place
    state, reason = ends(bench)["client-0000"]
    assert state == "failed"
    assert reason.endswith("PermissionError: [secret] is wrong")
    assert b"hunter2" not in (bench.folder / "journal.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("memory://x/../../y", "'..' is no part of an address"),
        ("nowhere://x", "nowhere:// is no kind of storage"),
    ],
)
def test_an_address_that_is_none(tmp_path: Path, url: str, said: str) -> None:
    """It is refused before anything is sent."""
    bench = delivered(tmp_path, channel(url))
    with pytest.raises(ConfigurationError, match=said):
        deliver(bench.folder)


@pytest.mark.parametrize("name", ["secret", "password", "account_key", "token"])
def test_a_secret_has_its_own_place(tmp_path: Path, name: str) -> None:
    """In the fleet file itself it is refused, and not repeated."""
    bench = delivered(tmp_path, channel("memory://x"))
    edit(tmp_path / "fleet.yaml", "options: {}", f"options: {{{name}: hunter2}}")
    with pytest.raises(SpecError, match="a secret does not belong in this file") as raised:
        read_recipients(tmp_path / "fleet.yaml")
    assert "hunter2" not in str(raised.value)
    assert bench.states() == {"client-0000": "done", "client-0001": "done"}


def test_a_library_that_is_not_installed() -> None:
    """The message says how to install it."""
    with (
        pytest.raises(
            MissingLibrary, match=r"storage: needs the library s4fs: pip install 'reportgen-connect\[cloud\]'"
        ),
        installed_by("cloud", "storage:"),
    ):
        import_module("s4fs")


def test_a_bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that speaks as S3 does has the files, and a bucket that is not there is named."""
    pytest.importorskip("s3fs")
    moto = pytest.importorskip("moto.server")
    monkeypatch.setenv("S3_KEY", "an-id")
    monkeypatch.setenv("S3_SECRET", "a-secret")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    options = {"endpoint_url": f'"http://{host}:{port}"', "key": "{env: S3_KEY}", "secret": "{env: S3_SECRET}"}
    try:
        bench = delivered(tmp_path, channel("s3://reports/{client.slug}", **options))
        state, reason = ends(bench)["client-0000"]
        assert (state, reason.startswith("the storage refused client-0000-instagram-2026-10.html")) == ("failed", True)
        storage = fsspec.filesystem("s3", endpoint_url=f"http://{host}:{port}", key="an-id", secret="a-secret")  # noqa: S106 - of the test
        storage.mkdir("reports")
        assert deliver(bench.folder) == {"delivered": 2}
        assert len(storage.find("reports/client-0001")) == 1
    finally:
        server.stop()
