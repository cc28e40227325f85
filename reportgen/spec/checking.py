"""The findings of `check` in a file: its problems and its warnings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.components import ChartBlock
from reportgen.components.did_you_mean import nearest
from reportgen.connect.picture_files import load_picture
from reportgen.errors import ConfigurationError, Problem, SpecError
from reportgen.outputs.text.catalogues import catalogue_of, english_in_place_of
from reportgen.spec.client_overrides import misfits
from reportgen.spec.field_checks import field_warnings
from reportgen.spec.fleet_file import Fleet
from reportgen.spec.fleet_members import client_warnings, fleet_misfits
from reportgen.spec.goals_file import read_goals
from reportgen.spec.live_word_checks import live_word_warnings, number_names
from reportgen.spec.loading import attempted, load_spec_and_client, other_kind, read_file_of_any_kind
from reportgen.spec.named_files import files_of, named_files
from reportgen.spec.passed_on_checks import passed_on_warnings
from reportgen.spec.prose_checks import passage_problems
from reportgen.spec.rate_checks import client_goal_warnings, rate_warnings
from reportgen.spec.report_spec import ReportSpec
from reportgen.spec.spelling_checks import key_warnings
from reportgen.spec.theme import own_theme, theme_of
from reportgen.spec.theme_contrast import contrast_lines
from reportgen.spec.theme_file import ThemeFile
from reportgen.spec.yaml_reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.spec.client_file import Client
    from reportgen.spec.theme import OwnTheme
    from reportgen.spec.yaml_reader import Document, Place


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings in a file, and in a spec together with a client.

    Attributes:
        problems: Problems for which the file cannot be used.
        warnings: Warnings about keys that work, but perhaps not as the author expects.
        is_fleet: Whether the file is a fleet, which `fleet_check` checks further.
        remarks: What is worth knowing of a theme: its contrasts.
    """

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    is_fleet: bool = False
    remarks: tuple[str, ...] = ()


def check_file(path: Path, client: Path | None = None) -> Findings:
    """Return the findings in a file of any kind, in its pictures, and in a spec with its client."""
    document, problems = attempted(read_yaml, path)
    return Findings(problems) if document is None else check_document(document, client)


def check_document(document: Document, client: Path | None = None) -> Findings:
    """Return the findings in a document; a spec that is checked with a client has to be on disk."""
    path = Path(document.file)
    loaded, problems = attempted(read_file_of_any_kind, document)
    if loaded is None:
        return Findings(problems)
    if client and not isinstance(loaded, ReportSpec):
        return Findings((document.problem((), other_kind(type(loaded), ReportSpec)),))
    if isinstance(loaded, ThemeFile):
        return _theme_findings(path, document, loaded)
    warnings = [*document.cautions, *_word_warnings(loaded, document)]
    pair: tuple[ReportSpec, Client | None] | None = None
    if isinstance(loaded, ReportSpec) and client:
        pair, problems = attempted(load_spec_and_client, path, client)
        of_client = check_file(client) if pair else Findings(())
        problems = (*problems, *of_client.problems)
        warnings += of_client.warnings
        warnings += (*_goal_warnings(*pair), *_misfit_warnings(*pair)) if pair else ()
    if isinstance(loaded, Fleet):
        missing = tuple(_missing_files(loaded, document, path.parent))
        if not missing:
            warnings += dict.fromkeys(client_warnings(document))
        return Findings(missing or fleet_misfits(document), tuple(warnings), is_fleet=True)
    passages = passage_problems(*pair) if pair else passage_problems(loaded) if isinstance(loaded, ReportSpec) else ()
    if isinstance(loaded, ReportSpec):
        warnings += spec_warnings(loaded, document)
        theme, _ = attempted(theme_of, loaded)
        warnings += _theme_warnings(theme) if theme else ()
    return Findings((*problems, *file_problems(loaded), *passages), tuple(warnings))


def _theme_findings(path: Path, document: Document, written: ThemeFile) -> Findings:
    """Return the findings in a theme, whose fonts may be anywhere: the folder of its spec is not known."""
    theme, problems = attempted(own_theme, path, None, (document, written))
    if theme is None:
        return Findings(problems)
    return Findings((), tuple(_theme_warnings(theme)), remarks=tuple(contrast_lines(theme.theme)))


def _theme_warnings(theme: OwnTheme) -> Iterator[Problem]:
    yield from (replace(found, message=f"warning: {found.message}") for found in theme.warnings)


def _word_warnings(loaded: ReportSpec | Client | Fleet, document: Document) -> Iterator[Problem]:
    """Yield a warning where a file's locale has fixed words of another language."""
    locale = None if isinstance(loaded, Fleet) else loaded.locale
    if locale is None:
        return
    catalogue, message = catalogue_of(locale), english_in_place_of(locale)
    if catalogue and "-" in locale and catalogue not in {locale.replace("-", "_"), "de", "es", "fr"}:
        message = f"the fixed words for {locale!r} are those of {catalogue}; numbers and dates follow {locale!r}"
    if message:
        yield document.problem(("locale",), f"warning: {message}")


def spec_warnings(spec: ReportSpec, document: Document) -> Iterator[Problem]:
    """Yield the warnings of a spec: values that YAML misreads, names that nobody may know, unsuitable kinds."""
    for fragment in spec.fragments:
        read, _ = attempted(read_yaml, fragment)
        yield from read.cautions if read else ()
    yield from key_warnings(spec, document)
    yield from field_warnings(spec, document)
    yield from passed_on_warnings(spec, document)
    yield from live_word_warnings(spec, document)
    yield from rate_warnings(spec, document)
    yield from form_warnings(spec, document)
    for at, section in enumerate(spec.sections):
        if not section.blocks:
            yield document.problem(("sections", at, "blocks"), "warning: the section has no block, so it is not shown")


def form_warnings(spec: ReportSpec, document: Document) -> Iterator[Problem]:
    """Yield a warning for each chart that cannot be drawn in the kind asked for, whatever is answered."""
    for place, _, block in spec.placed_blocks():
        if isinstance(block, ChartBlock):
            key = "kind" if block.kind else "chart_type"
            for caution in block.foreseen_cautions():
                yield document.problem((*place, key), f"warning: {caution.text} [{caution.code}]")


def _goal_warnings(spec: ReportSpec, client: Client | None) -> Iterator[Problem]:
    """Yield a warning for each goal of the client that is set for no number of the spec: another spec may have it."""
    if client is None or not client.goals:
        return
    numbers, document = number_names(spec), read_yaml(client.path)
    yield from client_goal_warnings(spec, client, document)
    if client.goals_file:
        unknown = read_goals(client.folder, client.goals_file).unknown(
            "name", numbers, f"number of the spec {spec.name!r}"
        )
        yield from (replace(problem, message=f"warning: {problem.message}") for problem in unknown)
    for name in (goal for goal in client.goals if goal not in numbers and ("goals", goal) in document.values):
        advice = nearest(name, numbers) if numbers else "it has no numbers"
        message = f"warning: {name!r} is no number of the spec {spec.name!r}; {advice}"
        yield document.problem(("goals", name), message, at_key=True)


def _misfit_warnings(spec: ReportSpec, client: Client | None) -> Iterator[Problem]:
    """Yield a warning for each name in the client file that only another spec of the folder has."""
    if client and (found := misfits(spec, client)):
        document = read_yaml(client.path)
        for misfit in found:
            message = f"warning: {misfit.message}; another spec beside it has it"
            yield document.problem(misfit.place, message, at_key=True)


def _missing_files(fleet: Fleet, document: Document, folder: Path) -> Iterator[Problem]:
    """Yield a problem for each missing spec and each pattern that no client file fits."""
    for index, report in enumerate(fleet.reports):
        if not (folder / report.spec).is_file():
            yield document.problem(("reports", index, "spec"), f"there is no file {report.spec!r} beside the fleet")
        if not _any_file(folder, report.clients):
            yield document.problem(("reports", index, "clients"), f"no file fits {report.clients!r} beside the fleet")


def _any_file(folder: Path, pattern: str) -> bool:
    try:
        return any(folder.glob(pattern))
    except (NotImplementedError, ValueError):  # an absolute or an empty pattern
        return False


def file_problems(loaded: ReportSpec | Client | Fleet) -> Iterator[Problem]:
    """Yield a problem for each missing or unfit picture or theme of a spec or a client, with its line if it is known.

    Markdown files have problems of their own, see `prose_checks`; a fleet's files are checked by `fleet_check`.
    """
    if isinstance(loaded, Fleet):
        return
    spec = loaded if isinstance(loaded, ReportSpec) else None
    files = named_files(spec) if spec else files_of(loaded, loaded.folder)
    for file in {(file.kind, file.name): file for file in reversed(list(files))}.values():
        try:
            if file.kind == "theme" and spec:
                theme_of(spec)
            elif file.kind == "picture":
                load_picture(file.root, file.name)
        except SpecError as error:
            yield from error.problems
        except ConfigurationError as error:
            yield problem_at(loaded.path, file.place, str(error))


def problem_at(path: Path, place: Place, message: str) -> Problem:
    """Return a problem with the line of its place in a YAML file, or without a line for other files."""
    document = None if path.suffix.lower() == ".csv" else attempted(read_yaml, path)[0]
    if document and place and place in document.values:
        return document.problem(place, message)
    return Problem(str(path), 0, 0, ".".join(map(str, place)), message)
