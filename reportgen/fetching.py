"""The fetching of a plan: the source of its answers, its exact requests, its pictures and passages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal

from reportgen.connect.account_directory import AccountDirectory
from reportgen.connect.account_traffic import RateLimit
from reportgen.connect.answers_file import RecordedAnswers
from reportgen.connect.answers_folder import Replay
from reportgen.connect.api_client import ApiClient
from reportgen.connect.event_loop import run
from reportgen.connect.fitted_pictures import fitted, thumbnail
from reportgen.connect.get_data import GET_DATA, LARGEST_REQUEST, build_requests
from reportgen.connect.live_answers import AnswerStorage, live_answers
from reportgen.connect.network_addresses import api_address, join_address
from reportgen.connect.passage_files import load_passage
from reportgen.connect.payload_sources import TypedAnswers
from reportgen.connect.picture_addresses import is_remote
from reportgen.connect.picture_files import load_picture, read_picture
from reportgen.connect.rate_limits import Traffic
from reportgen.connect.remote_pictures import RemotePictures
from reportgen.connect.tokens import Tokens
from reportgen.errors import AuthenticationFailed, ConfigurationError, ConnectError
from reportgen.languages import file_for_reader
from reportgen.outputs.page.picture_pixels import block_pixels
from reportgen.queries import Failure
from reportgen.sandbox.post_pictures import post_picture
from reportgen.spec.live_word_checks import check_text
from reportgen.spec.named_files import NamedFile, named_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import JsonValue

    from reportgen.connect import AnswerSource
    from reportgen.connect.request_counts import Tally
    from reportgen.connect.shared_answers import SharedAnswers
    from reportgen.connect.shared_receivers import SharedReceivers
    from reportgen.connect.transport import Transport
    from reportgen.model import Picture
    from reportgen.queries import Answer, Query
    from reportgen.spec.client_file import Client
    from reportgen.spec.planning import Plan


@dataclass(frozen=True, slots=True)
class PlannedRequest:
    """An HTTP request that a plan sends: its source, its first and last day, and its exact body."""

    source: str
    window: str
    method: Literal["POST"]
    url: str
    body: dict[str, JsonValue]


def planned_requests(plan: Plan) -> tuple[PlannedRequest, ...]:
    """Return the exact requests that fetching a plan sends, in order. Nothing is sent."""
    url = join_address(api_address(), GET_DATA)
    return tuple(
        PlannedRequest(request.source.title, request.window.current.dates, "POST", url, request.body())
        for request in build_requests(plan.author_keys(), _largest_request(plan.client))
    )


def answer_source(plan: Plan, answers: AnswerSource | Path | str | None) -> AnswerSource:
    """Return the source of a plan's answers: a file, the given source, or the API with the client's tokens.

    Raises:
        SpecError: The file of answers is wrong.
        ConfigurationError: There is nothing to ask, or a token is missing.
    """
    if isinstance(answers, str | Path):
        path = Path(answers)
        if path.is_dir():
            return TypedAnswers(Replay(path))
        return RecordedAnswers.from_file(path, plan.author_keys(), plan.parts())
    if answers is not None:
        if not callable(getattr(answers, "fetch", None)):
            raise ConfigurationError(
                f"answers is a {type(answers).__name__}; give the path of a file or a folder of recorded answers, a "
                "class of yours below reportgen.connect.AnswerSource, or None"
            )
        return answers
    if plan.client is None:
        raise ConfigurationError(
            "without a client there is no account to ask; name a client file, recorded answers or the sandbox"
        )
    return client_answers(plan.client)


def client_answers(  # noqa: PLR0913 - each is a part of the run that a caller may share
    client: Client,
    storage: AnswerStorage | None = None,
    *,
    by_webhook: bool = False,
    traffic: Traffic | None = None,
    transport: Transport | None = None,
    sharing: SharedAnswers | None = None,
    receivers: SharedReceivers | None = None,
    tally: Tally | None = None,
) -> AnswerSource:
    """Return the API as a source of answers, asked with a client's tokens at the client's rates.

    Args:
        client: The client whose accounts are asked.
        storage: The store of answers.
        by_webhook: Whether answers are delivered to a webhook even without `fetch: async` in the client file.
        traffic: The traffic of the whole run; None is a run of its own.
        transport: Sends the calls; None opens connections for this report alone.
        sharing: Answers shared with the client's other reports.
        receivers: Receivers of deliveries shared with all reports of the run; None is a receiver of this report alone.
        tally: The count of sent and saved requests.

    Raises:
        ConfigurationError: A token or the webhook's address is missing, or an address is none.
    """
    tokens = client.tokens()
    traffic = traffic or Traffic()
    traffic.limit(Tokens.of(*tokens).account_fingerprint, _limits(client))
    return live_answers(
        api_address(),
        *tokens,
        traffic=traffic,
        transport=transport,
        metrics_per_request=_largest_request(client),
        storage=storage,
        webhook=client.webhook() if by_webhook or client.fetch == "async" else None,
        receivers=receivers,
        sharing=sharing,
        tally=tally,
    )


def learn_limits(clients: Iterable[Client], traffic: Traffic) -> None:
    """Ask each account once for its rate limits, before any metric.

    An account that does not answer keeps the rates of its clients' files.

    Raises:
        ConfigurationError: A token is missing.
        AuthenticationFailed: Every account's own token is refused.
    """
    accounts = {(tokens := Tokens.of(*client.tokens())).account_fingerprint: tokens for client in clients}
    refused: AuthenticationFailed | None = None
    accepted = 0
    for name, tokens in accounts.items():
        try:
            traffic.limit(name, run(_limits_of_account(ApiClient(api_address(), tokens, traffic=traffic))))
            accepted += 1
        except AuthenticationFailed as error:
            refused = error
        except ConnectError:
            accepted += 1
    if refused and not accepted:
        raise refused


def advertised_rate(client: Client) -> float | None:
    """Return the requests a minute that the API allows a client's account; None where it does not say."""
    try:
        tokens = Tokens.of(*client.tokens())
        limits = run(_limits_of_account(ApiClient(api_address(), tokens, traffic=Traffic())))
    except (ConfigurationError, ConnectError):
        return None
    return min((limit.requests * 60 / limit.seconds for limit in limits), default=None)


async def _limits_of_account(client: ApiClient) -> tuple[RateLimit, ...]:
    async with client:
        return await AccountDirectory(client).rate_limits()


def _limits(client: Client) -> tuple[RateLimit, ...]:
    per_minute = client.api.requests_per_minute if client.api else None
    return (RateLimit(per_minute, 60),) if per_minute else ()


def _largest_request(client: Client | None) -> int:
    return (client.api.metrics_per_request if client and client.api else None) or LARGEST_REQUEST


def plan_pictures(plan: Plan, passages: Mapping[str, str | Failure]) -> dict[str, int]:
    """Return the pictures of a plan's blocks and of their passages, with the most columns that each fills.

    Their names are relative to the spec, or addresses.
    """
    columns: dict[str, int] = {}
    for planned in plan.blocks:
        block, scope = planned.block, replace(planned.scope, passages=passages)
        for name in (*block.pictures(), *block.prose_pictures(scope)):
            columns[name] = max(columns.get(name, 0), block.width)
    return columns


def plan_files(plan: Plan) -> tuple[NamedFile, ...]:
    """Return the files that a plan's report is made from, each once, without the spec's and the client's own.

    They are those that spec and client name, with variables filled in, and the pictures that passages name.
    """
    filled = ((file, plan.fill.path(file.name)) for file in named_files(plan.spec, plan.client))
    named = (
        NamedFile(file.kind, _in_language(plan, name) if file.kind == "prose" else name, file.root)
        for file, name in filled
    )
    pictures = (name for name in plan_pictures(plan, fetch_passages(plan)) if not is_remote(name))
    shown = (NamedFile("picture", name, plan.spec.folder) for name in pictures)
    return tuple(dict.fromkeys((*named, *shown)))


def fetch_pictures(
    plan: Plan,
    answers: Mapping[Query, Answer],
    passages: Mapping[str, str | Failure],
    kept: Path | None,
    *,
    offline: bool,
) -> dict[str, Picture | Failure]:
    """Return the pictures of a plan's blocks by name or address, or the failure of an unfit picture.

    Args:
        plan: The plan.
        answers: The answers whose posts have pictures, which become thumbnails.
        passages: The texts of the author's files, which may name pictures.
        kept: Folder in which pictures of other hosts are stored, and looked for first; None stores nothing.
        offline: Whether a picture of another host that is not stored is a failure rather than fetched.

    Returns:
        The pictures. Those of the sandbox's posts are drawn from their addresses, which no machine has, and need no
        host that the spec allows.
    """
    names = plan_pictures(plan, passages)
    posts = dict.fromkeys(url for planned in plan.blocks for url in planned.block.pictures_of(planned.scope, answers))
    remote = RemotePictures(plan.spec.images.hosts, kept, offline=offline)
    drawn: dict[str, Picture | Failure] = {
        url: read_picture(content, url) for url in posts if (content := post_picture(url))
    }
    fetched = drawn | remote.fetch_all([name for name in (*names, *posts) if is_remote(name) and name not in drawn])
    whole = {name: fetched[name] if is_remote(name) else _local_picture(plan, name) for name in names}
    shown = {
        name: picture if isinstance(picture, Failure) else fitted(picture, block_pixels(names[name]))
        for name, picture in whole.items()
    }
    thumbnails = {url: found if isinstance(found := fetched[url], Failure) else thumbnail(found) for url in posts}
    return {**thumbnails, **shown}


def fetch_passages(plan: Plan) -> dict[str, str | Failure]:
    """Return the texts of the author's Markdown files, by path with its variables filled in.

    A file in the reader's language goes before the file itself: `2026-10.pt-BR.md` before `2026-10.md`.
    """
    named = ((planned.scope, file) for planned in plan.blocks for file in planned.block.passages())
    written = ((scope.fill.path(file.file), file) for scope, file in named)
    return {name: _passage(plan, _in_language(plan, name), optional=file.optional) for name, file in written}


def _in_language(plan: Plan, name: str) -> str:
    """Return the path, from the spec's folder, of an author's file in the reader's language."""
    return str(PurePath(name).with_name(file_for_reader(plan.spec.folder / name, plan.locale).name))


def _passage(plan: Plan, name: str, *, optional: bool) -> str | Failure:
    text = load_passage(plan.spec.folder, name, optional=optional)
    try:
        return text if isinstance(text, Failure) else check_text(text, [plan.spec])
    except ValueError as error:
        return Failure("failed", f"{plan.spec.folder / name}: {error}")


def _local_picture(plan: Plan, name: str) -> Picture | Failure:
    try:
        return load_picture(plan.spec.folder, name)
    except ConfigurationError as error:
        return Failure("failed", str(error))
