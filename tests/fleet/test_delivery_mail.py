"""Letters: their senders and readers, their texts, and reports that are too large, revised or sent together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from reportgen.errors import ConfigurationError, SpecError
from reportgen.fleet.deliveries import deliver
from reportgen.fleet.run_results import results_of
from tests.fleet.files import SPEC
from tests.fleet.mailserver import MailHost, mail_host
from tests.fleet.test_deliveries import MAIL, delivered, edit, ends
from tests.fleet.test_delivery_receipts import restated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fleet.mailserver import Visit
    from tests.fleet.test_run_loop import Bench


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailHost]:
    """Run a mail server that the fleet knows."""
    with mail_host() as running:
        monkeypatch.setenv("SMTP", running.address)
        yield running


def mail(keys: str) -> str:
    """Return a channel of e-mail with more keys."""
    return MAIL.replace("server:", f"{keys}, server:")


def parts(letter: Any) -> dict[str, Any]:  # noqa: ANN401 - email's own
    """Return the parts of a letter by their types."""
    return {part.get_content_type(): part for part in letter.walk() if not part.get_filename()}


def read(letter: Any, kind: str) -> str:  # noqa: ANN401 - email's own
    """Return a part of a letter as text."""
    return str(parts(letter)[kind].get_content()).replace("\r\n", "\n")


def test_the_headers(tmp_path: Path, host: MailHost) -> None:
    """The sender, the address of answers and the copies are the fleet's; there are a date and an id."""
    keys = 'from: "Studio Größe <me@agency.example>", reply_to: ana@agency.example, cc: "boss@x.example"'
    bench = delivered(tmp_path, mail(keys))
    assert deliver(bench.folder, only={bench.record("client-0000")["key"]}) == {"delivered": 2}
    (letter,) = host.letters
    assert letter["From"] == "Studio Größe <me@agency.example>"
    assert (letter["To"], letter["Cc"], letter["Reply-To"]) == ("c0@x.example", "boss@x.example", "ana@agency.example")
    assert letter["Date"].datetime.tzinfo is not None
    assert letter["Message-ID"].endswith("@agency.example>")
    assert host.readers == [["c0@x.example", "boss@x.example"]]
    receipts = {receipt["to"]: receipt["state"] for receipt in bench.record("client-0000")["deliveries"]}
    assert receipts == {"email c0@x.example": "delivered", "email boss@x.example": "delivered"}


@pytest.mark.parametrize("key", ["from", "reply_to"])
def test_a_sender_that_is_none_is_refused(tmp_path: Path, host: MailHost, key: str) -> None:
    """The fleet's own addresses are named with their key."""
    bench = delivered(tmp_path, mail(f"{key}: nobody"))
    state, reason = ends(bench)["client-0000"]
    assert (state, f"deliver.to.email.{key}: 'nobody' is no address" in reason) == ("failed", True)
    assert host.letters == []


@pytest.mark.parametrize("between", [" ", "\n"])
def test_a_reader_behind_no_comma_is_not_forgotten(tmp_path: Path, host: MailHost, between: str) -> None:
    """Two addresses in a cell with a space or a line break between them: no letter goes to one of them alone."""
    bench = delivered(tmp_path, MAIL)
    edit(tmp_path / "clients.csv", "c1@x.example", f'"ana@x.example{between}Rui Lima <rui@x.example>"')
    state, reason = ends(bench)["client-0001"]
    assert (state, "several addresses have commas between them" in reason) == ("failed", True)
    assert host.readers == [["c0@x.example"]]
    (receipt,) = bench.record("client-0001")["deliveries"]
    assert receipt["to"] == "email ana@x.example Rui Lima <rui@x.example>"


def test_several_readers_share_a_letter(tmp_path: Path, host: MailHost) -> None:
    """Those of the client's file, with names; who is added later gets a letter of its own, and the others none."""
    bench = delivered(tmp_path, MAIL)
    edit(tmp_path / "clients.csv", "c1@x.example", '"Ana <c1@x.example>; C1@x.example, rui@x.example"')
    assert deliver(bench.folder) == {"delivered": 3}
    assert host.letters[1]["To"] == "Ana <c1@x.example>, rui@x.example"
    edit(tmp_path / "clients.csv", "rui@x.example", "rui@x.example, eva@x.example")
    assert deliver(bench.folder) == {"before": 3, "delivered": 1}
    assert host.letters[2]["To"] == "eva@x.example"


def test_a_refused_reader_is_the_only_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other reader of the letter has it, and the next call writes to the refused reader alone."""
    refusals = ["550 no such user"]

    def answer(command: str, _visit: Visit) -> str | None:
        return refusals.pop() if "<rui@" in command and refusals else None

    with mail_host(answer) as host:
        monkeypatch.setenv("SMTP", host.address)
        bench = delivered(tmp_path, MAIL)
        edit(tmp_path / "clients.csv", "c1@x.example", '"c1@x.example,rui@x.example"')
        assert deliver(bench.folder) == {"delivered": 2, "failed": 1}
        assert deliver(bench.folder) == {"before": 2, "delivered": 1}
    assert host.readers == [["c0@x.example"], ["c1@x.example"], ["rui@x.example"]]


def test_the_numbers_stand_in_the_page(tmp_path: Path, host: MailHost) -> None:
    """As the report's card prints them, escaped, in the order of the letter's text; the plain text has what it says."""
    bench = delivered(tmp_path, MAIL)
    (tmp_path / "mail.txt").write_text("Hello <{client.name}>\n\nSee:\n{numbers}\n\nBye")
    deliver(bench.folder)
    (number,) = bench.record("client-0000")["headlines"]
    page, text = read(host.letters[0], "text/html"), read(host.letters[0], "text/plain")
    shown = f"{number['value']} ({number['change']}, {number['note']})"
    assert text == f"Hello <Client 0>\n\nSee:\n{number['label']}: {shown}\n\nBye\n"
    places = [page.index(word) for word in ("Hello &lt;Client 0&gt;", number["label"], number["value"], "Bye")]
    assert places == sorted(places)
    assert '<html lang="pt-BR" dir="ltr">' in page


@pytest.mark.parametrize(
    ("keys", "is_shown"), [("numbers: 0", False), ("numbers: [other]", False), ("numbers: [reach]", True)]
)
def test_the_numbers_that_are_asked_for(tmp_path: Path, host: MailHost, keys: str, *, is_shown: bool) -> None:
    """By their number, or by the names of their blocks."""
    bench = delivered(tmp_path, mail(keys))
    deliver(bench.folder)
    (number,) = bench.record("client-0000")["headlines"]
    assert (number["value"] in read(host.letters[0], "text/html")) == is_shown


def test_an_own_page(tmp_path: Path, host: MailHost) -> None:
    """`mail.html` beside the text is the page, its values escaped; `html: false` sends plain text alone."""
    bench = delivered(tmp_path, MAIL)
    (tmp_path / "mail.html").write_text("<h1>{client.name}</h1>{numbers}")
    edit(tmp_path / "clients.csv", "Client 0", "Salt & Co")
    deliver(bench.folder, only={bench.record("client-0000")["key"]})
    page = read(host.letters[0], "text/html")
    assert page.startswith("<h1>Salt &amp; Co</h1>")
    assert "<table" in page
    edit(tmp_path / "fleet.yaml", "server:", "html: false, server:")
    deliver(bench.folder)
    assert "text/html" not in {part.get_content_type() for part in host.letters[1].walk() if not part.get_filename()}


def test_an_empty_letter_is_never_sent(tmp_path: Path, host: MailHost) -> None:
    """A text without a word is a problem of its file, before anything is sent."""
    bench = delivered(tmp_path, MAIL)
    (tmp_path / "mail.txt").write_text(" \n")
    with pytest.raises(ConfigurationError, match=r"mail.txt:1:1: .*is empty"):
        deliver(bench.folder)
    assert host.letters == []


def test_a_letter_that_is_too_large(tmp_path: Path, host: MailHost) -> None:
    """It is a failure with both sizes; with a link its reader gets that in place of the files."""
    bench = delivered(tmp_path, mail("size_limit: 0.001"))
    state, reason = ends(bench)["client-0000"]
    assert state == "failed"
    assert "its size_limit is 0.001 MB; write link:" in reason
    assert ends(bench, dry_run=True)["client-0000"] == ("failed", reason)
    edit(tmp_path / "fleet.yaml", "server:", 'link: "https://files.example/{client.slug}/", server:')
    assert deliver(bench.folder) == {"delivered": 2}
    letter = host.letters[0]
    assert [part.get_content_type() for part in letter.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    sentence = "Os arquivos são grandes demais para uma mensagem; os links abaixo levam até eles."
    assert read(letter, "text/plain").endswith(f"\n\n{sentence}\nhttps://files.example/client-0000/\n")
    assert f"{sentence}<br><a href=" in read(letter, "text/html")


def test_a_revised_report_says_so(tmp_path: Path, host: MailHost) -> None:
    """In its subject, in the reader's language, and the mail program shows it below the first letter."""
    bench = delivered(tmp_path, MAIL)
    deliver(bench.folder)
    bench.make(ask=restated, force=True)
    assert deliver(bench.folder, again=True) == {"delivered": 2}
    first, second = host.letters[0], host.letters[2]
    assert (first["Subject"], second["Subject"]) == ("Social Client 0", "Corrigido: Social Client 0, corrected")
    assert second["In-Reply-To"] == first["Message-ID"] != second["Message-ID"]


def with_two_specs(tmp_path: Path, keys: str) -> Bench:
    """Return a run of two reports for each of two clients, in the order of their specs."""
    (tmp_path / "ads.yaml").write_text(SPEC.replace("Social", "Ads"))
    bench = delivered(tmp_path, mail(keys))
    edit(tmp_path / "fleet.yaml", "reports:\n", "reports:\n  - {spec: ads.yaml, clients: clients.csv}\n")
    bench = bench.again()
    bench.make()
    return bench


def test_the_reports_of_a_client_in_one_letter(tmp_path: Path, host: MailHost) -> None:
    """With the files, titles and numbers of both; revised, one of them goes alone."""
    bench = with_two_specs(tmp_path, "together: true")
    assert deliver(bench.folder) == {"delivered": 4}
    assert [letter["To"] for letter in host.letters] == ["c0@x.example", "c1@x.example"]
    letter = host.letters[0]
    assert letter["Subject"] == "Ads Client 0, Social Client 0"
    assert len([part for part in letter.walk() if part.get_filename()]) == 2
    assert read(letter, "text/html").count(bench.record("client-0000")["headlines"][0]["value"]) == 2
    assert deliver(bench.folder) == {"before": 4}


def test_a_letter_waits_for_all_its_reports(tmp_path: Path, host: MailHost) -> None:
    """Where one of them may not go the letter stays, also if only the other is asked for, and both are named."""
    bench = with_two_specs(tmp_path, "together: true")
    record = next(report for report in _reports(bench) if (report["client"], report["spec"]) == ("client-0000", "ads"))
    (bench.root / record["files"][0]["path"]).unlink()
    other = next(
        report for report in _reports(bench) if (report["client"], report["spec"]) == ("client-0000", "social")
    )
    assert deliver(bench.folder, only={other["key"]}) == {"unready": 1}
    assert host.letters == []
    assert deliver(bench.folder) == {"failed": 1, "unready": 1, "delivered": 2}
    assert [letter["To"] for letter in host.letters] == ["c1@x.example"]


def _reports(bench: Bench) -> list[dict[str, Any]]:
    return [report.as_json() for report in results_of(bench.folder).reports]


def test_a_test_letter(tmp_path: Path, host: MailHost) -> None:
    """It goes to the tester alone, also of reports that were sent; it is marked, and nobody counts as written to."""
    bench = delivered(tmp_path, f'{MAIL}, {{folder: "outbox/{{client.slug}}"}}')
    journal = (bench.folder / "journal.jsonl").read_bytes()
    assert deliver(bench.folder, test_reader="me@agency.example") == {"delivered": 2}
    assert host.readers == [["me@agency.example"], ["me@agency.example"]]
    assert host.letters[0]["Subject"] == "[Test: c0@x.example] Social Client 0"
    assert host.letters[0]["To"] == "me@agency.example"
    assert (bench.folder / "journal.jsonl").read_bytes() == journal
    assert not (bench.root / "outbox").exists()
    assert deliver(bench.folder) == {"delivered": 4}
    assert deliver(bench.folder, test_reader="me@agency.example") == {"delivered": 2}
    with pytest.raises(ConfigurationError, match="--test: 'nobody' is no address"):
        deliver(bench.folder, test_reader="nobody")


def test_a_page_with_an_unknown_variable(tmp_path: Path, host: MailHost) -> None:
    """It is found with its file and line, as in the text of letters."""
    bench = delivered(tmp_path, MAIL)
    (tmp_path / "mail.html").write_text("<p>\n{client.nam}</p>")
    with pytest.raises((ConfigurationError, SpecError), match=r"mail.html:2:1: .*did you mean \{client.name\}"):
        deliver(bench.folder)
    assert host.letters == []


@pytest.mark.parametrize("name", ["{client.name}", '\\"{client.name}\\"'])
def test_a_name_with_signs_of_addresses_is_a_single_reader(tmp_path: Path, host: MailHost, name: str) -> None:
    """What is filled in for a variable is one name, whatever signs it has; the author may write the quotes too."""
    bench = delivered(tmp_path, MAIL.replace('"{client.email}"', f'"{name} <{{client.email}}>"'))
    edit(tmp_path / "clients.csv", "Client 0", '"Studio @ Home, Ltd"')
    bench = bench.again()
    bench.make()
    assert deliver(bench.folder, only={bench.record("client-0000")["key"]})["delivered"] == 1
    assert [str(letter["To"]) for letter in host.letters] == ['"Studio @ Home, Ltd" <c0@x.example>']
