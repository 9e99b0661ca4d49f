"""Fault switches: everything a desk can do to a bot that a real platform or network might.

A slow bot is played by holding its answer back, so the bot has the request at once and the platform gives
up on the answer. All switches are off in a fresh ``Faults``.
"""

from dataclasses import dataclass, fields


@dataclass(slots=True)
class Faults:
    """The switches, changed in place while messages run. Counts: 0 is off, -1 is always."""

    slow_seconds: float = 0.0
    slow_tries: int = 3
    lost_answers: int = 0
    duplicate: bool = False
    concurrent: bool = False
    replay: bool = False
    same_nonce: bool = False
    wrong_signature: bool = False
    stale_seconds: int = 0
    plain_body: bool = False
    wrong_appid: bool = False
    truncated: bool = False
    doctype: bool = False
    huge_body: bool = False
    token_errors: int = 0
    token_error_code: int = 42001
    api_slow_seconds: float = 0.0
    api_500: bool = False
    window_closed: bool = False
    notices_unauthorised: bool = False
    notices_lost: bool = False

    def clear(self) -> None:
        """Switch everything off."""
        for field in fields(self):
            setattr(self, field.name, field.default)

    def change(self, name: str, value: object) -> None:
        """Set one switch by name.

        Raises:
            ValueError: no such switch, or a value of the wrong kind or far out of range.
        """
        known = {field.name: field.default for field in fields(self)}
        if name not in known:
            raise ValueError(f"没有这个开关：{name}")
        if isinstance(known[name], bool):
            if not isinstance(value, bool):
                raise ValueError(f"{name} 只能是开或关")
            setattr(self, name, value)
            return
        if isinstance(value, bool) or not isinstance(value, int | float) or not -1 <= value <= 10**6:
            raise ValueError(f"{name} 必须是 -1 到 1000000 的数字")
        setattr(self, name, float(value) if isinstance(known[name], float) else int(value))

    def token_error_due(self) -> int:
        """Return the error code this API call must answer with, 0 for none; counts down."""
        if self.token_errors == 0:
            return 0
        if self.token_errors > 0:
            self.token_errors -= 1
        return self.token_error_code


LABELS: dict[str, str] = {
    "slow_seconds": "机器人慢（每次回答拖延几秒）",
    "slow_tries": "前几次推送变慢（1–3）",
    "lost_answers": "前几次推送的回答丢失（0–3）",
    "duplicate": "同一条消息再送一次",
    "concurrent": "同一条消息同时送三份",
    "replay": "原样重放请求",
    "same_nonce": "重试时沿用 timestamp 和 nonce",
    "wrong_signature": "签名错误",
    "stale_seconds": "时间戳过期（早多少秒）",
    "plain_body": "安全模式下送明文",
    "wrong_appid": "密文里是别家的 AppID",
    "truncated": "密文被截断",
    "doctype": "请求带 DOCTYPE",
    "huge_body": "请求体 10 MB",
    "token_errors": "令牌失效（次数，-1 为一直）",
    "token_error_code": "令牌失效时的错误码",
    "api_slow_seconds": "接口变慢（秒）",
    "api_500": "接口返回 HTTP 500",
    "window_closed": "客服消息窗口已关",
    "notices_unauthorised": "订阅通知没有权限（48001）",
    "notices_lost": "订阅通知没有送达（结果事件报错）",
}
"""What the page writes beside each switch; every switch has one."""
