"""Structured logs, one JSON object a line, with personal data and secrets masked in every string.

Lines of third-party libraries pass through the same masks, tracebacks included.
"""

import logging
import re
import sys
from collections.abc import Callable
from typing import TextIO

import structlog
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web import RequestPayloadError
from structlog.typing import EventDict, Processor, WrappedLogger

Mask = Callable[[str], str]

_OPENID = re.compile(r"(?<![A-Za-z0-9_-])(o[A-Za-z0-9_-]{5})[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])")
_SECRET = re.compile(r"((?:secret|token|ticket)[\"']?\s{0,2}[=:]\s{0,2}[\"']?)[A-Za-z0-9_-]{3,}", re.IGNORECASE)
_OPENID_KEYS = frozenset({"openid", "touser"})
_MAX_DEPTH = 6
_NOT_HTTP = (HttpProcessingError, RequestPayloadError)


def configure(mask: Mask, stream: TextIO = sys.stderr, level: int = logging.INFO) -> None:
    """Send all logs of this process, structlog's and the standard library's, to *stream*.

    *mask* replaces phone, identity, bank card and plate numbers in a text.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(mask, shared))
    handler.addFilter(_untraced)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)


def _untraced(record: logging.LogRecord) -> bool:
    """Bytes that are no HTTP are a stranger's mistake: one line, no traceback of the server library."""
    error = record.exc_info[1] if record.exc_info else None
    if record.name == "aiohttp.server" and isinstance(error, _NOT_HTTP):
        record.exc_info, record.levelno, record.levelname = None, logging.WARNING, "WARNING"
        record.msg, record.args = "malformed_http", ()
    return True


def masker(mask: Mask) -> Processor:
    """Return a processor that masks every string of a log line, however deep it lies."""

    def masked(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
        return {key: _cleaned(key, value, mask, _MAX_DEPTH) for key, value in event.items()}

    return masked


def shortened(openid: str) -> str:
    """Return enough of an openid to tell residents apart in a log, too little to write to them."""
    return openid if len(openid) <= 7 else f"{openid[:6]}…"


def _formatter(mask: Mask, shared: list[Processor]) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            masker(mask),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def _cleaned(key: str, value: object, mask: Mask, depth: int) -> object:
    match value:
        case None | bool() | int() | float():
            return value
        case str():
            return shortened(value) if key in _OPENID_KEYS else _masked(value, mask)
        case dict() if depth:
            return {str(k): _cleaned(str(k), v, mask, depth - 1) for k, v in value.items()}
        case list() | tuple() | set() | frozenset() if depth:
            return [_cleaned(key, item, mask, depth - 1) for item in value]
        case _:
            return _masked(repr(value), mask)


def _masked(text: str, mask: Mask) -> str:
    hidden = _SECRET.sub(r"\1***", text)
    return mask(_OPENID.sub(r"\1…", hidden))
