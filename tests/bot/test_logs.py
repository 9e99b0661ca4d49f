"""Nothing personal and nothing secret reaches a log line, whoever wrote it."""

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import configure, shortened

OPENID = "oTEST-zhangsanjia_000000000A"


def mask(text: str) -> str:
    """A stand-in for the real masking: long runs of digits."""
    return re.sub(r"\d{11,19}", "[号码]", text)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    stream = io.StringIO()
    configure(mask, stream)
    yield stream
    root.handlers[:], root.level = before
    structlog.reset_defaults()


def written(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_is_json_with_time_level_and_chinese_as_it_is(lines):
    """For machines, but a person can read it."""
    structlog.get_logger("edge").warning("request_refused", reason="签名不对", status=403)

    (line,) = written(lines)
    assert (line["event"], line["reason"], line["status"]) == ("request_refused", "签名不对", 403)
    assert line["level"] == "warning"
    assert line["timestamp"]
    assert "签名不对" in lines.getvalue()


def test_numbers_are_masked_in_every_value_however_deep(lines):
    """Phones in lists, in objects, in the event itself."""
    structlog.get_logger("edge").info(
        "call 13800000000",
        text="13800000000",
        deep={"a": ["13800000000", {"b": ("13800000000",)}]},
        n=OSError("13800000000"),
    )

    assert "13800000000" not in lines.getvalue()
    assert lines.getvalue().count("[号码]") == 5


def test_openids_are_shortened(lines):
    """Under their key and inside other words."""
    structlog.get_logger("edge").info("got", openid=OPENID, key=f"e:{OPENID}:1:CLICK:x", touser="short-id9")

    assert OPENID not in lines.getvalue()
    (line,) = written(lines)
    assert line["openid"] == shortened(OPENID) == "oTEST-…"
    assert line["key"] == "e:oTEST-…:1:CLICK:x"
    assert line["touser"] == "short-…"


def test_tracebacks_are_masked_too(lines):
    """An exception quotes what it could not digest."""
    try:
        raise ValueError(f"13800000000 of {OPENID} at https://h/x?access_token=AbC_dEf-123&secret=s3cr3t")
    except ValueError:
        structlog.get_logger("edge").exception("failed")

    shown = lines.getvalue()
    assert "ValueError" in shown
    assert not any(word in shown for word in ("13800000000", OPENID, "AbC_dEf-123", "s3cr3t"))


def test_lines_of_other_libraries_pass_the_same_masks(lines):
    """aiohttp logs through the standard library."""
    try:
        raise RuntimeError("13800000000")
    except RuntimeError:
        logging.getLogger("aiohttp.server").exception("from %s", "13800000000")

    (line,) = written(lines)
    assert line["event"] == "from [号码]"
    assert "13800000000" not in lines.getvalue()
