"""Whose request it is, when proxies stand in front: forwarded-for counts only from configured ones."""

from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, ip_address

Address = IPv4Address | IPv6Address


def client_address(peer: str, forwarded_for: str, trusted: Collection[Address]) -> str:
    """Return the nearest address that is no proxy of ours.

    *peer* is the other end of the connection, *forwarded_for* the X-Forwarded-For header or "".
    Each proxy appends who called it, so the list is read from its end and believed only as long
    as the address that vouches for the next one is trusted.
    """
    client = peer
    for claimed in reversed(forwarded_for.split(",")):
        if _parsed(client) not in trusted:
            break
        address = _parsed(claimed.strip())
        if address is None:
            break
        client = str(address)
    return client


def _parsed(text: str) -> Address | None:
    try:
        return ip_address(text)
    except ValueError:
        return None
