"""Is a log whole? Append-only means: numbers without a gap, times that never run back."""

from collections.abc import Sequence
from itertools import pairwise

from casework.china_time import in_shanghai
from casework.tickets.events import Recorded, TicketOpened
from casework.tickets.model import Ticket


def faults_in(log: Sequence[Recorded], ticket: Ticket) -> tuple[str, ...]:
    """Return what is wrong with a ticket's log, oldest first, in Chinese; nothing when it is whole."""
    faults = []
    if [recorded.seq for recorded in log] != list(range(1, ticket.revision + 1)):
        faults.append(f"{ticket.number}: 记录序号不连续，或与诉求的版本号 {ticket.revision} 不符")
    if any(recorded.ticket != ticket.number for recorded in log):
        faults.append(f"{ticket.number}: 混入了别的诉求的记录")
    if not log or not isinstance(log[0].event, TicketOpened):
        faults.append(f"{ticket.number}: 第一条不是登记")
    if any(in_shanghai(later.at) < in_shanghai(earlier.at) for earlier, later in pairwise(log)):
        faults.append(f"{ticket.number}: 记录时间倒退")
    return tuple(faults)
