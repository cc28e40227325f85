"""The heading of a report: its title without the client's name and the period, which are printed beside it."""

from __future__ import annotations

import re

_JOINT = re.compile(r"(\s*[·•|/:,\u2013\u2014]\s*|\s+-\s+)")
_CLIENT = re.compile(r"(?<!\{)\{client\.name\}(?!\})")
_LEADING = re.compile(r"^\{client\.name\}\s+")
_PRINTED = re.compile(r"(?<!\{)\{(?:client\.name|period\.label|period\.id)\}(?!\})")


def heading_template(title: str) -> str:
    """Return the template of a title without its parts that are nothing but the client's name or the period.

    The parts of a title stand between signs such as `·` or `:`. What is left out is decided before variables are
    filled in: a client may be called as a part of any word. `{client.name} · Ads · {period.label}` is `Ads`, and
    `Ads of {client.name} in {period.label}` stays as it is. The client's name before other words, as in
    `{client.name} on Instagram`, is the line above them. Empty where nothing is left.
    """
    pieces = _JOINT.split(title)
    kept: list[str] = []
    for part, joint in zip(pieces[::2], ["", *pieces[1::2]], strict=True):
        if _PRINTED.sub("", part).strip() or not _PRINTED.search(part):
            kept += [joint, part] if kept else [part]
    return _LEADING.sub("", "".join(kept).strip())


def names_client(template: str) -> bool:
    """Return whether the client's name is a part of a template."""
    return bool(_CLIENT.search(template))
