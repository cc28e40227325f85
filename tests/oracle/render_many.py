"""A command that renders report after report in one process: a line of arguments in, a line of results out.

The only module here that runs the package; each line on standard input is a JSON list of arguments.
"""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

from reportgen.cli import main


def serve() -> None:
    """Answer every line until the input ends."""
    for line in sys.stdin:
        out, err = StringIO(), StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(json.loads(line))
        sys.stdout.write(json.dumps({"code": int(code), "out": out.getvalue(), "err": err.getvalue()}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
