"""Who agreed to a 订阅通知 of which template.

A consent to a one-time template is good for one send, a consent to a lasting one (长期订阅) until it is
taken back (wechat.md 2.7). Consents of one person add up.
"""

import sqlite3


def add(connection: sqlite3.Connection, openid: str, template: str, now_ms: int) -> None:
    """Note one more consent."""
    connection.execute(
        "INSERT INTO notice_consents(openid, template, unused, at_ms) VALUES (:openid, :template, 1, :now)"
        " ON CONFLICT(openid, template) DO UPDATE SET unused = unused + 1, at_ms = excluded.at_ms",
        {"openid": openid, "template": template, "now": now_ms},
    )


def end(connection: sqlite3.Connection, openid: str, template: str) -> None:
    """Forget every consent of a person to a template: they took it back, or the platform knows of none."""
    connection.execute("DELETE FROM notice_consents WHERE openid = ? AND template = ?", (openid, template))


def give_back(connection: sqlite3.Connection, openid: str, template: str) -> None:
    """Count one consent again: the send it paid for certainly did not happen."""
    connection.execute(
        "UPDATE notice_consents SET unused = unused + 1 WHERE openid = ? AND template = ?", (openid, template)
    )


def drop_used(connection: sqlite3.Connection, openid: str, template: str) -> None:
    """Forget a person whose consents are all used up."""
    connection.execute(
        "DELETE FROM notice_consents WHERE openid = ? AND template = ? AND unused <= 0", (openid, template)
    )


def people(connection: sqlite3.Connection, template: str) -> int:
    """Return how many people have a consent to the template left."""
    found = connection.execute(
        "SELECT count(*) FROM notice_consents WHERE template = ? AND unused > 0", (template,)
    ).fetchone()
    return int(found[0])


def not_arrived(connection: sqlite3.Connection, openid: str, template: str) -> None:
    """The platform reports that what it took did not arrive: the newest such notice waits for the next contact.

    The call's answer carries no id to know it by, so it is the one sent last. It is given with the next
    contact and never sent again by itself.
    """
    connection.execute(
        "UPDATE outbox SET state = 'uncertain', uncertain = 1, detail = '平台报告没有送达' WHERE id ="
        " (SELECT id FROM outbox WHERE openid = :openid AND via = :template AND state IN ('sending', 'sent')"
        " ORDER BY sending_ms DESC, rowid DESC LIMIT 1)",
        {"openid": openid, "template": template},
    )
