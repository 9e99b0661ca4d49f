"""One verify + open + reply + seal cycle in safe mode: ours against wechatpy's, in microseconds.

    python benchmarks/envelope_cycle.py

2,000 distinct texts of 6–80 characters from a fixed seed, one reply of 165 characters, five passes
after a warm-up; the median pass is printed. Pin it to one core and compare ratios, not absolutes.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.replies import create_reply
from wechatpy.utils import check_signature

from bot.account import make_account
from bot.cipher import encrypt, sign
from bot.envelope import open_envelope, seal
from handlers.turn import Reply

TOKEN, KEY, APPID = "tokentoken", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wx0123456789abcdef"
ACCOUNT = make_account(
    appid=APPID, secret="s", token=TOKEN, aes_key=KEY, api_base="https://api.weixin.qq.com", mode="safe"
)
CRYPTO = WeChatCrypto(TOKEN, KEY, APPID)
ANSWER = "低保由户主向户籍所在地的镇街提出申请，带上身份证、户口簿和收入材料。" * 5
NOISE = b"0123456789abcdef"
STAMP = "1714037059"

Delivery = tuple[dict[str, str], bytes]


def deliveries(count: int, seed: int = 7) -> list[Delivery]:
    """Signed and encrypted texts, all different."""
    chance = random.Random(seed)
    return [delivery(chance, number) for number in range(count)]


def delivery(chance: random.Random, number: int) -> Delivery:
    """One text of a resident."""
    words = "".join(chance.choices("低保申请书咋写社保卡掉了那里可以补办医养老金怎么领取", k=chance.randint(6, 80)))
    fields = {
        "ToUserName": "gh_0123456789ab",
        "FromUserName": "oTEST-zhangsanjia_000000000A",
        "CreateTime": STAMP,
        "MsgType": "text",
        "Content": words,
        "MsgId": str(23456789012345678 + number),
    }
    xml = "<xml>" + "".join(f"<{k}><![CDATA[{v}]]></{k}>" for k, v in fields.items()) + "</xml>"
    sealed, nonce = encrypt(xml.encode(), ACCOUNT.aes_key, APPID, NOISE), str(chance.randint(10**8, 10**9))
    query = {"timestamp": STAMP, "nonce": nonce, "encrypt_type": "aes", "openid": fields["FromUserName"]}
    query["signature"] = sign(ACCOUNT.token, STAMP, nonce)
    query["msg_signature"] = sign(ACCOUNT.token, STAMP, nonce, sealed)
    return query, f"<xml><ToUserName>x</ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>".encode()


def ours(query: dict[str, str], body: bytes) -> None:
    """The way of bot/callback.py, without HTTP."""
    envelope = open_envelope(query, body, ACCOUNT)
    seal(Reply(ANSWER), envelope.inbound, ACCOUNT, envelope.timestamp, envelope.nonce, NOISE)


def wechatpys(query: dict[str, str], body: bytes) -> None:
    """The way of wechatpy's documentation."""
    check_signature(TOKEN, query["signature"], query["timestamp"], query["nonce"])
    xml = CRYPTO.decrypt_message(body, query["msg_signature"], query["timestamp"], query["nonce"])
    CRYPTO.encrypt_message(create_reply(ANSWER, parse_message(xml)).render(), query["nonce"], STAMP)


def measure(cycle: Callable[[dict[str, str], bytes], None], posts: list[Delivery]) -> tuple[float, float]:
    """Median and 95th percentile of the median pass, in microseconds."""
    for post in posts[:200]:
        cycle(*post)
    passes = []
    for _ in range(5):
        spent = []
        for post in posts:
            start = time.perf_counter_ns()
            cycle(*post)
            spent.append((time.perf_counter_ns() - start) / 1000)
        passes.append((statistics.median(spent), statistics.quantiles(spent, n=20)[18]))
    return sorted(passes)[2]


def main() -> None:
    """Print both and their ratio."""
    posts = deliveries(2000)
    theirs, mine = measure(wechatpys, posts), measure(ours, posts)
    print(f"wechatpy  median {theirs[0]:6.1f} µs  p95 {theirs[1]:6.1f} µs")
    print(f"ours      median {mine[0]:6.1f} µs  p95 {mine[1]:6.1f} µs  ratio {mine[0] / theirs[0]:.2f}")


if __name__ == "__main__":
    main()
