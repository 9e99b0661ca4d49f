"""Becoming a village admin with a one-time code, and what an admin says about the binding itself."""

import hmac
import re

from casework.village.admins import Admin, AlreadyAdmin, Change, admin_of, bind, name_group, release
from casework.village.codes import (
    TRIES_WITHIN,
    Bound,
    Expired,
    Locked,
    UsedUp,
    WrongCode,
    normalise,
    redeem,
    resembles_code,
)
from handlers import wording
from handlers.services import Said, Services
from handlers.turn import Turn

LONGEST_TYPED = 40
_CODE_WORDS = re.compile(r"绑定|激活|验证码|绑定码|\w{4,6}[-—–－]\w{4,6}\s*$")
_LATIN = re.compile(r"[0-9A-Za-z\uff10-\uff5a]")
_GROUP = re.compile(r"群名(?:称)?(?:是|叫|为)?[\s:：]*(.+)")
RELEASE_WORDS = frozenset({"解除绑定", "解除", "不当管理员了", "退出管理员"})
ASKERS_WORDS = ("谁问的", "是谁问的", "提问人")


def take_code(turn: Turn, services: Services) -> Said | None:
    """Bind the account when its words are a code; ``None`` when they are something else."""
    if not _means_code(turn.words):
        return None
    village, now = services.village, turn.now
    tries = village.codes.wrong_tries(turn.openid, now - TRIES_WITHIN)
    signs = normalise(turn.words)
    found = village.codes.find(village.hash_code(signs)) if signs else None
    matches = lambda code, hashed: hmac.compare_digest(village.hash_code(code), hashed)  # noqa: E731
    match redeem(turn.words, now, tries, [found] if found else [], matches):
        case Bound(code=code):
            admins = (*village.admins.of_account(turn.openid), *village.admins.of_village(code.village))
            unique = tuple({admin.id: admin for admin in admins}.values())
            change = bind(services.new_id(), turn.openid, code, now, unique)
            if isinstance(change, AlreadyAdmin):
                return Said(wording.already_admin(change.admin), keep=True)
            village.codes.save(code)
            put_down(services, change)
            services.residents.settle(turn.openid, code.village)
            return Said(wording.bound(code.village), keep=True)
        case WrongCode(left=left):
            village.codes.note_wrong_try(turn.openid, now)
            return Said(wording.wrong_village_code(left), keep=True)
        case Expired(village=name):
            return Said(wording.code_expired(name), keep=True)
        case UsedUp(village=name):
            return Said(wording.code_used(name), keep=True)
        case Locked(until=until):
            return Said(wording.code_locked(until), keep=True)


def about_binding(turn: Turn, services: Services, admin: Admin) -> Said | None:
    """解除绑定, 群名 and 谁问的; ``None`` when the words are something else."""
    words = turn.words.strip(' \t\n。.!！?？“”"')
    if words in RELEASE_WORDS:
        put_down(services, release(admin, turn.now, f"admin:{admin.id}"))
        return Said(wording.released(admin.village))
    if named := _GROUP.fullmatch(words):
        change = name_group(admin, services.mask(named[1]), turn.now)
        put_down(services, change)
        return Said(wording.group_named(change.admins[0] if change.admins else admin), keep=True)
    if words.startswith(ASKERS_WORDS):
        askers = services.village.aliases.of_account(turn.openid)
        return Said(wording.who_asked(askers), keep=True, fleeting=wording.WHO_ASKED_ONCE if askers else None)
    return None


def admin_now(openid: str, services: Services) -> Admin | None:
    """The active binding of an account."""
    return admin_of(openid, services.village.admins.of_account(openid))


def put_down(services: Services, change: Change) -> None:
    """Save the rows of a change and log its events."""
    for admin in change.admins:
        services.village.admins.save(admin)
    for event in change.events:
        services.village.admins.append(event)


def _means_code(words: str) -> bool:
    """Is this a code, or plainly meant as one? Anything else that only looks alike is left alone."""
    if len(words) > LONGEST_TYPED or words.isdigit() or _LATIN.search(words) is None:
        return False
    return bool(normalise(words)) or (_CODE_WORDS.search(words) is not None and resembles_code(words))
