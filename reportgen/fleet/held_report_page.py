"""The page beside a held report, with the reasons for staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reportgen.model import Caution

_PAGE = Markup("""<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Held: {title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem; color: #1d2126 }}
h1 {{ font-size: 1.4rem }} code {{ color: #5b636d }} li {{ margin: .5rem 0 }}
</style>
<h1>This report was held back</h1>
<p><strong>{title}</strong> for <strong>{client}</strong> was made, but it may not be sent as it is.
The files beside this page show it.</p>
<ul>{reasons}</ul>
<p>When the cause is mended, run the same command again: it makes this report anew and leaves the others alone.</p>
</html>
""")


def explanation(title: str, client: str, cautions: Iterable[Caution]) -> bytes:
    """Return the page as HTML."""
    items = Markup().join(
        Markup("<li>{}{} <code>{}</code></li>").format(
            f"{caution.block}: " if caution.block else "", caution.text, caution.code
        )
        for caution in cautions
    )
    return _PAGE.format(title=escape(title), client=escape(client), reasons=items).encode()
