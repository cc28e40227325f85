"""Diagnoses of a machine: problems that keep it from making reports, each with the command that mends it."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.connect.clock import SystemClock
from reportgen.doctor.api_health import look_at_api, look_at_clock, unasked_api
from reportgen.doctor.diagnosis import Diagnosis
from reportgen.doctor.environment import (
    look_at_addresses,
    look_at_proxies,
    look_at_requests,
    look_at_tokens,
    read_files,
)
from reportgen.doctor.machine import (
    look_at_extras,
    look_at_fonts,
    look_at_libraries,
    look_at_python,
    look_at_system,
    look_at_time_zones,
    scripts_of,
)
from reportgen.doctor.writable_folders import look_at_folder
from reportgen.spec.report_spec import DEFAULT_ZONE

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Diagnosis", "DoctorOptions", "examine"]


@dataclass(frozen=True, slots=True)
class DoctorOptions:
    """The files and folders that are examined.

    Attributes:
        out: Folder that reports are written to.
        state: Folder of what is stored between calls.
        client: A client file; None examines no client.
        fleet: A fleet file; None examines no fleet.
        online: Whether the API is asked though no variable names it.
    """

    out: Path
    state: Path
    client: Path | None = None
    fleet: Path | None = None
    online: bool = False


def examine(options: DoctorOptions) -> Iterator[Diagnosis]:
    """Yield the diagnoses of the machine, its folders, tokens and addresses, and the API.

    Raises:
        SpecError: The client or the fleet file is wrong; nothing else is examined then.
    """
    clients, places = read_files(options.client, options.fleet)
    scripts = scripts_of({client.locale for client in clients if client.locale})
    yield look_at_system()
    yield look_at_python()
    yield from look_at_libraries()
    yield from look_at_fonts(scripts)
    yield look_at_time_zones(sorted({DEFAULT_ZONE, *(client.timezone for client in clients if client.timezone)}))
    yield from look_at_extras()
    yield look_at_folder("Reports", options.out)
    yield look_at_folder("State", options.state, private=True)
    yield look_at_folder("Temporary files", Path(tempfile.gettempdir()))
    yield from look_at_tokens(clients, places)
    online = options.online or bool(os.environ.get("REPORTGEN_API_URL"))
    yield from look_at_requests(options.fleet, online=online)
    yield from look_at_addresses(clients)
    yield look_at_proxies()
    if online:
        yield from look_at_api(clients, SystemClock())
    else:
        yield unasked_api()
        yield look_at_clock(SystemClock())
