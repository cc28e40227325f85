"""The author's own page of a letter, without the sentences that lack a value."""

from __future__ import annotations

import re

from reportgen.sentences import KeptText, kept_text

_BLOCK_TAG = re.compile(
    r"(</?(?:address|article|blockquote|body|br|center|dd|div|dl|dt|figure|footer|h[1-6]|head|header|hr|html|li|main|ol"
    r"|p|section|style|table|tbody|td|tfoot|th|thead|title|tr|ul)\b[^>]*>)",
    re.IGNORECASE,
)
_EMPTY_BLOCK = re.compile(r"<(p|li|h[1-6])\b[^>]*>\s*</\1>", re.IGNORECASE)
_TAG = re.compile(r"<(?!img\b|!|wbr\b)(/?)[^>]*(?<!/)>", re.IGNORECASE)


def kept_page(html: str) -> KeptText:
    """Return a page of HTML without its sentences that lack a value, and without paragraphs that are empty then."""
    pieces = _BLOCK_TAG.split(html)  # every second is a tag
    kept = [
        KeptText(piece) if at % 2 else kept_text(piece, is_whole=_has_whole_tags) for at, piece in enumerate(pieces)
    ]
    left_out = tuple(part for piece in kept for part in piece.left_out)
    text = "".join(piece.text for piece in kept)
    return KeptText(_EMPTY_BLOCK.sub("", text) if left_out else text, left_out)


def _has_whole_tags(before: str, _behind: str) -> bool:
    """Return whether a text closes each tag that it opens."""
    slashes = [tag[1] for tag in _TAG.finditer(before)]
    return slashes.count("/") * 2 == len(slashes) and before.count("<") == before.count(">")
