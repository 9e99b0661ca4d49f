"""One HTTP call to the platform: bytes out, bytes or a typed failure back. No token, no retry.

Redirects are not followed and nothing but the configured API host is ever asked.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp

from bot.errcodes import Failure, Unreachable, failure

MAX_JSON = 1024 * 1024  # bytes; real answers are below 10 KiB

Json = dict[str, object]

_NEVER_LEFT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)


@dataclass(frozen=True, slots=True)
class Raw:
    """A body as it came, at most as long as was allowed."""

    content: bytes


@dataclass(frozen=True, slots=True)
class TooMuch:
    """The body is longer than was allowed; the rest was not read."""


async def request(
    session: aiohttp.ClientSession,
    url: str,
    *,
    query: Mapping[str, str],
    body: Json | None,
    timeout_s: float,
    limit: int = MAX_JSON,
) -> Raw | TooMuch | Unreachable:
    """POST *body*, or GET if there is none.

    The JSON is raw UTF-8: residents see escaped characters literally (errcode 40033). Connecting
    has a shorter time limit of its own, so that a time-out tells whether the request left.
    """
    data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace") if body is not None else None
    timeout = aiohttp.ClientTimeout(total=timeout_s, connect=timeout_s * 0.6)
    method = "GET" if data is None else "POST"
    headers = {"Content-Type": "application/json; charset=utf-8"} if data is not None else None
    try:
        async with session.request(
            method, url, params=query, data=data, headers=headers, timeout=timeout, allow_redirects=False
        ) as response:
            if response.status != 200:
                return Unreachable(sent_possibly=True, why=f"HTTP {response.status}")
            return await _bounded(response, limit)
    except _NEVER_LEFT as error:
        return Unreachable(sent_possibly=False, why=type(error).__name__)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        return Unreachable(sent_possibly=True, why=type(error).__name__)


def read_answer(content: bytes) -> Json | Failure:
    """Read a JSON answer, whatever its Content-Type said; ``errcode`` 0 or none means success."""
    try:
        answer = json.loads(content, strict=False)
    except (ValueError, RecursionError):
        return Unreachable(sent_possibly=True, why="answer is not JSON")
    if not isinstance(answer, dict):
        return Unreachable(sent_possibly=True, why="answer is not a JSON object")
    errcode, errmsg = answer.get("errcode", 0), str(answer.get("errmsg", ""))[:500]
    if isinstance(errcode, bool) or not isinstance(errcode, int):
        return Unreachable(sent_possibly=True, why="errcode is not a number")
    return answer if errcode == 0 else failure(errcode, errmsg)


async def _bounded(response: aiohttp.ClientResponse, limit: int) -> Raw | TooMuch:
    content = bytearray()
    async for chunk in response.content.iter_any():
        content += chunk
        if len(content) > limit:
            response.close()
            return TooMuch()
    return Raw(bytes(content))
