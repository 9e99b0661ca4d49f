"""The phones on the page: which residents are shown, what a gesture does, and everything as JSON values.

A gesture starts in the background; the page sees its result in the next state.
"""

import asyncio
from collections.abc import Awaitable, Mapping
from dataclasses import asdict, dataclass, field

from simulator import kinds
from simulator.exchange import Exchange, Fault, Nothing, Outcome, Shown
from simulator.faults import LABELS, Faults
from simulator.gestures import GESTURES, GestureError
from simulator.menu import Button
from simulator.platform import Platform

Fields = Mapping[str, object]
_NAMES = "甲乙丙丁戊己庚辛壬癸"
_LAST_BUBBLES = 200
MOST_PHONES = len(_NAMES)


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone on the page."""

    number: int
    openid: str
    name: str


@dataclass(slots=True)
class Phones:
    """All phones on the page and the gestures under way."""

    platform: Platform
    phones: list[Phone] = field(default_factory=list)
    running: set[asyncio.Task[object]] = field(default_factory=set)
    _last: int = 0

    def add(self) -> Phone:
        """Put a phone of a new resident, who does not follow yet, on the page.

        Raises:
            GestureError: there are ten already.
        """
        if len(self.phones) >= MOST_PHONES:
            raise GestureError(f"最多 {MOST_PHONES} 部手机")
        self._last += 1
        name = f"居民{_NAMES[(self._last - 1) % len(_NAMES)]}"
        phone = Phone(self._last, self.platform.new_openid(), name)
        self.platform.resident(phone.openid).following = False
        self.phones.append(phone)
        self.platform.touch()
        return phone

    def remove(self, number: int) -> None:
        """Take a phone off the page; its resident stays known to the platform."""
        self.phones.remove(self.get(number))
        self.platform.touch()

    def get(self, number: int) -> Phone:
        """Return the phone with *number*.

        Raises:
            GestureError: it is not on the page.
        """
        found = next((phone for phone in self.phones if phone.number == number), None)
        if found is None:
            raise GestureError(f"没有 {number} 号手机")
        return found

    def act(self, number: int, action: str, given: Fields) -> None:
        """Start a gesture in the background.

        Raises:
            GestureError: unknown gesture, bad values, or the resident does not follow.
        """
        phone = self.get(number)
        gesture = GESTURES.get(action)
        if gesture is None:
            raise GestureError(f"没有这个动作：{action}")
        if action not in ("follow", "scan") and not self.platform.resident(phone.openid).following:
            raise GestureError("还没有关注公众号")
        task = asyncio.get_running_loop().create_task(_run(gesture(self.platform, phone.openid, given)))
        self.running.add(task)
        task.add_done_callback(self.running.discard)

    async def close(self) -> None:
        """Stop what is under way."""
        for task in self.running:
            task.cancel()
        await asyncio.gather(*self.running, return_exceptions=True)

    def version(self) -> str:
        """Return a mark that changes whenever the page would look different."""
        now = self.platform.clock()
        residents = (self.platform.resident(phone.openid) for phone in self.phones)
        typing = "".join(str(int(now < resident.typing_until)) for resident in residents)
        return f"{self.platform.changes}-{typing}"

    def state(self) -> dict[str, object]:
        """Return everything the page shows."""
        platform = self.platform
        switches, normal = asdict(platform.faults), asdict(Faults())
        return {
            "version": self.version(),
            "account": {
                "name": platform.account.name,
                "mode": platform.account.mode,
                "callback": platform.callback_url,
            },
            "kinds": list(kinds.LABELS.items()),
            "faults": [
                {"name": name, "label": label, "value": switches[name], "normal": normal[name]}
                for name, label in LABELS.items()
            ],
            "menu": [_button(button) for button in platform.menu.buttons],
            "phones": [self._phone(phone) for phone in self.phones],
        }

    def exchanges(self, number: int) -> list[dict[str, object]]:
        """Return the last exchanges of one phone, newest first."""
        openid = self.get(number).openid
        mine = [one for one in self.platform.exchanges if one.openid == openid]
        return [_exchange(one) for one in reversed(mine[-30:])]

    def _phone(self, phone: Phone) -> dict[str, object]:
        resident = self.platform.resident(phone.openid)
        return {
            **asdict(phone),
            "following": resident.following,
            "typing": self.platform.clock() < resident.typing_until,
            "bubbles": [asdict(bubble) for bubble in resident.bubbles[-_LAST_BUBBLES:]],
        }


async def _run(gesture: Awaitable[object]) -> object:
    return await gesture


def _button(button: Button) -> dict[str, object]:
    return {
        "name": button.name,
        "type": button.type,
        "value": button.value,
        "children": [_button(child) for child in button.children],
    }


def _exchange(exchange: Exchange) -> dict[str, object]:
    tries = [asdict(one) | {"verdict": verdict(one.verdict)} for one in exchange.tries]
    return {
        "number": exchange.number,
        "kind": exchange.kind,
        "at": exchange.at,
        "outcome": verdict(exchange.outcome),
        "tries": tries,
    }


def verdict(outcome: Outcome) -> str:
    """Say in one Chinese phrase what an answer came to."""
    match outcome:
        case Nothing():
            return "没有可显示的回复"
        case Shown(kind=kind):
            return f"已显示（{kind}）"
        case Fault(reason=reason):
            return f"故障：{reason}"
