"""Check that the code names the things it is about: `python .ci/plain_words.py FOLDER`, part of `make lint`.

A reader who sees a docstring for the first time learns from its first line which thing is returned or changed. So the
first line holds a noun of `nouns.txt` (the report's, the API's or Python's own words), and no word that stands for a
thing without naming it. No variable is called `one`, for the same reason. Add a noun to the list when the project gets
a new thing, not to silence this check.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

STAND_INS = re.compile(r"\b(ones|told|said|whom|what (is|was|are|were)|one (that|who|which))\b", re.IGNORECASE)
NOUNS = frozenset(Path(__file__).with_name("nouns.txt").read_text(encoding="utf-8").split())


def faults_of(file: Path) -> Iterator[str]:
    """Yield the faults of a file, each with its line."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        place = f"{file}:{getattr(node, 'lineno', 1)}"
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            line = (ast.get_docstring(node) or "").partition("\n")[0]
            if line and not has_noun(line, after_verb=isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)):
                yield f"{place}: no noun of nouns.txt names a thing: {line}"
            for word in STAND_INS.finditer(line):
                yield f"{place}: {word[0]!r} stands for a thing; name the thing: {line}"
        elif name_of(node) in {"one", "ones"}:
            yield f"{place}: a variable is called {name_of(node)!r}; name the thing"


def has_noun(line: str, *, after_verb: bool) -> bool:
    """Return whether a line holds a noun of the list in its singular, plural or genitive, after its first verb."""
    words = re.findall(r"[a-z0-9][a-z0-9-]*", line.lower().replace("'s", ""))
    return any(
        form in NOUNS
        for word in words[after_verb:]
        for form in (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y")
    )


def name_of(node: ast.AST) -> str:
    """Return the name of a variable or a parameter; empty for any other part of the code."""
    if isinstance(node, ast.arg):
        return node.arg
    return node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else ""


def main(folder: Path) -> int:
    """Print the faults of all files below a folder, and return the exit code."""
    faults = [fault for file in sorted(folder.rglob("*.py")) for fault in faults_of(file)]
    print("\n".join(faults), end="\n" if faults else "")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
