"""The channel of e-mail: letters with reports to one or more readers."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.errors import MessageError
from email.utils import make_msgid
from typing import TYPE_CHECKING
from urllib.parse import quote

from reportgen.components.variables import fill_variables, live_words
from reportgen.errors import ConfigurationError, OutputError
from reportgen.fleet.letter import LetterHead, attach, attached_bytes, carried, write_letter
from reportgen.fleet.letter_texts import (
    LETTER_VARIABLES,
    LetterContent,
    LetterTexts,
    NumberGroup,
    letter_texts,
    read_letter,
    values_of,
)
from reportgen.fleet.mail_connection import Envelope, megabytes
from reportgen.fleet.mail_server import Mailbox, MailServer, mailbox, mailboxes, named_mailbox, parse_server
from reportgen.fleet.parcels import Channel
from reportgen.fleet.run_records import ReportResult
from reportgen.languages import file_for_reader
from reportgen.spec.reader_language import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from email.message import EmailMessage
    from pathlib import Path

    from reportgen.fleet.parcels import Dispatch, Parcel
    from reportgen.fleet.run_records import PlannedReport, WrittenFile
    from reportgen.outputs.text.headline_numbers import HeadlineNumber
    from reportgen.spec.delivery_spec import EmailDelivery
    from reportgen.spec.report_spec import ReportSpec

_NAMES, _SIGNS = ("client.name", "agency.name"), re.compile("[@,;<>]")
_WAY = "email "
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class MailChannel(Channel):
    """E-mail.

    Attributes:
        email: As it is written.
        file: The fleet file; paths in it start from its folder.
    """

    email: EmailDelivery
    file: Path

    @property
    def is_joint(self) -> bool:
        """Whether the reports of a client go in a single letter."""
        return self.email.together

    def addresses(self, report: PlannedReport) -> tuple[str, ...]:
        """Return the address of each reader, or the text that is no address, on a line."""
        try:
            to, copied = self._readers(report)
        except ValueError:
            return (_WAY + " ".join(", ".join(_filled(self.email.readers, report)).split()),)
        return tuple(f"{_WAY}{reader.address}" for reader in (*to, *copied))

    def carried(self, files: Sequence[WrittenFile]) -> tuple[WrittenFile, ...]:
        """Return the files that a letter carries."""
        names = carried([file.path for file in files])
        return tuple(file for file in files if file.path in names)

    def check(self, locales: Iterable[str], specs: Sequence[ReportSpec] = ()) -> None:
        """Refuse a channel without its server or texts.

        Raises:
            ConfigurationError: The server, or the sender, is missing or malformed.
            SpecError: The text of letters cannot be used.
        """
        self._server()
        for locale in locales:
            self._written(locale, specs)

    def check_parcels(self, parcels: Sequence[Parcel]) -> None:
        """Refuse parcels of which no letter can be written.

        Raises:
            ConfigurationError: An address, or a header of the letter, is missing or malformed.
            OutputError: The letter would be too large.
            SpecError: See `check`.
        """
        report = parcels[0].report
        where = f"{self.file}: deliver: {report.client}"
        try:
            self._readers(report)  # before the server, which is often known on another machine alone
        except ValueError as error:
            raise ConfigurationError(f"{where}: {error}; write email: in its client file") from error
        for key, text in (("from", self.email.from_), ("reply_to", self.email.reply_to)):
            if text:
                self._own_address(key, text, report)
        self.check({parcel.report.locale for parcel in parcels})
        try:
            self._letter(parcels).as_bytes()
        except (ValueError, MessageError) as error:
            raise ConfigurationError(f"{where}: no letter can be written: {type(error).__name__}") from error

    def send(self, parcels: Sequence[Parcel], dispatch: Dispatch) -> Mapping[str, OutputError]:
        """Send a letter with the reports of the parcels to their readers."""
        letter = self._letter(parcels, dispatch.test_reader)
        if not self._link(parcels):
            attach(letter, [dispatch.root / file.path for file in _files(parcels)])
        server = self._server()
        readers = list(dict.fromkeys(parcel.address.removeprefix(_WAY) for parcel in parcels))
        sender = self._sender(parcels[0].report, server).address
        envelope = Envelope(sender, [dispatch.test_reader] if dispatch.test_reader else readers, letter.as_bytes())
        refused = dispatch.connections.to(server).send(envelope)
        return {f"{_WAY}{reader}": error for reader, error in refused.items()}

    def secrets(self) -> Iterator[str]:
        """Yield the address of the server and its password, as they are written and as they are sent."""
        with suppress(ConfigurationError, ValueError):  # a secret that cannot be read cannot be shown
            text = self.email.server.read(self.file, "deliver.to.email.server").get_secret_value()
            yield text
            server = parse_server(text)
            password = server.password.get_secret_value()
            sent = (password, f"\0{server.user}\0{password}") if password else ()
            yield from (b64encode(form.encode()).decode() for form in sent)
            as_written = text.partition("://")[2].rpartition("@")[0].partition(":")[2]
            yield from filter(None, (password, quote(password, safe=""), as_written))

    def _server(self) -> MailServer:
        key = "deliver.to.email.server"
        try:
            return parse_server(self.email.server.read(self.file, key).get_secret_value())
        except ValueError as error:
            raise ConfigurationError(
                f"{self.file}: {key}: what {self.email.server.words} holds cannot be used: {error}"
            ) from None

    def _written(self, locale: str, specs: Sequence[ReportSpec] = ()) -> tuple[str, str | None]:
        """Return the text of letters and its page, as written; the page is empty where it is the usual page."""
        plain = self.file.parent / self.email.body
        text = read_letter(file_for_reader(plain, locale), specs)
        if not self.email.html:
            return text, None
        page = file_for_reader(plain.with_suffix(".html"), locale)
        return text, read_letter(page, specs) if page.is_file() else ""

    def _readers(self, report: PlannedReport) -> tuple[tuple[Mailbox, ...], tuple[Mailbox, ...]]:
        """Return the readers of a report, and those who get a copy.

        Raises:
            ValueError: An address is malformed.
        """
        to = mailboxes(*_filled(self.email.readers, report))
        first = {reader.address.casefold() for reader in to}
        copied = mailboxes(*_filled(self.email.copied, report)) if self.email.copied else ()
        return to, tuple(reader for reader in copied if reader.address.casefold() not in first)

    def _sender(self, report: PlannedReport, server: MailServer) -> Mailbox:
        """Return the sender: that of the fleet file, else the user of the server under the agency's name.

        Raises:
            ConfigurationError: It is malformed.
        """
        if self.email.from_ is None:
            return Mailbox(server.sender, report.variables.get("agency.name", ""))
        return self._own_address("from", self.email.from_, report)

    def _own_address(self, key: str, text: str, report: PlannedReport) -> Mailbox:
        try:
            return named_mailbox(_filled([text], report)[0])
        except ValueError as error:
            raise ConfigurationError(f"{self.file}: deliver.to.email.{key}: {error}") from error

    def _link(self, parcels: Sequence[Parcel]) -> str:
        """Return the link in place of the files; empty where they fit.

        Raises:
            OutputError: They are too large, and the fleet has no link for them.
        """
        size = sum(attached_bytes(file.bytes) for file in _files(parcels))
        if size <= self.email.size_limit * _MEGABYTE:
            return ""
        if self.email.link is None:
            raise OutputError(
                f"the files make a letter of {megabytes(size)}, and its size_limit is {self.email.size_limit:g} MB; "
                "write link: with the address where they can be read"
            )
        return fill_variables(self.email.link, parcels[0].report.variables)

    def _letter(self, parcels: Sequence[Parcel], test_reader: str = "") -> EmailMessage:
        """Return the letter of the parcels, without its files."""
        head, texts = self._head(parcels), self._letter_texts(parcels)
        if not test_reader:
            return write_letter(head, texts)
        readers = ", ".join(reader.address for reader in (*head.to, *head.copies))
        test = replace(
            head,
            id=make_msgid(domain=_domain(head.sent_by)),
            to=(Mailbox(mailbox(test_reader)),),
            copies=(),
            earlier=(),
        )
        return write_letter(test, replace(texts, subject=f"[Test: {readers}] {texts.subject}"))

    def _head(self, parcels: Sequence[Parcel]) -> LetterHead:
        report = parcels[0].report
        to, copied = self._readers(report)
        addressed = {parcel.address.removeprefix(_WAY) for parcel in parcels}
        sender = self._sender(report, self._server())
        reply_to = self.email.reply_to
        earlier = sorted({parcel.earlier[-1] for parcel in parcels if parcel.earlier})
        return LetterHead(
            id=_letter_id({parcel.receipt for parcel in parcels}, sender),
            earlier=(_letter_id(earlier, sender),) if earlier else (),
            sent_by=sender,
            to=[reader for reader in to if reader.address in addressed],
            copies=[reader for reader in copied if reader.address in addressed],
            reply_to=(self._own_address("reply_to", reply_to, report),) if reply_to else (),
            date=datetime.now(UTC),
        )

    def _letter_texts(self, parcels: Sequence[Parcel]) -> LetterTexts:
        reports = list({parcel.report.key: parcel.report for parcel in parcels}.values())
        plain, html = self._written(reports[0].locale)
        groups = tuple(
            NumberGroup(report.title if len(reports) > 1 else "", self._numbers(report)) for report in reports
        )
        subject = in_language(self.email, (reports[0].locale,)).subject
        self._check_kept(f"{subject}\n{plain}\n{html or ''}", parcels)
        is_revised = any(parcel.earlier for parcel in parcels)
        content = LetterContent(values_of(reports), groups, reports[0].locale, self._link(parcels), is_revised)
        return letter_texts(subject, plain, html, content)

    def _check_kept(self, texts: str, parcels: Sequence[Parcel]) -> None:
        """Refuse a letter with live words whose texts the run did not keep.

        Raises:
            ConfigurationError: With the first of them.
        """
        lacking = (
            word.text
            for word in live_words(texts, LETTER_VARIABLES)
            for parcel in parcels
            if parcel.files and all(word.text not in other.report.variables for other in parcels)
        )
        if word := next(lacking, None):
            raise ConfigurationError(
                f"{self.file}: deliver: the letter prints {{{word}}}, whose text the run did not keep; "
                "run --force keeps it"
            )

    def _numbers(self, report: PlannedReport) -> tuple[HeadlineNumber, ...]:
        if not isinstance(report, ReportResult):
            return ()
        wanted = self.email.numbers
        if isinstance(wanted, int):
            return tuple(number.shown for number in report.headlines[:wanted])
        return tuple(number.shown for name in wanted for number in report.headlines if number.name == name)


def _filled(written: Sequence[str], report: PlannedReport) -> tuple[str, ...]:
    """Return addresses with their variables filled in; a name with a sign of addresses, `Café @ Home`, in quotes."""
    named = {key: report.variables[key] for key in _NAMES if key in report.variables}
    quoted = {key: '"' + name.replace('"', "") + '"' for key, name in named.items() if _SIGNS.search(name)}
    texts = (fill_variables(text, {**report.variables, **quoted}).strip() for text in written)
    return tuple(text.replace('""', '"') for text in texts)  # which the author may have written already


def _files(parcels: Sequence[Parcel]) -> tuple[WrittenFile, ...]:
    """Return the files of the parcels, each once."""
    return tuple({file.path: file for parcel in parcels for file in parcel.files}.values())


def _letter_id(receipts: Iterable[str], sender: Mailbox) -> str:
    """Return the id of a letter: the same for the same parcels."""
    digest = hashlib.sha256("\n".join(sorted(receipts)).encode()).hexdigest()[:32]
    return f"<{digest}@{_domain(sender)}>"


def _domain(sender: Mailbox) -> str:
    return sender.address.rpartition("@")[2]
