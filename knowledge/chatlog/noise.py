"""Lines and signs that nobody said: notices of the program, placeholders, emoji codes, link cards."""

import re

_SYSTEM = re.compile(
    r"撤回了一条消息|加入了?群聊|移出了?群聊|退出了?群聊|修改群名为|修改了群|以下(?:是|为)?(?:新|未读|"
    r"历史)消息|以上(?:是|为)?(?:新|历史)消息|拍了拍|"
    r"的?聊天记录如下|^[-—\s]*以[下上](?:是|为)?.{0,30}聊天记录|^[-—\s]+(?:以[下上]|今天|昨天|完|结束)[-—\s]+$|^\[.{0,8}导出\]$|"
    r"^(?:群聊|.{1,30}和.{1,30})的聊天记录\s*[:：]?$|^dear\s*[:：,，]?$|开启了?群(?:待办|"
    r"聊邀请)|发起了?(?:群收款|语音通话|视频通话|位置共享|群接龙)|"
    r"(?:领取|抢)了?(?:你|您|.{1,20})的红包|红包已(?:被领完|过期)|^(?:通话时长|已取消|对方已取消|未接听|"
    r"已拒绝)|^\d+\s*条新消息$|查看更多消息|已添加了|现在可以开始聊天|"
    r"成为(?:新)?(?:群主|管理员)|群主已启用|通过扫描.{0,24}(?:二维码|加入)|与群里其他人都不是|^(?:发件人|"
    r"收件人|抄送|主题|日期|发送时间|附件|from|to|subject|date|cc)\s*[:：]|"
    r"^(?:复制|多选|收藏|删除|转发|引用|翻译|搜一搜)$|^对方正在输入|消息已发出.{0,4}但被|"
    r"^[-—─_=~·*＊－\s]{4,}$|^全员禁言|解除(?:了)?(?:全员)?禁言|"
    r"^(?:来自|发自|sent from).{0,16}(?:微信|手机|iphone|华为|小米|邮箱|qq)",
    re.IGNORECASE,
)
_RULE = re.compile(r"\s*(?:[-—─_=－]\s*){4,}")
_CARD = (
    r"链接|小程序|聊天记录|文件|视频号|视频号动态|名片|个人名片|公众号名片|位置|地理位置|音乐|群公告|"
    r"群待办|群投票|投票|"
    r"红包|微信红包|转账|笔记|收藏|直播|问卷|文档|腾讯文档|收集表|link|file|location|mini ?program"
)
_THING = (
    r"图片|照片|视频|小视频|动画表情|表情|表情包|语音|语音消息|语音通话|视频通话|未知消息|"
    r"不支持的?消息类型|收到一条消息.{0,16}|"
    r"photo|image|video|sticker|voice|audio"
)
_CARD_LINE = re.compile(rf"[\[［【]\s*(?:{_CARD})\s*[\]］】]\s*(.*)$", re.IGNORECASE)
_THING_SIGN = re.compile(rf"[\[［【]\s*(?:{_THING})(?:\s*[:：][^\]］】]*)?\s*[\]］】]", re.IGNORECASE)
_VOICE = re.compile(
    r"[\[［【(（]\s*语音(?:消息)?\s*(?:\d+\s*(?:秒|s|″|\"|'+|”)?)?\s*[\]］】)）]\s*(?:\d{1,3}\s*(?:秒|s|"
    r"″|\"|”|'{1,2})\s*)?"
    r"|^\s*语音\s*\d{1,3}\s*(?:秒|″|\"|”|'{1,2})\s*"
    r"|[\[［【(（]?\s*(?:语音)?(?:已)?(?:转文字|转写|转换为文字|转成文字|识别)(?:结果|"
    r"内容)?\s*[\]］】)）]?\s*[:：]?\s*(?=\S|$)(?<=[\]］】)）:：字\s])"
)


def _any(words: str) -> str:
    """A pattern for any of these words, the longest first."""
    return "|".join(sorted(map(re.escape, words.split()), key=len, reverse=True))


_FACES = (
    "微笑 撇嘴 色 发呆 得意 流泪 害羞 闭嘴 睡 大哭 尴尬 发怒 调皮 呲牙 惊讶 难过 酷 囧 冷汗 抓狂 吐 偷笑 "
    "愉快 可爱 白眼 傲慢 饥饿 困 惊恐 流汗 憨笑 悠闲 大兵 奋斗 咒骂 疑问 嘘 晕 疯了 折磨 衰 骷髅 敲打 "
    "再见 擦汗 抠鼻 鼓掌 糗大了 坏笑 左哼哼 右哼哼 哈欠 鄙视 委屈 快哭了 阴险 亲亲 吓 可怜 菜刀 西瓜 "
    "啤酒 篮球 乒乓 咖啡 饭 猪头 玫瑰 凋谢 嘴唇 示爱 爱心 心碎 蛋糕 闪电 炸弹 刀 足球 瓢虫 便便 月亮 "
    "太阳 礼物 拥抱 强 弱 握手 胜利 抱拳 勾引 拳头 差劲 爱你 no ok 爱情 飞吻 跳跳 发抖 怄火 转圈 磕头 "
    "回头 跳绳 投降 激动 乱舞 献吻 左太极 右太极 嘿哈 捂脸 奸笑 机智 皱眉 耶 茶 蜡烛 发 福 烟花 爆竹 鸡 "
    "吃瓜 加油 汗 天啊 emm 社会社会 旺柴 好的 打脸 哇 翻白眼 666 让我看看 叹气 苦涩 裂开 无语 合十 幸福 "
    "笑脸 生病 破涕为笑 脸红 恐惧 失望 庆祝 强壮 鬼魂 惊喜 一言难尽 加油加油 嘴馋 赞 笑哭 哭 笑 怒 爱 心 "
    "花 鲜花 抱抱 感谢 祈祷 拜托 尴尬笑 吐舌 咧嘴"
)
_FACE_SIGN = re.compile("[\\[［](?:" + _any(_FACES) + ")[\\]］]", re.IGNORECASE)
_CODES = (
    ":) :~ :B :| 8-) :< :$ :X :Z :'( :-| :@ :P :D :O :( :+ --b :Q :T ,@P ,@-D :d ,@o :g |-) :! :L :> :,@ "
    ",@f :-S ? ,@x ,@@ :8 ,@! !!! xx bye wipe dig handclap &-( B-) <@ @> :-O >-| P-( :'| X-) :* @x 8* pd "
    "<W> beer basketb oo coffee eat pig rose fade showlove heart break cake li bome kn footb ladybug "
    "shit moon sun gift hug strong weak share v @) jj @@ bad lvu no ok love <L> jump shake <O> circle "
    "kotow turn skip oY #-0 hiphot kiss <& &>"
)
"""What stands behind ``/:`` in the emoji of older clients."""
_FACE_CODE = re.compile("/:(?:" + _any(_CODES) + ")|/(?:微笑|玫瑰|强|抱拳|握手|呲牙|偷笑|捂脸)")
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u200d\ufe0f\u20e3]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s一-鿿，。；）】]+", re.IGNORECASE)
_HEADLINE = re.compile(
    r"[|｜丨]|看这里|一图|速看|速转|来了|公告|通知|收藏|攻略|解读|重磅|最新|指南|提醒|扩散|《|!$|！$|"
    r"\d{4}年|政策|问答|热点|附|必看|详解"
)
_DOUBTED = re.compile(r"真的[吗么]|真的?假的?|是不是真|真不真|是真是假|靠谱[吗么]|可信[吗么]|骗人的[吗么]|属实")


def is_rule(line: str) -> bool:
    """Is this the line of dashes under a quote or between days?"""
    return bool(_RULE.fullmatch(line.strip()))


def is_system(line: str) -> bool:
    """Did the program write this line, not a person?"""
    return bool(_SYSTEM.search(line.strip()))


def is_face(word: str) -> bool:
    """Is ``[word]`` an emoji code or a placeholder, and no nickname?"""
    sign = f"[{word}]"
    return bool(
        _FACE_SIGN.fullmatch(sign)
        or _THING_SIGN.fullmatch(sign)
        or _CARD_LINE.fullmatch(sign)
        or _VOICE.fullmatch(sign)
    )


_VOICE_OF = re.compile(r"^(\S.{0,15}?)\s*[\[［【(（]\s*语音[^\]］】)）]{0,8}[\]］】)）]\s*[:：]")


def without_voice_signs(line: str) -> str:
    """The line without the signs of a voice message; what it was turned into stays, and who spoke (昵称 [语音]：…)."""
    line = _VOICE_OF.sub(r"\1：", line)
    return _VOICE.sub(" ", line).strip() if "语音" in line or "转" in line or "识别" in line else line


def without_signs(line: str) -> str:
    """The person's own words of a line: no placeholder, forwarded title, emoji or address."""
    said = line
    card = _CARD_LINE.search(said)
    if card and not _DOUBTED.search(card[1]):
        said = said[: card.start()]
    elif card:
        said = said[: card.start()] + card[1]
    for pattern in (_THING_SIGN, _FACE_SIGN, _FACE_CODE, _ADDRESS, _EMOJI):
        said = pattern.sub(" ", said)
    return said.strip()


def without_link_titles(lines: list[str]) -> list[str]:
    """Drop the title that stands over an address; words above the title are the sender's own."""
    kept: list[str] = []
    for place, line in enumerate(lines):
        below = lines[place + 1].strip() if place + 1 < len(lines) else ""
        title = bool(_ADDRESS.match(below)) and (place > 0 or bool(_HEADLINE.search(line)))
        if not title or _DOUBTED.search(line):
            kept.append(line)
    return kept
