"""The names and currencies of accounts in the folder of a recording, a file for each account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.queries import AccountFacts

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from reportgen.connect.answers_folder import AnswerFolder

SCHEMA = "reportgen.account/1"
_NAME = "account-{}.json"


def paths_of_facts(folder: Path, uuids: Collection[str] | None = None) -> list[Path]:
    """Return the files of the facts of some accounts in a folder, sorted; None returns those of all."""
    named = [folder.glob(_NAME.format("*"))] if uuids is None else [folder.glob(_NAME.format(uuid)) for uuid in uuids]
    return sorted(path for paths in named for path in paths)


def store_facts(files: AnswerFolder, uuid: str, facts: AccountFacts) -> None:
    """Write the facts of an account.

    Raises:
        OutputError: They cannot be written.
    """
    account = {"uuid": uuid, "name": facts.name, "currency": facts.currency}
    files.write(files.folder / _NAME.format(uuid), {"schema": SCHEMA, "account": {**account}})


def read_facts(files: AnswerFolder) -> dict[str, AccountFacts]:
    """Return the facts of the accounts in a folder, by their uuids.

    Raises:
        DamagedFile: A file was changed.
    """
    contents = (files.load(path) or {} for path in paths_of_facts(files.folder))
    accounts = [own for content in contents if isinstance(own := content.get("account"), dict)]
    return {
        str(own.get("uuid")): AccountFacts(str(own.get("name", "")), str(own.get("currency") or "") or None)
        for own in accounts
    }
