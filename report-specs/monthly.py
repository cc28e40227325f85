"""Makes last month's reports of a fleet and delivers them: `python monthly.py FLEET --out DIR`.

Copy this file and change it. A scheduler calls it on the first of the month, and again whenever it likes: what is
made is not made again, what is delivered is not delivered again, and by default every call of a month is about the
same days. It prints where a person should look, and ends with the exit codes of the command `reportgen`:

0 all reports are made, and delivered where that was asked for
1 a report failed, is degraded, held or left out for a wrong client file, or a delivery failed: look, mend, call again
2 the fleet or a spec is wrong, and 3 a token or an address is: call again when it is mended
4 another call works in the same folder: nothing to do
5 a system library is missing
"""

from __future__ import annotations

import argparse
import signal
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING, NoReturn

import reportgen

if TYPE_CHECKING:
    from collections.abc import Sequence

# The first kind that an error is of decides; every other error of reportgen ends with 1.
EXIT_CODES: tuple[tuple[type[reportgen.ReportgenError], int], ...] = (
    (reportgen.SpecError, 2),
    (reportgen.PeriodError, 2),
    (reportgen.ConfigurationError, 3),
    (reportgen.AuthenticationFailed, 3),
    (reportgen.RunLocked, 4),
    (reportgen.MissingLibrary, 5),
    (reportgen.ReportgenError, 1),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make, tell, deliver; return the exit code."""
    options = parser().parse_args(arguments)
    try:
        return monthly(options)
    except reportgen.ReportgenError as error:
        print(f"monthly: {error}", file=sys.stderr)
        return next(code for kind, code in EXIT_CODES if isinstance(error, kind))


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    reader = argparse.ArgumentParser(description="Make last month's reports of a fleet and deliver them.")
    reader.add_argument("fleet", help="the fleet file")
    reader.add_argument("--out", help="folder for the reports [default: that of the fleet file]")
    # The first of this month, not today: so a rerun on the 3rd makes the 1st's reports, with the 1st's date on them.
    first = datetime.now().astimezone().date().replace(day=1)
    reader.add_argument(
        "--as-of", type=date.fromisoformat, default=first, help=f"day of the reports [default: {first}]"
    )
    reader.add_argument("--workers", type=int, help="processes that render [default: one a processor]")
    reader.add_argument(
        "--send",
        choices=("never", "whole", "ready"),
        default="whole",
        help="never: a person looks first and calls `reportgen deliver`; whole: only when every report may be sent "
        "[default]; ready: those that may be sent, now",
    )
    return reader


def monthly(options: argparse.Namespace) -> int:
    """Make what is not made yet, tell what came of it, and deliver as far as that was asked for."""
    # Everything is read and checked here, before anything is asked or written.
    plan = reportgen.plan_fleet(options.fleet, out=options.out, period="last_month", as_of=options.as_of)
    # Makes what is missing, failed, held or changed. A crash, or a second call, costs nothing that was made.
    results = reportgen.run_fleet(plan, workers=options.workers, delivers=options.send != "never")
    bad = [one for one in results.reports if one.state not in plan.fleet.accepted]
    tell(plan, results, bad)
    is_faulty = bool(bad or plan.problems or results.unwritten)
    # a full disk would forget what went out
    is_held = is_faulty if options.send == "whole" else bool(results.unwritten)
    if plan.fleet.deliver is None or options.send == "never" or is_held:
        print(f"nothing was delivered; to do it: reportgen deliver {plan.folder}")
        return 1 if is_faulty else 0
    counts = reportgen.deliver(plan.folder, on_outcome=name_undelivered)
    print("deliveries: " + (", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "none"))
    return 1 if is_faulty or any(counts.get(state) for state in ("failed", "unknown", "renamed")) else 0


def name_undelivered(one: reportgen.DeliveryOutcome) -> None:
    """Say which report did not go out over which channel, and why."""
    if one.reason:
        print(f"monthly: {one.report} {one.state}: {one.to}: {one.reason}", file=sys.stderr)


def tell(plan: reportgen.FleetPlan, results: reportgen.RunResults, bad: Sequence[reportgen.ReportResult]) -> None:
    """Say how the run ended, which reports are not as they should be, and where to look."""
    print(", ".join(f"{count} {state}" for state, count in sorted(results.counts.items())))
    for problem in plan.problems:  # of a single client's file or row: its reports were left out
        print(f"monthly: {problem}", file=sys.stderr)
    for fault in results.unwritten:
        print(f"monthly: {fault}", file=sys.stderr)
    for one in bad:
        print(f"monthly: {one.client}/{one.spec} {one.state}: {one.reason}", file=sys.stderr)
    print(f"look at {plan.folder / 'contact-sheet.html'}")


def end(number: int, _frame: object) -> NoReturn:
    """Leave by an exception, so that a run that is stopped still writes its journal and its results."""
    sys.exit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, end)
    sys.exit(main())
