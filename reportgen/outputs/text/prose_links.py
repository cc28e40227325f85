"""The links of the author's Markdown: to the web, to mail, and to blocks and sections of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from reportgen.markdown.parser import parse
from reportgen.model import Caution

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from reportgen.markdown.parser import Token
    from reportgen.model import Block, Section

_BEGINS = ("]", "<", "://", "@")  # without any of them a passage has no link


def link_places(sections: Iterable[Section]) -> dict[str, str]:
    """Return the places that links of passages may lead to, with their titles: shown sections and blocks."""
    places = {}
    for at, section in enumerate(sections, 1):
        places[f"section-{at}"] = section.title
        places |= {f"block-{block.name}": block.label for block in section.blocks}
    return places


def link_cautions(block: Block, places: Collection[str]) -> Iterator[Caution]:
    """Yield a caution for each link in a block's text that leads nowhere, so that its words are printed alone.

    A report is a file that is mailed and printed, so these are all but whole addresses of the web and of mail, and
    the report's own places: relative addresses, `//host`, other schemes, blocks that are not shown.
    """
    if not any(sign in block.prose for sign in _BEGINS):  # no link, so no parser
        return
    found = (address for token in parse(block.prose) for _, address in addressed(token) if address is not None)
    for address in dict.fromkeys(address for address in found if not leads(address, places)):
        yield Caution("W-LINK", _advice(unquote(address)[:80]), block.name)


def _advice(address: str) -> str:
    if address.startswith("#"):
        return (
            f"its link to {address!r} leads to nothing that the report shows, so its words are printed alone; "
            "write the name of a shown block, such as #block-reach"
        )
    text = f"its link to {address!r} leads nowhere from a report, so its words are printed alone"
    return f"{text}; write a whole address, such as https://example.com/page"


def addressed(line: Token) -> Iterator[tuple[Token, str | None]]:
    """Yield the tokens of a line; beside those that begin and end a link its address."""
    address: str | None = None
    for child in line.children or ():
        if child.type == "link_open":  # links do not nest (CommonMark 6.3)
            address = str(child.attrs.get("href", ""))
        yield child, address if child.type in {"link_open", "link_close"} else None


def leads(address: str, places: Collection[str]) -> bool:
    """Return whether an address leads somewhere from wherever a report is read."""
    if address.startswith("#"):
        return address[1:] in places
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:  # no host, or no port
        return False
    return bool(parts.hostname) if parts.scheme in {"http", "https"} else parts.scheme == "mailto" and bool(parts.path)


def footnote_references(markdown: str) -> list[int]:
    """Return how often a passage refers to each of its footnotes, in their order."""
    if "[^" not in markdown:
        return []
    counts: dict[int, int] = {}
    for token in parse(markdown):
        if token.type == "footnote_anchor":
            counts[token.meta["id"]] = counts.get(token.meta["id"], 0) + 1
    return list(counts.values())
