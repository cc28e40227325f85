"""The command in processes of its own: started, watched through its journal, killed, and counted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.fleet.run_results import changed_files, results_of
from tests.chaos.agency import DAY, RUN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.chaos.agency import Agency

_PAGE = os.sysconf("SC_PAGE_SIZE") / 1e6
LOOK = 0.002  # seconds between two looks at a journal


@dataclass(frozen=True, slots=True)
class Command:
    """How the command is called for one agency and one folder of outputs.

    Attributes:
        agency: Whose reports.
        out: Where to.
        address: Of the API.
        workers: Processes that render.
        program: Python arguments in place of `-m reportgen`.
    """

    agency: Agency
    out: Path
    address: str
    workers: int = 2
    program: Sequence[str] = ("-m", "reportgen")

    @property
    def folder(self) -> Path:
        """The folder of the run."""
        return self.out / "runs" / RUN

    @property
    def journal(self) -> Path:
        """The journal of the run."""
        return self.folder / "journal.jsonl"

    def run(self, *options: str, **settings: Any) -> subprocess.CompletedProcess[str]:  # noqa: ANN401 - subprocess's own
        """Run to the end."""
        done: subprocess.CompletedProcess[str] = subprocess.run(
            self._arguments(options), env=self._environment(), capture_output=True, text=True, check=False, **settings
        )
        return done

    @contextmanager
    def started(self, *options: str) -> Iterator[subprocess.Popen[str]]:
        """Run in a session of its own, whose processes are ended where the test fails."""
        with subprocess.Popen(
            self._arguments(options),
            env=self._environment(),
            text=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as process:
            try:
                yield process
            finally:
                for one in session(process.pid):
                    with suppress_gone():
                        os.kill(one.pid, 9)

    def verified(self) -> subprocess.CompletedProcess[str]:
        """Compare the files with what was written."""
        arguments = [sys.executable, "-m", "reportgen", "verify", str(self.folder)]
        return subprocess.run(arguments, capture_output=True, text=True, check=False)

    def events(self, since: int = 0) -> list[dict[str, Any]]:
        """Return the whole lines of the journal, from a byte on."""
        if not self.journal.exists():
            return []
        content = self.journal.read_bytes()[since:]
        return [json.loads(line) for line in content[: content.rfind(b"\n") + 1].splitlines()]

    def reports(self) -> dict[str, dict[str, Any]]:
        """Return what is told of each client's report."""
        results: Any = json.loads((self.folder / "run_results.json").read_text())
        return {one["client"]: one for one in results["reports"]}

    def changed(self) -> list[str]:
        """Return the finished files that are not as they were written."""
        return [path for _key, path, _said in changed_files(results_of(self.folder), self.out)]

    def stamps(self) -> dict[Path, int]:
        """Return when the files of the reports that are done were written."""
        done: dict[str, list[dict[str, str]]] = {}
        for event in self.events():
            if event["event"] in {"done", "degraded", "held", "failed", "lost"}:
                done[event["job"]] = event["files"] if event["event"] == "done" else []
        paths = [self.out / file["path"] for files in done.values() for file in files]
        return {path: path.stat().st_mtime_ns for path in paths}

    def _arguments(self, options: Sequence[str]) -> list[str]:
        fixed = ["run", str(self.agency.file), "--out", str(self.out), "--as-of", DAY, "--workers", str(self.workers)]
        return [sys.executable, *self.program, *fixed, *options]

    def _environment(self) -> dict[str, str]:
        return {**os.environ, **self.agency.environment(), "REPORTGEN_API_URL": self.address}


@dataclass(frozen=True, slots=True)
class Running:
    """A process: its id, its parent's, and how much memory it holds, in megabytes."""

    pid: int
    parent: int
    megabytes: float


def session(leader: int) -> list[Running]:
    """Return the processes of a session that are still there."""
    found: list[Running] = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(fields[3]) == leader and fields[0] not in {"Z", "X"}:
            found.append(Running(int(file.parent.name), int(fields[1]), int(fields[21]) * _PAGE))
    return found


def workers(leader: int) -> list[Running]:
    """Return the processes of a run that render: the children of its server of processes."""
    return [one for one in session(leader) if one.pid != leader and one.parent not in {leader, 1, os.getpid()}]


def wait_until(true: Callable[[], bool], seconds: float, every: float = LOOK) -> bool:
    """Tell whether something becomes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(every)
    return true()


def ends_without_orphans(leader: int) -> bool:
    """Tell whether all processes of a session have gone in five seconds."""
    return wait_until(lambda: not session(leader), 5, every=0.05)


@contextmanager
def suppress_gone() -> Iterator[None]:
    """Take no notice of a process that has just ended."""
    try:
        yield
    except ProcessLookupError:
        return
