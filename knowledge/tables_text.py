"""Rows of a disclosure catalog as plain cells by column name, from and to the text of its file."""

import csv
import io
from collections.abc import Iterable

from knowledge.reading.tables import COLUMNS

Row = dict[str, str]


def rows_in(text: str) -> list[Row]:
    """Return the rows of a sound file; columns it lacks are empty."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    return [
        {name: (row.get(name) or "").strip() for name in COLUMNS}
        for row in reader
        if any(isinstance(value, str) and value.strip() for value in row.values())
    ]


def table_text(rows: Iterable[Row]) -> str:
    """Return the text of a file with these rows."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([row[name] for name in COLUMNS] for row in rows)
    return out.getvalue()
