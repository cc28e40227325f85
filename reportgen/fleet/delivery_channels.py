"""The channels to a reader: a folder, an e-mail, a signed call. Each can be checked before anything is sent."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from email.errors import MessageError
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from reportgen.components.variables import check_words, fill_variables, live_words
from reportgen.errors import ConfigurationError, OutputError, Problem, ReportgenError, SpecError
from reportgen.files import read_text, slug, write_whole
from reportgen.fleet.delivery_webhooks import announce, check_url
from reportgen.fleet.mail import ATTACHED, ATTACHED_ALONE, MailServer, attach, mailbox, parse_server, post, write_letter
from reportgen.languages import file_for_reader
from reportgen.outputs import format_of, is_for_staff
from reportgen.spec.client_file import Secret
from reportgen.spec.fleet_file import VARIABLES
from reportgen.spec.live_word_checks import check_text
from reportgen.spec.reader_language import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from email.message import EmailMessage

    from pydantic import JsonValue

    from reportgen.fleet.run_records import PlannedReport, WrittenFile
    from reportgen.spec.fleet_file import DeliveryChannel, EmailDelivery, Fleet, WebhookDelivery
    from reportgen.spec.report_spec import ReportSpec

_ANY = dict.fromkeys(VARIABLES, "x")  # values to check a path with before there is a report


@dataclass(frozen=True, slots=True)
class Parcel:
    """A report on a channel.

    Attributes:
        report: The report that is sent.
        channel: The channel it goes to.
        file: The fleet file; paths in it start from its folder.
        place: Number of the channel in the fleet, from 0.
        files: The files of the report that the channel carries; none where it is not made yet.
    """

    report: PlannedReport
    channel: DeliveryChannel
    file: Path
    place: int = 0
    files: tuple[WrittenFile, ...] = ()

    @property
    def address(self) -> str:
        """The channel in words, its variables filled in; a secret address by the name of its place."""
        values = self.report.variables
        if self.channel.folder:
            return f"folder {_folder(self.channel.folder, values)}"
        if self.channel.email:
            return f"email {fill_variables(self.channel.email.to, values).strip()}"
        url = self.channel.webhook.url if self.channel.webhook else ""
        return f"webhook {(url.env or url.file) if isinstance(url, Secret) else url}"

    @property
    def identity(self) -> str:
        """Client, spec, period and address, which stay the same where the report is made anew."""
        address = self.address.casefold() if self.channel.email else self.address  # no mail server minds the case
        return f"{self.report.client}/{self.report.spec}/{self.report.period}/{address}"

    @property
    def receipt(self) -> str:
        """The id by which the journal and a receiver know it: a hash of its identity and its files."""
        content = [file.sha256 for file in self.files]
        return hashlib.sha256("\n".join((self.identity, *content)).encode()).hexdigest()[:24]


def parcels_of(
    fleet: Fleet, file: Path, report: PlannedReport, files: Sequence[WrittenFile] = ()
) -> tuple[Parcel, ...]:
    """Return the parcels of a report, for each channel of a fleet, with its files as far as it has any."""
    channels = fleet.deliver.to if fleet.deliver else ()
    return tuple(
        Parcel(report, channel, file, place, _carried(channel, files)) for place, channel in enumerate(channels)
    )


def check(parcel: Parcel) -> None:
    """Refuse a parcel that cannot be sent: everything but its files is read as for sending.

    Raises:
        ConfigurationError: An address, a server or a secret is missing or wrong.
        SpecError: The text of the letter is wrong.
    """
    _check_channel(parcel.channel, parcel.file, (parcel.report.locale,))
    if not parcel.channel.email:
        return
    try:
        mailbox(_reader(parcel))
    except ValueError as error:
        raise ConfigurationError(
            f"{parcel.file}: deliver: {parcel.report.client}: {error}; write email: in its client file"
        ) from error
    try:
        _letter(parcel.channel.email, parcel).as_bytes()
    except (ValueError, MessageError) as error:
        raise ConfigurationError(
            f"{parcel.file}: deliver: {parcel.report.client}: no letter can be written: {type(error).__name__}"
        ) from error


def check_channels(fleet: Fleet, file: Path, locales: Iterable[str] = (), specs: Sequence[ReportSpec] = ()) -> None:
    """Refuse a fleet that could send nothing over a channel, to any client.

    Args:
        fleet: The fleet.
        file: Its file.
        locales: Languages of the readers; there may be a text of letters for each.
        specs: The specs of the fleet, whose numbers live words may name; with none, any name will do.

    Raises:
        ConfigurationError: With every server, secret, address and text of letters that is missing or wrong.
    """
    problems: dict[str, None] = {}
    for channel in fleet.deliver.to if fleet.deliver else ():
        try:
            _check_channel(channel, file, sorted(set(locales)), specs)
        except ReportgenError as error:
            problems[str(error)] = None
    if problems:
        raise ConfigurationError("\n".join(problems))


def send(parcel: Parcel, root: Path, facts: Mapping[str, JsonValue]) -> None:
    """Send a parcel.

    Args:
        parcel: Checked, with its files.
        root: The folder that paths of files and folders start from.
        facts: Fields of the report for a webhook.

    Raises:
        Uncertain: It may have arrived.
        Exception: It did not arrive; see `why_not_sent`.
    """
    paths = [root / file.path for file in parcel.files]
    if parcel.channel.folder:
        _copy(paths, root, parcel.address.removeprefix("folder "))
    elif parcel.channel.email:
        letter = _letter(parcel.channel.email, parcel)
        attach(letter, paths)
        post(letter, _server(parcel.channel.email, parcel.file))
    elif parcel.channel.webhook:
        _announce(parcel.channel.webhook, parcel, facts)


def _check_channel(
    channel: DeliveryChannel, file: Path, locales: Iterable[str], specs: Sequence[ReportSpec] = ()
) -> None:
    if channel.email:
        _server(channel.email, file)
        for locale in locales:
            _body(channel.email, file, locale, specs)
    if channel.webhook:
        channel.webhook.secret.read(file, "deliver.to.webhook.secret")
        _url(channel.webhook, file)
    if channel.folder:
        path = PurePosixPath(_folder(channel.folder, _ANY))
        if path.is_absolute() or ".." in path.parts:
            raise ConfigurationError(
                f"{file}: deliver.to.folder: {path} leads out of the run's folder; write names joined by /"
            )


def _folder(folder: str, values: Mapping[str, str]) -> str:
    return fill_variables(folder, {name: slug(value) for name, value in values.items()})


def _carried(channel: DeliveryChannel, files: Sequence[WrittenFile]) -> tuple[WrittenFile, ...]:
    """Return the files of a report that a channel carries: none for staff, and in a letter those that it can open."""
    if channel.webhook:  # it gets their names and digests
        return tuple(files)
    if channel.folder:
        return tuple(file for file in files if not is_for_staff(file.path))
    attachments = (
        tuple(file for file in files if format_of(file.path) in formats) for formats in (ATTACHED, ATTACHED_ALONE)
    )
    return next(filter(None, attachments), ())


def _copy(paths: Sequence[Path], root: Path, folder: str) -> None:
    target = root / folder
    if not target.resolve().is_relative_to(root.resolve()):
        raise OutputError(f"{target}: leads out of {root}; is a folder in it a link?")
    for path in paths:
        write_whole(target / path.name, path.read_bytes())


def _reader(parcel: Parcel) -> str:
    """Return the e-mail address that a parcel goes to, as it is written."""
    return parcel.address.removeprefix("email").strip()


def _server(channel: EmailDelivery, file: Path) -> MailServer:
    """Return the mail server of a channel."""
    try:
        return parse_server(channel.server.read(file, "deliver.to.email.server").get_secret_value())
    except ValueError as error:
        raise ConfigurationError(
            f"{file}: deliver.to.email.server: what {_named(channel.server)} holds cannot be used: {error}"
        ) from None


def _letter(channel: EmailDelivery, parcel: Parcel) -> EmailMessage:
    """Return the letter of a parcel, without its files."""
    values, locale = parcel.report.variables, parcel.report.locale
    subject, text = in_language(channel, (locale,)).subject, _body(channel, parcel.file, locale)
    lacking = [word.text for word in live_words(f"{subject}\n{text}", VARIABLES) if word.text not in values]
    if lacking and parcel.files:
        raise ConfigurationError(
            f"{parcel.file}: deliver: the letter prints {{{lacking[0]}}}, whose text the run did not keep; "
            "run --force keeps it"
        )
    subject, text = fill_variables(subject, values), fill_variables(text, values)
    return write_letter(_server(channel, parcel.file), _reader(parcel), subject, text, parcel.receipt)


def _body(channel: EmailDelivery, file: Path, locale: str, specs: Sequence[ReportSpec] = ()) -> str:
    """Return a letter's text, its variables checked, in the reader's language where there is a file for it.

    For a client who reads `pt-BR` that is `mail.pt-BR.txt`, else `mail.pt.txt`, else `mail.txt`.
    """
    return read_letter(file_for_reader(file.parent / channel.body, locale), specs)


def read_letter(path: Path, specs: Sequence[ReportSpec] = ()) -> str:
    """Return the text of letters, its variables and live words checked and not filled in.

    Args:
        path: The file.
        specs: The specs of the fleet, whose numbers live words may name; with none, any name will do.

    Raises:
        SpecError: It cannot be read, or words in it are unknown; with every line of theirs.
    """
    text, problems = read_text(path), []
    for number, line in enumerate(text.split("\n"), 1):
        try:
            check_text(line, specs, VARIABLES) if specs else check_words(line, VARIABLES)
        except ValueError as error:
            problems.append(Problem(str(path), number, 1, "", str(error)))
    if problems:
        raise SpecError(problems)
    return text


def _url(channel: WebhookDelivery, file: Path) -> str:
    """Return the address of a webhook, from the fleet file or from the place of its secrets."""
    url, key = channel.url, "deliver.to.webhook.url"
    is_secret = isinstance(url, Secret)
    text = url.read(file, key).get_secret_value() if isinstance(url, Secret) else url
    try:
        check_url(text, is_secret=is_secret)
    except ValueError as error:
        held = f"what {_named(url)} holds" if isinstance(url, Secret) else repr(url)
        raise ConfigurationError(f"{file}: {key}: {held} cannot be used: {error}") from None
    return text


def _announce(channel: WebhookDelivery, parcel: Parcel, facts: Mapping[str, JsonValue]) -> None:
    body = json.dumps({"schema": "reportgen.delivery/1", "id": parcel.receipt, **facts}, sort_keys=True).encode()
    secret = channel.secret.read(parcel.file, "deliver.to.webhook.secret")
    announce(_url(channel, parcel.file), secret, body, int(time.time()))


def _named(secret: Secret) -> str:
    return f"the environment variable {secret.env}" if secret.env else f"the file {secret.file}"
