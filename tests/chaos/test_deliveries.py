"""Deliveries of a bad night: a mail server and a storage that fail in every way, and a command that is killed.

Nobody gets a letter twice, and nobody is forgotten in silence.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

import pytest

from reportgen.fleet.run_results import results_of
from reportgen.fleet.staff_marks import mark_not_arrived, mark_sent
from tests.chaos.command import wait_until
from tests.fleet.files import FLEET, account
from tests.fleet.mailserver import DROP, LOST, MailHost, mail_host
from tests.fleet.test_run_loop import Bench

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from tests.fleet.mailserver import Visit

_PROGRAM = """
import random, sys, time
from pathlib import Path

import fsspec
from fsspec.implementations.local import LocalFileSystem

from reportgen.cli import main
from reportgen.fleet import deliveries, mail_connection

mail_connection.MailConnections.__init__.__defaults__ = (mail_connection.MailTimeouts(0.4, 0.4, 0.4, 0.4, 0.4),)
deliveries._FIRST_PAUSE = 0.1
chance, puts = random.Random(sys.argv[1]), Path(sys.argv[2])

class Flaky(LocalFileSystem):
    protocol = "flaky"

    @classmethod
    def _strip_protocol(cls, path):
        return str(path).removeprefix("flaky://").rstrip("/")

    def put_file(self, local, target, **_options):
        fault = chance.random()
        if fault < 0.3:
            raise ConnectionError("the storage is away")
        path = Path(target)
        path.parent.mkdir(parents=True, exist_ok=True)
        content = Path(local).read_bytes()
        path.write_bytes(content[: len(content) // 2] if fault < 0.4 else content)
        if fault >= 0.4:
            with puts.open("a") as lines:
                lines.write(f"{path}\\n")

fsspec.register_implementation("flaky", Flaky)
raise SystemExit(main(sys.argv[3:]))
"""
"""The command with short times to wait, and a storage that is away, or keeps half a file, as chance has it."""

_STEPS = {
    "GREETING": ["421 busy", DROP],
    "MAIL": ["451 later", "421 enough", DROP],
    "RCPT": ["450 greylisted", "451 greylisted", DROP],
    "DATA": ["452 full", DROP, "HANG"],
    "END": ["451 later", DROP, LOST, "HANG"],
}
"""What goes wrong at each step, by turns of chance."""

_MAIL = 'email: {to: "{client.email}", subject: "{title}", body: mail.txt, server: {env: SMTP}}'
_OUTBOX = '{storage: {url: "flaky://OUTBOX/{client.slug}"}}'


@dataclass
class Desk:
    """The deliveries of a run, and what really became of them.

    Attributes:
        bench: The run.
        chance: Of all faults.
        trouble: The share of steps that go wrong.
        host: The mail server.
        seen: How often each fault was met.
    """

    bench: Bench
    chance: Random
    trouble: float
    host: MailHost = field(default_factory=MailHost)
    seen: Counter[str] = field(default_factory=Counter)
    lock: Lock = field(default_factory=Lock)

    def answer(self, command: str, _visit: Visit) -> str | None:
        """Answer a command of the mail server, well or as chance has it."""
        step = command.partition(" ")[0]
        with self.lock:
            if step not in _STEPS or self.chance.random() >= self.trouble:
                return None
            fault = self.chance.choice(_STEPS[step])
            self.seen[f"{step} {fault or 'drop'}"] += 1
        if fault == "HANG":
            time.sleep(0.7)
            return LOST if step == "END" else DROP
        return fault

    def arguments(self, *options: str) -> list[str]:
        """Return the command line of a delivery."""
        own = [str(self.chance.random()), str(self.bench.root / "puts")]
        return [sys.executable, "-c", _PROGRAM, *own, "deliver", str(self.bench.folder), *options]

    def environment(self) -> dict[str, str]:
        """Return the environment of the command."""
        return {**os.environ, "SMTP": self.host.address}

    def deliver(self, *options: str) -> subprocess.CompletedProcess[str]:
        """Deliver to the end."""
        return subprocess.run(
            self.arguments(*options), env=self.environment(), capture_output=True, text=True, check=False, timeout=300
        )

    def killed(self) -> None:
        """Deliver, and kill the command once it has begun some more parcels."""
        begun, more = self.begun(), self.chance.randrange(1, 6)
        process = subprocess.Popen(
            self.arguments(), env=self.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(lambda: process.poll() is not None or self.begun() >= begun + more, 60)
        time.sleep(self.chance.random() * 0.02)
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()
        wait_until(lambda: not self.host.open, 10)  # a letter on its way may arrive after the sender's end

    def begun(self) -> int:
        """Return the number of parcels that were begun."""
        return (self.bench.folder / "journal.jsonl").read_bytes().count(b'"event": "delivering"')

    def letters(self) -> Counter[str]:
        """Return how many letters each reader has."""
        return Counter(reader for readers in self.host.readers for reader in readers)

    def puts(self) -> Counter[str]:
        """Return how often each file was put whole into the storage, by its client."""
        file = self.bench.root / "puts"
        return Counter(line.split("/")[-2] for line in file.read_text().splitlines()) if file.exists() else Counter()

    def deliveries(self) -> list[tuple[str, Any]]:
        """Return each delivery of each client."""
        return [(one.client, each) for one in results_of(self.bench.folder).reports for each in one.deliveries]

    def has_arrived(self, client: str, to: str) -> bool:
        """Return whether a parcel really arrived."""
        if to.startswith("email "):
            return self.letters()[to.removeprefix("email ")] > 0
        return self.puts()[client] > 0

    def look(self) -> None:
        """Prove that nobody has two letters, and that the results are true: who is not written to is named."""
        assert not [reader for reader, count in self.letters().items() if count > 1]
        deliveries = self.deliveries()
        assert len(deliveries) == 2 * len(self.bench.jobs)
        for client, delivery in deliveries:
            if delivery.state == "delivered":
                assert self.has_arrived(client, delivery.to), f"{client} is forgotten: {delivery.to}"
            else:
                assert delivery.advice, f"nobody says what to do about {client}: {delivery.to}"
            if delivery.state in {"waiting", "undelivered"}:
                assert not self.has_arrived(client, delivery.to), f"{client} would get it twice: {delivery.to}"

    def ask_readers(self) -> int:
        """Mark each unknown delivery as its reader says; return how many there were."""
        unknown = [(client, one.to) for client, one in self.deliveries() if one.state in {"delivering", "uncertain"}]
        for client, to in unknown:
            mark = mark_sent if self.has_arrived(client, to) else mark_not_arrived
            mark(self.bench.folder, [client], to=to)
        return len(unknown)


def made(folder: Path, clients: int) -> Bench:
    """Return a run that is made, with an address for each client."""
    bench = Bench(folder, clients=clients)
    rows = [f"client-{one:04d},Client {one},c{one}@x.example,{account(one)}" for one in range(clients)]
    (folder / "clients.csv").write_text("\n".join(["slug,name,email,sources.instagram", *rows]) + "\n")
    (folder / "mail.txt").write_text("Hello {client.name}")
    channels = f"{{{_MAIL}}}, {_OUTBOX.replace('OUTBOX', str(folder / 'bucket'))}"
    bench.file.write_text(f"{FLEET.replace('[html]', '[xlsx]')}deliver: {{to: [{channels}]}}\n")
    bench.again().make()
    return bench


@pytest.mark.parametrize(
    ("clients", "kills"),
    [
        pytest.param(6, 2, id="short"),
        pytest.param(120, 25, id="full", marks=[pytest.mark.chaos, pytest.mark.timeout(1800)]),
    ],
)
def test_nobody_twice_and_nobody_forgotten(tmp_path: Path, chance: Random, clients: int, kills: int) -> None:
    """D01: through refusals, greylists, hangs, dropped lines, half files and kills each reader gets one letter."""
    desk = Desk(made(tmp_path, clients), chance, trouble=0.2)
    asked = 0
    with mail_host(desk.answer) as desk.host:
        for _ in range(kills):
            desk.killed()
            desk.look()
            if chance.random() < 0.3:
                asked += desk.ask_readers()
        for _ in range(30):
            ended = desk.deliver("--retry", "2s")
            assert ended.returncode in {0, 1}, ended.stderr
            desk.look()
            asked += desk.ask_readers()
            if ended.returncode == 0:
                break
        last = desk.deliver()
    counts = Counter(delivery.state for _, delivery in desk.deliveries())
    print(f"{clients} clients, {kills} kills, {asked} readers asked, faults: {json.dumps(desk.seen, sort_keys=True)}")  # noqa: T201 - what was proved
    assert (last.returncode, last.stdout) == (0, f"{2 * clients} before\n")
    assert counts == {"delivered": 2 * clients}
    assert desk.letters() == {f"c{one}@x.example": 1 for one in range(clients)}
    assert set(desk.puts()) == {f"client-{one:04d}" for one in range(clients)}
    for report in results_of(desk.bench.folder).reports:
        (file,) = report.files
        stored = tmp_path / "bucket" / report.client / file.path.rpartition("/")[2]
        assert stored.read_bytes() == (desk.bench.root / file.path).read_bytes()
