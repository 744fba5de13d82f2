"""Nothing is posted to an address that is not public, however it is written, and whatever a name means when."""

from __future__ import annotations

import ssl
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path

import pytest
from AntiSSRF import IPAddressRanges
from hypothesis import given, settings
from hypothesis import strategies as st
from ssrfguard import Policy

from app.worker.outgoing import guard, target
from app.worker.outgoing.faults import RefusedAddress, TooSlow, Unreachable
from app.worker.outgoing.post import post
from tests.worker.address_forms import ANSWERS, LITERALS, PUBLIC
from tests.worker.network import OK, Names, answering, canary, serving
from tests.worker.tls import known_certificate

NAME = "partner.example"
ANTISSRF = [ip_network(network) for network in IPAddressRanges.recommended_latest]
SSRFGUARD = Policy()
IP = IPv4Address | IPv6Address


# By form


@pytest.mark.parametrize("host", LITERALS)
def test_an_address_that_is_not_public_is_refused_however_it_is_written(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with canary() as bird:
        monkeypatch.setattr(target, "PORTS", (bird.port,))
        with pytest.raises(RefusedAddress) as refused:
            post(f"https://{host}:{bird.port}/enroll", b"{}", {})
        assert (refused.value.reason, bird.connections()) == ("not_public", 0)


def test_the_canary_would_tell() -> None:
    with canary() as bird:
        with pytest.raises(TooSlow):
            post(f"http://127.0.0.1:{bird.port}/", b"{}", {}, test_hosts={f"127.0.0.1:{bird.port}"}, seconds=0.1)
        assert bird.connections() == 1


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://partner.example/enroll", "scheme"),
        ("http://partner.example:443/enroll", "scheme"),
        ("ftp://partner.example/", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("gopher://partner.example/", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("partner.example/enroll", "scheme"),
        ("//partner.example/enroll", "scheme"),
        ("", "scheme"),
        ("https://", "url"),
        ("https:///enroll", "url"),
        ("https://user:word@partner.example/", "url"),
        ("https://partner.example\\@127.0.0.1/", "url"),
        ("https://partner.example /", "url"),
        ("https://partner.example/\r\nHost: x", "url"),
        ("https://partner.example/\tx", "url"),
        ("https://[::1/", "url"),
        ("https://partner.example:port/", "url"),
        ("https://partner.example:99999/", "url"),
        ("https://\uff11\uff12\uff17.0.0.1/", "url"),
        ("https://127\u30020.0.1/", "url"),
        ("https://p\u00e4rtner.example/", "url"),
        ("https://partner.example:22/", "port"),
        ("https://partner.example:80/", "port"),
        ("https://partner.example:0/", "port"),
        ("https://partner.example:5432/", "port"),
    ],
)
def test_an_address_that_is_none_of_ours_is_refused_before_any_name_is_looked_up(
    url: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = Names(["8.8.8.8"]).put(monkeypatch)
    with pytest.raises(RefusedAddress) as refused:
        post(url, b"{}", {})
    assert (refused.value.reason, names.asked) == (reason, [])


@pytest.mark.parametrize("host", ["a..example", "a" * 64 + ".example"])
def test_what_can_be_no_name_is_refused_for_good(host: str) -> None:
    with pytest.raises(RefusedAddress) as refused:
        post(f"https://{host}/", b"{}", {})
    assert refused.value.reason == "url"


# By name


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_name_with_one_address_that_is_not_public_is_refused_whole(
    answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for found in ([answer], ["8.8.8.8", answer], [answer, "8.8.8.8"]):
        Names(found).put(monkeypatch)
        with pytest.raises(RefusedAddress) as refused:
            guard.public_addresses(NAME, 443)
        assert refused.value.reason == "not_public"


@pytest.mark.parametrize("answer", PUBLIC)
def test_a_name_with_public_addresses_has_them_in_their_order(answer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Names([answer, "1.0.0.1"]).put(monkeypatch)
    assert [one.sockaddr[:2] for one in guard.public_addresses(NAME, 8443)] == [(answer, 8443), ("1.0.0.1", 8443)]


def test_a_name_that_means_nothing_may_mean_something_later() -> None:
    with pytest.raises(Unreachable) as unreachable:
        guard.public_addresses("nobody.invalid", 443)
    assert unreachable.value.reason == "dns"


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """What a server needs to be the partner by name."""
    return known_certificate(tmp_path, monkeypatch, NAME)


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(
    tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "is_public", lambda address: str(address) == "127.0.0.1")
    with serving(answering(OK), tls) as partner, canary("127.0.0.2", partner.port) as bird:
        monkeypatch.setattr(target, "PORTS", (partner.port,))
        names = Names(["127.0.0.1"], ["127.0.0.2"]).put(monkeypatch)
        assert post(f"https://{NAME}:{partner.port}/", b"{}", {}).status == 200
        assert (names.asked, partner.names, bird.connections()) == ([NAME], [NAME], 0)
        with pytest.raises(RefusedAddress):
            post(f"https://{NAME}:{partner.port}/", b"{}", {})
        assert (len(partner.requests), bird.connections()) == (1, 0)


def test_a_name_with_a_good_and_a_bad_address_reaches_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "is_public", lambda address: str(address) == "127.0.0.1")
    with canary("127.0.0.1") as good, canary("127.0.0.2", good.port) as bad:
        monkeypatch.setattr(target, "PORTS", (good.port,))
        Names(["127.0.0.1", "127.0.0.2"]).put(monkeypatch)
        with pytest.raises(RefusedAddress):
            post(f"https://{NAME}:{good.port}/", b"{}", {})
        assert (good.connections(), bad.connections()) == (0, 0)


# Beside two published guards


def within(network: IPv4Network | IPv6Network) -> st.SearchStrategy[IP]:
    """Addresses in a network, at its edges, and beside them."""
    first, last = int(network[0]), int(network[-1])
    kind = type(network[0])
    top = 2**network.max_prefixlen - 1
    edges = {number for number in (first - 1, first, last, last + 1) if 0 <= number <= top}
    return st.one_of(st.sampled_from(sorted(edges)), st.integers(first, last)).map(kind)


def carried(address: IPv4Address) -> st.SearchStrategy[IP]:
    """An IPv4 address inside one of IPv6, in each way that is known."""
    number = int(address)
    inside = ["::ffff:0:0", "::", "64:ff9b::", "::ffff:0:0:0", "2001:db8:1::", "2606:4700::"]
    low = [IPv6Address(int(IPv6Address(prefix)) + number) for prefix in inside]
    teredo = IPv6Address((0x20010000 << 96) + (number << 64) + (number ^ 0xFFFFFFFF))
    return st.sampled_from([*low, IPv6Address((0x2002 << 112) + (number << 80)), teredo])


blocks = [block.network for block in SSRFGUARD.denied_networks.blocks]
near = st.sampled_from([*ANTISSRF, *blocks, *guard.NOT_PUBLIC]).flatmap(within)
plain = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6), near)
nested = st.one_of(st.ip_addresses(v=4), near.filter(lambda found: found.version == 4)).flatmap(
    lambda found: carried(IPv4Address(int(found)))
)


@settings(deadline=None, max_examples=1000)
@given(st.one_of(plain, nested))
def test_what_either_of_two_published_guards_denies_is_not_public(address: IP) -> None:
    inner = (address.ipv4_mapped if isinstance(address, IPv6Address) else None) or address
    denied = any(inner in network for network in ANTISSRF) or not SSRFGUARD.permits_address(address)
    assert not (guard.is_public(address) and denied)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public_to_all_is_public(address: str) -> None:
    assert SSRFGUARD.permits_address(address)
    assert guard.is_public(ip_address(address))
