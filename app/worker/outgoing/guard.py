"""Which addresses may be posted to: public ones only, however they are written and whatever a name means.

Source: IANA's registries of special-purpose addresses, and what they leave out: multicast, deprecated, of the clouds.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any, NamedTuple

from app.worker.outgoing.faults import RefusedAddress, Unreachable

GLOBAL_UNICAST = ip_network("2000::/3")  # nothing else of IPv6 is given out to hosts of the public internet
# Spelled out, since what Python calls global differs between its releases.
NOT_PUBLIC = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carriers' NAT; metadata of Alibaba
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # metadata of Azure, in the midst of public addresses
        "169.254.0.0/16",  # link-local; metadata of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # IETF; metadata of Oracle
        "192.0.2.0/24",  # for documents
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # for documents
        "203.0.113.0/24",  # for documents
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved; broadcast
        "2001::/23",  # IETF; Teredo, which carries an IPv4 address
        "2001:db8::/32",  # for documents
        "2002::/16",  # 6to4, which carries an IPv4 address
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # for documents
    )
)


class Address(NamedTuple):
    """Where a socket connects to: its family, and the address as getaddrinfo gave it."""

    family: int
    sockaddr: tuple[Any, ...]


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is of the public internet; one of IPv4 within IPv6 is judged as itself."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return is_public(address.ipv4_mapped)
        if address.scope_id or address not in GLOBAL_UNICAST:
            return False
    return address.is_global and not any(address in network for network in NOT_PUBLIC)


def addresses(host: str, port: int) -> list[Address]:
    """All that a name means now, in the order to try them. Takes as long as the resolver does.

    Raises Unreachable when it means nothing, RefusedAddress when it can be no name.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror:
        raise Unreachable("dns") from None
    except ValueError:  # a label that is empty or too long
        raise RefusedAddress("url") from None
    return [Address(family, sockaddr) for family, _, _, _, sockaddr in found]


def public_addresses(host: str, port: int) -> list[Address]:
    """The same, when each of them is public: one that is not refuses the name, since any may be chosen.

    Raises also RefusedAddress.
    """
    found = addresses(host, port)
    if not all(is_public(ip_address(str(one.sockaddr[0]))) for one in found):
        raise RefusedAddress("not_public")
    return found
