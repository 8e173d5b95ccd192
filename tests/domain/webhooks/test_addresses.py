"""Nobody reaches through us into a network behind us."""

import pytest

from domain.webhooks.addresses import host_and_port, is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "fec0::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:1::1",
    ],
)  # fmt: skip
def test_these_are_not_public(address: str) -> None:
    """This machine, networks behind it, the cloud's metadata, and all of them in the clothes of IPv6."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_these_are(address: str) -> None:
    """Anybody's on the internet."""
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("https://shop.example.com/caseline?key=1", ("shop.example.com", 443)),
        ("http://127.0.0.1:9000", ("127.0.0.1", 9000)),
        ("https://[2606:4700::1111]/x", ("2606:4700::1111", 443)),
    ],
)
def test_a_url_says_where(url: str, where: tuple[str, int]) -> None:
    """The port is the scheme's unless it is named."""
    assert host_and_port(url) == where


@pytest.mark.parametrize(
    "url",
    [
        "ftp://shop.example.com", "shop.example.com", "https://", "https://user:secret@shop.example.com/",
        "https://shop.example.com/#part", "https://商店.example.com/", "https://shop.example.com:99999/",
        "https://shop.example.com/a b", "https://shop.example.com/\r\nHost:x", "https://[::1",
    ],
)  # fmt: skip
def test_what_cannot_be_called_is_refused(url: str) -> None:
    """No other scheme, no user, no fragment, nothing that a header could be made of."""
    with pytest.raises(ValueError, match=r".+"):
        host_and_port(url)
