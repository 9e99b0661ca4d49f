"""Tickets that another system registered first (宜春 12345): opened once for each of its numbers."""

from dataclasses import dataclass

from casework.ports import HashCode
from casework.staff import Right, Staff, may
from casework.tickets.case import Desk, NotAllowed
from casework.tickets.intake import Opening, open_ticket
from casework.tickets.model import Source, Ticket
from casework.tickets.transitions import TransitionRefused


@dataclass(frozen=True, slots=True)
class Imported:
    """The ticket of an external number; *new* says that it was opened now, *code* is then its 查询码."""

    ticket: Ticket
    new: bool
    code: str = ""


def import_ticket(desk: Desk, opening: Opening, code: str, hash_code: HashCode, by: Staff) -> Imported:
    """Open a ticket with the number another system gave it; one that is there already stays as it is.

    A file can therefore be imported again after a crash, or with more lines in it.
    """
    if not may(by, Right.INTAKE):
        raise NotAllowed(f"您的角色（{by.role}）不能{Right.INTAKE}")
    if not opening.external_number or opening.source is not Source.IMPORT:
        raise TransitionRefused("导入的诉求要有外部编号")
    known = desk.book.by_external_number(opening.external_number)
    if known is not None:
        return Imported(known, False)
    return Imported(open_ticket(desk, opening, code, hash_code, by), True, code)
