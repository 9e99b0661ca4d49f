"""The signature and encryption are the platform's own, not merely consistent with themselves."""

import pytest
from hypothesis import given, settings, strategies as st
from wechatpy.crypto import WeChatCrypto

from simulator.account import Account
from simulator.crypto import NotDecryptableError, decrypt, encrypt, sign

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ACCOUNT = Account("wx5117a1e570000000", "s", "AAAAA", KEY)


@pytest.mark.parametrize(
    ("timestamp", "nonce", "expected"),
    [
        ("1714037059", "486452656", "899cf89e464efb63f54ddac96b0a0a235f53aa78"),
        ("1714036504", "1514711492", "f464b24fc39322e44b38aa78f5edd27bd1441696"),
    ],
)
def test_signatures_equal_those_printed_in_the_documentation(timestamp: str, nonce: str, expected: str) -> None:
    """WeChat's page on message push prints these two with Token AAAAA."""
    assert sign("AAAAA", timestamp, nonce) == expected


def test_what_the_simulator_encrypts_wechatpy_decrypts() -> None:
    """An independent implementation opens our envelope."""
    sealed = encrypt(ACCOUNT.key_bytes, "<xml>𠮷农村低保</xml>".encode(), ACCOUNT.appid)
    xml = f"<xml><ToUserName>gh</ToUserName><Encrypt>{sealed}</Encrypt></xml>"
    crypto = WeChatCrypto(ACCOUNT.token, KEY, ACCOUNT.appid)

    opened = crypto.decrypt_message(xml, sign(ACCOUNT.token, "1", "2", sealed), "1", "2")

    assert opened == "<xml>𠮷农村低保</xml>"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
@settings(max_examples=25)
def test_what_is_encrypted_comes_back(text: str) -> None:
    """Every length up to and over the padding block survives the round trip."""
    sealed = encrypt(ACCOUNT.key_bytes, text.encode(), ACCOUNT.appid)

    assert decrypt(ACCOUNT.key_bytes, sealed, ACCOUNT.appid).decode() == text


@given(st.text(max_size=60))
@settings(max_examples=40)
def test_rubbish_is_refused_and_never_crashes(sealed: str) -> None:
    """Decrypting anything else raises the one documented error."""
    with pytest.raises(NotDecryptableError):
        decrypt(ACCOUNT.key_bytes, sealed, ACCOUNT.appid)


def test_another_accounts_ciphertext_is_refused() -> None:
    """The AppID inside the ciphertext is checked."""
    sealed = encrypt(ACCOUNT.key_bytes, b"<xml/>", "wx0000000000000000")

    with pytest.raises(NotDecryptableError, match="AppID"):
        decrypt(ACCOUNT.key_bytes, sealed, ACCOUNT.appid)


@pytest.mark.parametrize("key", ["", "short", "?" * 43, KEY + "="])
def test_an_account_with_a_malformed_key_is_refused(key: str) -> None:
    """The real console takes 43 letters and digits and nothing else."""
    with pytest.raises(ValueError, match="EncodingAESKey"):
        Account("wx1", "s", "AAAAA", key)
