"""What a page shows of a person before somebody gave a reason to see more."""


def mask_phone(phone: str) -> str:
    """Return 138****0000; short or foreign numbers show only their last two characters."""
    digits = phone.strip()
    if not digits:
        return ""
    if len(digits) == 11 and digits.isdigit():
        return f"{digits[:3]}****{digits[-4:]}"
    return "*" * max(0, len(digits) - 2) + digits[-2:] if len(digits) > 4 else "****"


def mask_name(name: str) -> str:
    """Return 张** for 张三甲: the first character, a star for each other one."""
    shown = name.strip()
    return shown[:1] + "*" * max(1, len(shown) - 1) if shown else ""
