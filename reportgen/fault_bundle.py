"""The bundle that a user sends with a fault report: a zip file to render the report again, without secrets."""

from __future__ import annotations

import io
import json
import platform
import zipfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath
from typing import TYPE_CHECKING

from reportgen.connect.answers_folder import AnswerFolder
from reportgen.errors import ConfigurationError
from reportgen.files import read_bytes
from reportgen.spec.named_files import NamedFile, named_files
from reportgen.spec.prose_files import passage_files, passage_pictures
from reportgen.spec.source_accounts import accounts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reportgen.spec.client_file import Client
    from reportgen.spec.report_spec import ReportSpec

_PACKAGES = ("reportgen-connect", "weasyprint", "matplotlib", "openpyxl", "babel", "pydantic", "jinja2", "httpx")
_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first moment of zip files: the same bytes on any day
_CLIENT_KEYS = {"version", "name", "slug", "locale", "timezone", "currency", "brand", "sources", "goals"}
_CLIENT_KEYS |= {"annotations", "titles", "order", "hide", "cover", "about", "footer"}


def make_bundle(spec: ReportSpec, client: Client | None, answers: Path) -> bytes:
    """Return a zip file that renders a report again offline; the same bytes on any day.

    It holds the spec and its included files, the client without its e-mail and the places of its tokens, the
    pictures, theme and fonts of both, the client's Markdown files for any period and their pictures, the recorded
    answers of the client's accounts, and the versions of Python and the libraries.

    Args:
        spec: The spec of the report.
        client: Its client; None where it was made without a client.
        answers: A folder of `--record`, or a file of answers.

    Raises:
        ConfigurationError: There are no answers.
        SpecError: A file cannot be read.
    """
    files = dict(_files(spec, client, answers))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _FIRST_MOMENT)
            entry.external_attr = 0o600 << 16
            packed.writestr(entry, files[name], zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _files(spec: ReportSpec, client: Client | None, answers: Path) -> Iterator[tuple[str, bytes]]:
    yield spec.path.name, read_bytes(spec.path)
    named = [file for file in named_files(spec, client) if file.kind not in {"prose", "goals"}]
    prose = [NamedFile("prose", name, spec.folder) for name in passage_files(spec, client)]
    shown = [NamedFile("picture", name, spec.folder) for name in passage_pictures(spec, client)]
    for file in (*named, *prose, *shown):
        if file.path.is_file():
            yield PurePath(file.name).as_posix(), read_bytes(file.path)
    if spec.goals:
        yield (
            PurePath(spec.goals_file or "").as_posix(),
            spec.goals.text_of_client(client.id if client else "").encode(),
        )
    if client:  # JSON is YAML, so no writer of YAML is needed
        yield "client.yaml", _json(client.model_dump(mode="json", include=_CLIENT_KEYS, exclude_unset=True))
    for path in _recorded(spec, client, answers):
        yield f"answers/{path.name}" if answers.is_dir() else "answers.json", read_bytes(path)
    for path in sorted(AnswerFolder(answers).pictures.glob("*")):
        yield f"answers/pictures/{path.name}", read_bytes(path)
    yield "versions.json", _json({name: _version(name) for name in _PACKAGES} | _machine())
    yield "render.txt", _command(spec, client, answers).encode()


def _recorded(spec: ReportSpec, client: Client | None, answers: Path) -> Sequence[Path]:
    """Return the files of answers; a folder may hold answers of other clients' accounts too, which are left out."""
    if not answers.is_dir():
        return (answers,)
    own = {each.uuid for source in accounts(spec, client).values() if source for each in source.accounts}
    recorded = AnswerFolder(answers).paths_of_accounts(own)
    if not recorded:
        raise ConfigurationError(
            f"{answers} holds no recorded answers of this report's accounts; "
            f"make them with: reportgen render ... --record {answers}"
        )
    return recorded


def _command(spec: ReportSpec, client: Client | None, answers: Path) -> str:
    client_option = " --client client.yaml" if client else ""
    place = "answers" if answers.is_dir() else "answers.json"
    return f"reportgen render {spec.path.name}{client_option} --answers {place} --as-of YYYY-MM-DD\n"


def _machine() -> dict[str, str]:
    return {"python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}"}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"
