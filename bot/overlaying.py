"""Read and change the knowledge overlay of an installation from the command line, while it runs.

What is to be stored is read whole together with everything else first, outside of the
transaction, so that the message path never waits for it.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot import assembly
from knowledge import library
from storage import overlay
from storage.database import connect

DATABASE = "minwen.sqlite3"


class NotStoredError(Exception):
    """The change was not stored; the text says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class State:
    """The overlay as it was found: its newest version and the files in force."""

    version: int
    files: dict[str, str | None]

    def texts(self, catalogs: Path = assembly.CATALOGS) -> dict[str, str]:
        """Return the text of every knowledge file in force."""
        return library.texts(catalogs, self.files)


SHIPPED = State(0, {})


def current(data_dir: Path) -> State:
    """Return the overlay of the installation in *data_dir*, the shipped state where there is no database."""
    path = data_dir / DATABASE
    if not path.is_file():
        return SHIPPED
    connection = connect(path)
    try:
        return state_of(connection)
    finally:
        connection.close()


def state_of(connection: sqlite3.Connection, version: int | None = None) -> State:
    """Return the overlay now or at *version*; a database of an earlier release has none."""
    if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'overlay'").fetchone() is None:
        return SHIPPED
    number = overlay.newest(connection) if version is None else version
    return State(number, overlay.files(connection, number))


def examine(state: State, changed: Mapping[str, str | None], catalogs: Path = assembly.CATALOGS) -> None:
    """Make sure that the catalogs can be used with *changed* files.

    Raises:
        NotStoredError: they cannot; the text names file, line and field.
    """
    try:
        library.load(catalogs, {**state.files, **changed})
    except library.LibraryError as error:
        raise NotStoredError(f"没有写入，这样改了以后知识文件用不了：\n{error}") from None


def store(connection: sqlite3.Connection, state: State, changed: Mapping[str, str | None], act: overlay.Act) -> int:
    """Store *changed* as a new version on top of *state* and return its number.

    Raises:
        NotStoredError: somebody else stored a version meanwhile, so what was examined is not what would be.
    """
    if overlay.newest(connection) != state.version:
        raise NotStoredError("没有写入：刚才有人也改了知识，请再运行一次。")
    return overlay.put(connection, changed, act)
