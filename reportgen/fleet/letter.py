"""A letter: its headers, its text as plain text and as HTML, and its attachments."""

from __future__ import annotations

from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING

from reportgen.outputs import FORMATS, format_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from reportgen.fleet.letter_texts import LetterTexts
    from reportgen.fleet.mail_server import Mailbox

ATTACHED = frozenset({"pdf", "xlsx", "csv"})
"""Formats of the files that a letter carries."""

ATTACHED_ALONE = frozenset({"html"})
"""Formats of the files that a letter carries where a report has none of the others: many servers refuse them."""

_POLICY = SMTP.clone(cte_type="7bit")  # every server takes it


@dataclass(frozen=True, slots=True)
class LetterHead:
    """The headers of a letter, but for its subject.

    Attributes:
        id: The same for the same letter: where a server got it twice, mail programs show it once.
        earlier: Ids of letters with an earlier content of the same reports, which it is shown below.
        sent_by: The sender.
        to: The readers.
        copies: Readers who get a copy.
        reply_to: Where answers go; none where they go to the sender.
        date: When it is sent.
    """

    id: str
    earlier: tuple[str, ...]
    sent_by: Mailbox
    to: Sequence[Mailbox]
    copies: Sequence[Mailbox]
    reply_to: Sequence[Mailbox]
    date: datetime


def write_letter(head: LetterHead, texts: LetterTexts) -> EmailMessage:
    """Return a letter without attachments.

    Raises:
        ValueError, MessageError: A header cannot hold its text.
    """
    letter = EmailMessage(policy=_POLICY)
    letter["Date"] = format_datetime(head.date)
    letter["From"] = _address(head.sent_by)
    for name, readers in (("To", head.to), ("Cc", head.copies), ("Reply-To", head.reply_to)):
        if readers:
            letter[name] = tuple(_address(reader) for reader in readers)
    letter["Subject"] = texts.subject
    letter["Message-ID"] = head.id
    if head.earlier:
        letter["In-Reply-To"] = head.earlier[-1]
        letter["References"] = " ".join(head.earlier)
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office notice comes back
    letter.set_content(texts.plain)
    if texts.html:
        letter.add_alternative(texts.html, subtype="html")
    return letter


def attach(letter: EmailMessage, paths: Sequence[Path]) -> None:
    """Attach files to a letter, of the types that it carries."""
    for path in paths:
        kind, _, rest = FORMATS[format_of(path.name)].media_type.partition("/")
        letter.add_attachment(path.read_bytes(), kind, rest.partition(";")[0], filename=path.name)


def carried(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the files that a letter carries."""
    attachments = (
        tuple(name for name in names if format_of(name) in formats) for formats in (ATTACHED, ATTACHED_ALONE)
    )
    return next(filter(None, attachments), ())


def attached_bytes(size: int) -> int:
    """Return the bytes that a file of a size takes in a letter: base64 in lines of 76 letters."""
    letters = -(-size // 3) * 4
    return letters + 2 * -(-letters // 76)


def _address(mailbox: Mailbox) -> Address:
    user, _, domain = mailbox.address.rpartition("@")
    return Address(mailbox.name, user, domain)
