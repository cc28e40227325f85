"""The advice for a key that a model does not have: the key that its author means, or the usual keys there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.components.did_you_mean import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

_OTHER_NAMES = {
    "label": "title name heading header headline caption",
    "title": "label name heading header headline caption",
    "goal": "target budget objective quota",
    "goals": "targets budgets objectives quotas",
    "limit": "top top_n max max_rows maximum rows n",
    "where": "filter filters only condition",
    "when": "if condition show_if",
    "sort_by": "sort sorted_by order order_by sort_order",
    "hidden": "hide invisible",
    "compare": "comparison compare_to compare_with compared_with versus vs",
    "kind": "chart chart_type type",
    "format": "unit units number_format",
    "note": "description comment footnote remark",
    "locale": "language lang",
    "period": "date dates date_range range days",
    "brand": "color colors colour colours logo",
    "agency": "logo company sender",
    "api": "token tokens customer_token",
    "theme": "color colors colour colours style",
    "tones": "color colors colour colours",
}
"""Our key -> what authors call it."""

_FORMAT = "the format has it: write format: {as: count, %s}, with what the number is in place of count"
_NO_COLOR = "a block has no colours of its own; theme: in the spec and brand: in the client file have them"
_ADVICE = {
    "show shown visible": ("hidden", "what is not shown has hidden: true"),
    "rename aliases mapping": (
        "fields",
        "it stands under a field: write fields: {campaign: {rename: {Brand: Our name}}}",
    ),
    "desc descending asc ascending reverse": (
        "sort_by",
        "a - before the column says it: sort_by: -clicks, the largest first",
    ),
    "new_page page_break pagebreak": (
        "width",
        "write the bare word - page_break between two blocks, or new_page: true of a section",
    ),
    "period compare theme agency sections require title": (
        "slug",
        "it stands in the spec, and holds for all of its clients",
    ),
    "decimals digits precision places": ("format", _FORMAT % "decimals: 1"),
    "compact short abbreviate": ("format", _FORMAT % "compact: true"),
    "color colors colour colours": ("hidden", _NO_COLOR),
    "hide_zero hide_zeros hide_zeroes hide_empty skip_zero skip_zeros no_zeros": (
        "where",
        "write the rows to keep as a condition on a column, such as where: spend > 0",
    ),
}
"""What authors call a thing -> a key of the models that have it otherwise, and how these have it."""

_MOST_KEYS = 15  # of a message; more are a list that nobody reads
_USUAL = (
    "title name slug period compare locale timezone currency sources sections theme agency brand api email label kind "
    "format goal direction columns fields where sort_by limit total_row trend note width hidden when"
)
"""Keys of all models that are needed most, in the order of a message."""


def key_advice(key: str, keys: Sequence[str]) -> str:
    """Return the advice for an unknown key: the key of a model that is meant, or the usual keys of the model.

    Args:
        key: What the author wrote.
        keys: The keys of the model that an author may be advised to write, in their order.
    """
    word = key.casefold().replace("-", "_").replace(" ", "_")
    if word in keys:
        return f"did you mean {word!r}?"
    if ours := next((ours for ours, others in _OTHER_NAMES.items() if ours in keys and word in others.split()), None):
        return f"did you mean {ours!r}?"
    if advice := next(
        (text for words, (beside, text) in _ADVICE.items() if word in words.split() and beside in keys), ""
    ):
        return advice
    usual = [key for key in _USUAL.split() if key in keys]
    if len(keys) <= _MOST_KEYS or not usual:
        return nearest(word, keys)
    return nearest(word, keys, f"the usual keys here are {', '.join(usual)}")
