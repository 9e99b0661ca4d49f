"""Numbers in the words in which they are read aloud."""

ZERO_TO_NINE = "零一二三四五六七八九"
_YEAR = "〇一二三四五六七八九"
_PHONE = "零幺二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿")
_LONGEST = 4 * len(_GROUPS)


def year_words(digits: str) -> str:
    """2026 → 二〇二六."""
    return "".join(_YEAR[int(digit)] for digit in digits)


def phone_words(digits: str) -> str:
    """12345 → 幺二三四五; whatever is no digit is left out."""
    return "".join(_PHONE[int(digit)] for digit in digits if digit.isdecimal())


def number_words(number: str, *, counting: bool = False) -> str:
    """Read a plain number such as 15, 1,200 or 12.50.

    *counting* says that a measure word follows, so 2 is 两. A number with zeros in front, or of
    more digits than anyone says, is read digit by digit.
    """
    whole, _, rest = number.replace(",", "").partition(".")
    if (len(whole) > 1 and whole[0] == "0") or len(whole) > _LONGEST:
        words = "".join(ZERO_TO_NINE[int(digit)] for digit in whole)
    elif whole == "2" and counting and not rest:
        return "两"
    else:
        words = _whole_words(whole)
    return words + ("点" + "".join(ZERO_TO_NINE[int(digit)] for digit in rest) if rest else "")


def _whole_words(digits: str) -> str:
    """Read group by group of four digits; one 零 stands for any run of zeros inside."""
    if int(digits) == 0:
        return ZERO_TO_NINE[0]
    padded = digits.zfill(-(-len(digits) // 4) * 4)
    groups = [padded[start : start + 4] for start in range(0, len(padded), 4)]
    words = ""
    gap = False
    for place, group in zip(range(len(groups) - 1, -1, -1), groups, strict=True):
        if int(group) == 0:
            gap = bool(words)
            continue
        if words and (gap or group[0] == "0"):
            words += ZERO_TO_NINE[0]
        words += _group_words(group) + _GROUPS[place]
        gap = False
    words = words.removeprefix("一") if words.startswith("一十") else words
    return "两" + words[1:] if words[0] == "二" and words[1:2] in ("千", "万", "亿") else words


def _group_words(group: str) -> str:
    """Read four digits, zeros in front left out."""
    words = ""
    gap = False
    for place, digit in zip((3, 2, 1, 0), group, strict=True):
        if digit == "0":
            gap = bool(words)
            continue
        words += (ZERO_TO_NINE[0] if gap else "") + ZERO_TO_NINE[int(digit)] + _PLACES[place]
        gap = False
    return words
