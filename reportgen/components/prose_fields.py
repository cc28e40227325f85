"""A passage of Markdown, written in the spec or in a file beside it, and the pictures in it."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import AfterValidator, Discriminator, Field, Tag

from reportgen.components.did_you_mean import near_word
from reportgen.components.texts_by_language import InLanguages
from reportgen.components.yaml_models import LiveText, NamesFile, PathTemplate, YamlModel
from reportgen.languages import is_language
from reportgen.markdown.limits import excess
from reportgen.markdown.pictures import named_pictures
from reportgen.model import Caution
from reportgen.queries import Failure

if TYPE_CHECKING:
    from reportgen.components.component import Scope
    from reportgen.model import Block


def _within_limits(markdown: str) -> str:
    if problem := excess(markdown):
        raise ValueError(problem)
    return markdown


Markdown: TypeAlias = Annotated[LiveText, AfterValidator(_within_limits), InLanguages()]
"""Markdown with variables, no longer and no more tangled than is laid out in a second or two."""


class PassageFile(YamlModel):
    """A Markdown file with a passage; with variables in its name, a file for each client or period."""

    file: Annotated[
        PathTemplate,
        NamesFile("prose"),
        Field(
            description="A Markdown file below the spec's folder; `{client.slug}` and the like may stand in its path."
        ),
    ]
    optional: Annotated[bool, Field(description="Whether the block is left out where the file is missing.")] = False


def _kind(written: object) -> str:
    """Return the tag of a passage: only that member of the union tells its problems."""
    keys = [str(key) for key in written if not is_language(str(key))] if isinstance(written, dict) else ()
    is_file = isinstance(written, PassageFile) or any(near_word(key, PassageFile.model_fields) for key in keys)
    return "<file>" if is_file else "<words>"


Passage: TypeAlias = Annotated[
    Annotated[Markdown, Tag("<words>")] | Annotated[PassageFile, Tag("<file>")], Discriminator(_kind)
]
"""Markdown, or `{file: ...}` with a path below the spec's folder."""


def passage_text(passage: Passage, scope: Scope) -> str | Failure:
    """Return the Markdown of a passage with its variables filled in, or the failure to read its file.

    A passage of which nothing is left, as its values are missing, has no data.
    """
    written = scope.passages[scope.fill.path(passage.file)] if isinstance(passage, PassageFile) else passage
    if isinstance(written, Failure):
        return written
    text = scope.fill.markdown(written)
    return Failure("no_data", "") if written and not text else text


def passage_pictures(passage: Passage, scope: Scope) -> dict[str, str]:
    """Return the pictures of a passage by their addresses in it: the path from the spec's folder, or the web address.

    A path is relative to the file that holds the passage.
    """
    text = passage_text(passage, scope)
    folder = posixpath.dirname(scope.fill.path(passage.file)) if isinstance(passage, PassageFile) else ""
    return {} if isinstance(text, Failure) else {named.address: named.path for named in named_pictures(text, folder)}


def with_passage(block: Block, passage: Passage, scope: Scope) -> Block:
    """Return a block with a passage and its pictures; a picture that is missing or unfit is a caution."""
    text = passage_text(passage, scope)
    if isinstance(text, Failure):
        return replace(block, state=text.missing, reason=text.reason)
    found = {address: scope.pictures[path] for address, path in passage_pictures(passage, scope).items()}
    lost = (picture.reason for picture in found.values() if isinstance(picture, Failure))
    cautions = tuple(Caution("W-FAILED", f"{why}; its alternative text is printed instead") for why in lost)
    pictures = {address: picture for address, picture in found.items() if not isinstance(picture, Failure)}
    return replace(block, prose=text, prose_pictures=pictures, cautions=block.cautions + cautions)
