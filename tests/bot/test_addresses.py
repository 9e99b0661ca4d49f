"""Forwarded-for headers are claims; only configured proxies may make them."""

from ipaddress import ip_address

import pytest

from bot.addresses import client_address

OURS = (ip_address("10.0.0.1"), ip_address("10.0.0.2"))


@pytest.mark.parametrize(
    ("peer", "header", "client"),
    [
        ("203.0.113.9", "198.51.100.7", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "' OR 1=1", "10.0.0.1"),
        ("10.0.0.1", "2001:db8::1", "2001:db8::1"),
        ("unknown", "198.51.100.7", "unknown"),
    ],
)
def test_the_nearest_stranger_is_the_client(peer, header, client):
    """A stranger cannot lend himself another address."""
    assert client_address(peer, header, OURS) == client


def test_without_configured_proxies_no_header_counts():
    """The default."""
    assert client_address("127.0.0.1", "198.51.100.7", ()) == "127.0.0.1"
