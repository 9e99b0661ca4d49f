"""One server's reminders as a process of its own: passes through a fortnight, six hours at a time.

python tests/storage/remind.py DATABASE BEGIN
"""

import asyncio
import sys
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from casework.limits_settings import InnerLimits
from storage.database import Database
from storage.reminders import ReminderRound
from tests.casework.calendars import shipped

STEPS = 56


async def main(path: Path, begin: datetime) -> None:
    """Give what is due at each step, and say so."""
    database = Database(path)
    database.start()
    for step in range(STEPS):
        at = begin + timedelta(hours=6 * step)
        await ReminderRound(database, shipped, lambda at=at: at, InnerLimits()).give()
        print(step, flush=True)
    database.close()
    print("done", flush=True)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2])))
