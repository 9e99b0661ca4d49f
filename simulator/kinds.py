"""One sample of every kind that can arrive, by name: for tests and for the page's list of oddities.

Names are the platform's own where it has one; the rest say what is odd about them.
"""

from collections.abc import Callable

from simulator import messages
from simulator.messages import Draft, Field, event, text

_THUMB = "simulated-thumb"


def sample(kind: str, media_id: str) -> Draft:
    """Return the sample called *kind*; *media_id* stands where a medium is needed.

    Raises:
        ValueError: there is no such kind.
    """
    maker = _SAMPLES.get(kind)
    if maker is None:
        raise ValueError(f"没有这种消息：{kind}（可选：{'、'.join(_SAMPLES)}）")
    return maker(media_id)


def names() -> tuple[str, ...]:
    """Return the names of all samples."""
    return tuple(_SAMPLES)


def _message(kind: str, *fields: Field, shown: str = "") -> Draft:
    return Draft(kind, fields, shown=shown or f"[{kind}]", shown_kind="sticker")


def _notice(template: str) -> Field:
    return (
        "List",
        (
            ("TemplateId", template),
            ("SubscribeStatusString", "acceptWithAlert"),
            ("PopupScene", "1"),
        ),
    )


def _pictures(media_id: str) -> Field:
    return ("SendPicsInfo", (("Count", 1), ("PicList", (("item", (("PicMd5Sum", media_id),)),))))


_SCAN: Field = ("ScanCodeInfo", (("ScanType", "qrcode"), ("ScanResult", "https://example.com/")))
_PLACE: Field = (
    "SendLocationInfo",
    (
        ("Location_X", "28.42"),
        ("Location_Y", "115.37"),
        ("Scale", "16"),
        ("Label", "测试路"),
        ("Poiname", ""),
    ),
)

_SAMPLES: dict[str, Callable[[str], Draft]] = {
    "text": lambda _: text("你好"),
    "image": messages.image,
    "voice": lambda media: messages.voice(media, "社保卡掉了怎么办"),
    "voice_without_recognition": lambda media: messages.voice(media, None),
    "voice_empty_recognition": lambda media: messages.voice(media, ""),
    "video": lambda media: _message("video", ("MediaId", media), ("ThumbMediaId", _THUMB), shown="[视频]"),
    "shortvideo": lambda media: _message("shortvideo", ("MediaId", media), ("ThumbMediaId", _THUMB)),
    "location": lambda _: messages.location(28.42, 115.37, "测试路 1 号"),
    "link": lambda _: _message(
        "link",
        ("Title", "一篇文章"),
        ("Description", "转来的文章"),
        ("Url", "https://example.com/a"),
        shown="[链接] 一篇文章",
    ),
    "file": lambda _: _message("file", ("Title", "材料.docx"), ("FileKey", "1"), shown="[文件] 材料.docx"),
    "unsupported": lambda _: messages.unsupported(),
    "unsupported_english": lambda _: text("[Unsupported Message]"),
    "unknown": lambda _: _message("hologram", ("Payload", "?"), shown="[未知类型]"),
    "control_characters": lambda _: text("低保\x1d怎么\x07办\x00"),
    "cdata_end": lambda _: text("a]]></Content><ToUserName><![CDATA[x]]>b"),
    "emoji": lambda _: text("👨‍👩‍👧‍👦/::)🙏🏽"),
    "rare_hanzi": lambda _: text("𠮷𰻝𪚥村怎么办低保"),
    "blank": lambda _: text("   "),
    "empty": lambda _: text(""),
    "very_long": lambda _: text("低保怎么申请" * 400),
    "LOCATION": lambda _: event("LOCATION", ("Latitude", 28.42), ("Longitude", 115.37), ("Precision", 65.0)),
    "CLICK": lambda _: messages.click("SAMPLE_KEY"),
    "VIEW": lambda _: messages.view("https://example.com/"),
    "view_miniprogram": lambda _: event("view_miniprogram", ("EventKey", "pages/index"), ("MenuId", "1")),
    "scancode_push": lambda _: event("scancode_push", ("EventKey", "k"), _SCAN),
    "scancode_waitmsg": lambda _: event("scancode_waitmsg", ("EventKey", "k"), _SCAN),
    "pic_sysphoto": lambda media: event("pic_sysphoto", ("EventKey", "k"), _pictures(media)),
    "pic_photo_or_album": lambda media: event("pic_photo_or_album", ("EventKey", "k"), _pictures(media)),
    "pic_weixin": lambda media: event("pic_weixin", ("EventKey", "k"), _pictures(media)),
    "location_select": lambda _: event("location_select", ("EventKey", "k"), _PLACE),
    "TEMPLATESENDJOBFINISH": lambda _: event(
        "TEMPLATESENDJOBFINISH", ("MsgID", 200163836), ("Status", "failed:user block")
    ),
    "MASSSENDJOBFINISH": lambda _: event("MASSSENDJOBFINISH", ("MsgID", 1000001625), ("Status", "send success")),
    "subscribe_msg_popup_event": lambda _: event(
        "subscribe_msg_popup_event", ("SubscribeMsgPopupEvent", (_notice("t1"),))
    ),
    "subscribe_msg_popup_event_two": lambda _: event(
        "subscribe_msg_popup_event", ("SubscribeMsgPopupEvent", (_notice("t1"), _notice("t2")))
    ),
    "subscribe_msg_change_event": lambda _: event(
        "subscribe_msg_change_event", ("SubscribeMsgChangeEvent", (_notice("t1"),))
    ),
    "subscribe_msg_sent_event": lambda _: event(
        "subscribe_msg_sent_event", ("SubscribeMsgSentEvent", (_notice("t1"),))
    ),
    "kf_create_session": lambda _: event("kf_create_session", ("KfAccount", "test1@test")),
    "kf_close_session": lambda _: event("kf_close_session", ("KfAccount", "test1@test")),
    "annual_renew": lambda _: event("annual_renew", ("ExpiredTime", 1893427200)),
    "verify_expired": lambda _: event("verify_expired", ("ExpiredTime", 1893427200)),
    "user_info_modified": lambda _: event("user_info_modified", ("RevokeInfo", "1")),
    "user_authorization_revoke": lambda _: event("user_authorization_revoke", ("RevokeInfo", "301")),
    "user_authorization_cancellation": lambda _: event("user_authorization_cancellation", ("RevokeInfo", "1")),
    "unknown_event": lambda _: event("never_heard_of", ("EventKey", "")),
}

LABELS: dict[str, str] = {
    "text": "文字",
    "image": "图片",
    "voice": "语音（有识别）",
    "voice_without_recognition": "语音（无识别字段）",
    "voice_empty_recognition": "语音（识别为空）",
    "video": "视频",
    "shortvideo": "小视频",
    "location": "位置",
    "link": "转发的文章",
    "file": "文件",
    "unsupported": "表情（占位文字）",
    "unsupported_english": "表情（英文占位）",
    "unknown": "未知消息类型",
    "control_characters": "带控制字符的文字",
    "cdata_end": "含 ]]> 的文字",
    "emoji": "表情符号",
    "rare_hanzi": "生僻字",
    "blank": "只有空格",
    "empty": "空文字",
    "very_long": "超长文字",
    "LOCATION": "上报位置事件",
    "CLICK": "菜单点击事件",
    "VIEW": "菜单打开网页事件",
    "view_miniprogram": "菜单打开小程序事件",
    "scancode_push": "扫码推事件",
    "scancode_waitmsg": "扫码等待事件",
    "pic_sysphoto": "拍照事件",
    "pic_photo_or_album": "拍照或相册事件",
    "pic_weixin": "微信相册事件",
    "location_select": "选位置事件",
    "TEMPLATESENDJOBFINISH": "模板消息送达事件",
    "MASSSENDJOBFINISH": "群发结果事件",
    "subscribe_msg_popup_event": "订阅弹窗事件（一条）",
    "subscribe_msg_popup_event_two": "订阅弹窗事件（两条）",
    "subscribe_msg_change_event": "订阅变更事件",
    "subscribe_msg_sent_event": "订阅送达事件",
    "kf_create_session": "客服会话开始",
    "kf_close_session": "客服会话结束",
    "annual_renew": "年审提醒",
    "verify_expired": "认证过期",
    "user_info_modified": "用户资料变更",
    "user_authorization_revoke": "用户撤回授权",
    "user_authorization_cancellation": "用户注销",
    "unknown_event": "未知事件",
}
"""Sample name to what the page calls it; every sample has one."""
