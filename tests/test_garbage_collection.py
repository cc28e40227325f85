"""The times of garbage collection in a process that makes reports."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """\
import gc
from reportgen.garbage_collection import collected_afterwards

class Kept:
    pass

kept, seen = [], []
for _ in range(6):
    with collected_afterwards():
        kept += [Kept() for _ in range(1000)]
        ring = Kept()
        ring.own = ring
        ring = None
    seen.append(sum(isinstance(one, Kept) for one in gc.get_objects()))
print(seen)
"""


def test_what_outlives_the_first_reports_is_not_looked_at_again() -> None:
    """Rings are collected after each report; what stays of the first three is exempt, and what comes later is not."""
    said = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True).stdout
    assert said.split("\n")[0] == "[0, 0, 0, 1000, 2000, 3000]"
