"""`make docs`: writes the reference, and the pictures."""

from __future__ import annotations

import sys
from pathlib import Path

from docs.pictures import write_pictures
from docs.reference import reference

REFERENCE = Path(__file__).parent / "reference.md"

if __name__ == "__main__":
    REFERENCE.write_text(reference(), "utf-8")
    print(REFERENCE)
    if "--no-pictures" not in sys.argv:
        for path in write_pictures():
            print(path)
