"""八景镇 in a console: its villages, its people, and a platform that makes codes or refuses to."""

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.errcodes import Failure, failure
from bot.parts import new_id
from bot.village_qr import PlatformVillages
from bot.wechat_api import QrCode
from casework.staff import Role, Staff
from casework.village.admins import Admin, bind
from casework.village.codes import IssuedCode
from casework.village.desk import VillageDesk, put_down
from casework.village.duty_items import parse_items
from casework.village.places import Village
from storage import staff as staff_book
from storage.village_admins import StoredAdmins
from storage.village_desk import make_village_desk
from tests.web.desk import Console, directory, password_hash

ITEMS = Path(__file__).parents[2] / "catalogs" / "village" / "items.csv"
DUTIES = parse_items(ITEMS.read_text("utf-8"), "items.csv")
PLACES = (
    Village("八景镇", "上保村"),
    Village("八景镇", "虎山社区", "社区"),
    Village("瑞州街道", "瑞州社区", "社区"),
)
VILLAGE = "八景镇/上保村"
HERE = "/villages/八景镇/上保村"
CLERK = Staff("zhen1", Role.HANDLER, "360983104")
LEAD = Staff("zhen2", Role.LEADER, "360983104")
NEIGHBOUR = Staff("jie1", Role.HANDLER, "360983001")
NAMES = {CLERK: "冯镇办", LEAD: "陈镇长", NEIGHBOUR: "褚街办"}
OPENID = "oTEST-zhouqiwu_0000000000B"


@dataclass
class Platform:
    """What the platform answers when a code is asked for."""

    answer: QrCode | Failure

    async def create_qrcode(self, scene: str, seconds: int | None = None) -> QrCode | Failure:
        """Answer as told."""
        return self.answer


MAKES = Platform(QrCode("ticket", "http://weixin.qq.com/q/abcdefgh12345678"))
REFUSES = Platform(failure(48001, "api unauthorized"))


async def move_in(console: Console, platform: Platform = MAKES, account: str = "高安民问示例") -> Console:
    """Give the console its villages and their people."""

    def desk(connection: sqlite3.Connection, now: datetime) -> VillageDesk:
        return make_village_desk(connection, now, PLACES, DUTIES, directory(), new_id)

    console.villages = PlatformVillages(console.database, desk, console.moment).with_account(platform, account)

    def add(connection: sqlite3.Connection) -> None:
        for who, name in NAMES.items():
            staff_book.add(connection, who.login, name, who.role, who.unit, password_hash(), False)

    await console.database.write(add)
    return console


async def bound(console: Console, village: str = VILLAGE, openid: str = OPENID) -> Admin:
    """Bind an account past the console."""

    def work(connection: sqlite3.Connection) -> Admin:
        book = StoredAdmins(connection)
        code = IssuedCode("hash", village, console.now, "zhiban1")
        change = bind(new_id(), openid, code, console.now, book.of_account(openid))
        put_down(book, change)
        return change.admins[-1]

    return await console.database.write(work)


async def rows(console: Console, sql: str, *values: object) -> list[tuple[object, ...]]:
    """Look into the tables."""
    return await console.database.read(lambda c: [tuple(row) for row in c.execute(sql, values).fetchall()])


NOTICE = {
    "scope": VILLAGE,
    "title": "2027年度医保缴费通知（示例）",
    "when": "2026年9月1日至12月31日",
    "who": "本村居民",
    "how_much": "每人400元",
    "contact": "示例办 0795-0000000",
    "others": "要带的东西：身份证",
    "body": "请大家抓紧时间。",
    "source": "示例文件",
    "issuer": "八景镇人民政府",
    "date": date(2026, 11, 24).isoformat(),
}
