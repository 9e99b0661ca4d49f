"""What the platform's answers taught about the account, for every process and the console to read."""

import sqlite3

from pydantic import TypeAdapter, ValidationError

from storage import keyvalue
from storage.times import from_ms
from web.console.system_ports import Ability

_PREFIX = "learned:"
_ABILITY = TypeAdapter(Ability)


def put(connection: sqlite3.Connection, what: str, found: Ability, now_ms: int) -> None:
    """Remember what is new; the same lesson again leaves its date alone."""
    known = get(connection, what)
    if (known.learned, known.errcode) == (found.learned, found.errcode):
        return
    dated = Ability(found.learned, from_ms(now_ms), found.errcode, found.said)
    keyvalue.put(connection, _PREFIX + what, _ABILITY.dump_json(dated).decode())


def get(connection: sqlite3.Connection, what: str) -> Ability:
    """Return what is known; a row of another release is as good as none."""
    stored = keyvalue.get(connection, _PREFIX + what)
    try:
        return _ABILITY.validate_json(stored) if stored else Ability()
    except ValidationError:
        return Ability()
