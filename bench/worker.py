"""A process that makes documents with one engine: `python -m bench.worker ENGINE FOLDER FORMAT...`.

It is given an `Order` as JSON a line, and answers each with a line of JSON: a `Run`, or why there is none. The files
are left in the folder.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from bench.content import big_table, reference
from bench.processes import cpu_seconds, memory

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bench.content import Content

PDF = ("pdf",)


@dataclass(frozen=True, slots=True)
class Order:
    """What to make: numbers from a seed; a table of that many rows, or the reference report where there are none."""

    seed: int
    rows: int = 0

    @property
    def content(self) -> Content:
        """What the document shows."""
        return big_table(self.seed, self.rows) if self.rows else reference(self.seed)


@dataclass(frozen=True, slots=True)
class Run:
    """What a document cost.

    Attributes:
        wall: Seconds from what is given to the bytes.
        cpu: Seconds of processors in that time, those of processes below the worker included.
        peak: Most memory ever held, in MB: the sum of VmHWM of the worker and all below it. What browser
            processes share is counted in each.
        held: Memory held now, in MB, likewise.
    """

    wall: float
    cpu: float
    peak: float
    held: float


def document(form: str) -> str:
    """Return the name of the file that is left behind in a format."""
    return f"document-{form}"


def run(engine: str, order: Order, folder: Path, formats: Sequence[str] = PDF) -> Run:
    """Make a document in some formats, and leave its files in the folder.

    Raises:
        ImportError: The engine is not installed.
    """
    make = _prepared(engine, order.content, folder, formats)
    cpu, wall = cpu_seconds(), time.perf_counter()
    files = make()
    wall, cpu = time.perf_counter() - wall, cpu_seconds() - cpu
    for form, content in files.items():
        (folder / document(form)).write_bytes(content)
    return Run(wall, cpu, memory("VmHWM"), memory("VmRSS"))


def _prepared(engine: str, content: Content, folder: Path, formats: Sequence[str]) -> Callable[[], Mapping[str, bytes]]:
    """Return the making of a document's files by their formats; an engine of PDFs alone makes just that."""
    module = import_module(f"bench.engines.{engine}")
    if hasattr(module, "prepare_files"):
        making: Callable[[], Mapping[str, bytes]] = module.prepare_files(content, folder, formats)
        return making
    make: Callable[[], bytes] = module.prepare(content, folder)
    return lambda: {"pdf": make()}


def main(engine: str, folder: Path, formats: Sequence[str]) -> None:
    """Answer orders until there are no more."""
    for line in sys.stdin:
        try:
            said: dict[str, object] = asdict(run(engine, Order(**json.loads(line)), folder, formats))
        except ImportError as error:
            said = {"missing": str(error)}
        except Exception as error:  # noqa: BLE001 - whatever an engine raises is told in its row
            said = {"wrong": f"{type(error).__name__}: {error}"[:300]}
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
