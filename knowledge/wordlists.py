"""The word tables under ``knowledge/data``: lists of small regular expressions, read once."""

import re
import tomllib
from functools import cache
from importlib.resources import files


def read_table(name: str) -> dict[str, object]:
    """One table as it stands in the file."""
    return tomllib.loads(files("knowledge").joinpath(f"data/{name}.toml").read_text("utf-8"))


def joined(words: object) -> str:
    """The lines of one list as one alternation.

    Raises:
        TypeError: it is no list.
    """
    if not isinstance(words, list):
        raise TypeError(f"词表里应是列表：{words!r}")
    return "|".join(str(line) for line in words)


@cache
def patterns(name: str) -> dict[str, re.Pattern[str]]:
    """All lists of a table that has nothing but lists, compiled."""
    return {key: re.compile(joined(words)) for key, words in read_table(name).items()}


def sections(name: str, key: str) -> list[dict[str, object]]:
    """The repeated sections of a table, in order.

    Raises:
        TypeError: there are none.
    """
    held = read_table(name).get(key)
    if not isinstance(held, list):
        raise TypeError(f"词表 {name} 缺少 [[{key}]]")
    return held
