"""From which address a person calls: a proxy's word is believed only when it is one of our own."""

from __future__ import annotations

from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fastapi import Request

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


def address_of(request: Request, trusted_proxies: str) -> str:
    """The person's address; of IPv6 only the network of the person's own, which is one caller.

    Each proxy writes at the end of X-Forwarded-For from whom it got the request. So the list is read from
    the end, as long as a trusted proxy has written it; what stands before is hearsay.
    """
    peer = request.client.host if request.client else ""
    believed = proxies_of(trusted_proxies)
    told = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    caller = read_address(peer)
    while caller and told and any(caller in network for network in believed):
        before = read_address(told.pop())
        if before is None:
            break
        caller = before
    return _as_one(caller) if caller else peer[:100]


@cache
def proxies_of(trusted_proxies: str) -> tuple[Network, ...]:
    """Addresses and networks of a setting such as "127.0.0.1, 10.0.0.0/24".

    Raises
    ------
    ValueError
        One of them is no address; the server does not start on it.
    """
    names = [part.strip() for part in trusted_proxies.split(",")]
    return tuple(ip_network(name, strict=False) for name in names if name)


def read_address(text: str) -> Address | None:
    """The address as a proxy writes it, perhaps with a port, or None.

    >>> read_address("[2001:db8::1]:443"), read_address(" 203.0.113.7:9000"), read_address("unknown")
    (IPv6Address('2001:db8::1'), IPv4Address('203.0.113.7'), None)
    """
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _as_one(address: Address) -> str:
    if isinstance(address, IPv6Address) and not address.is_loopback:
        return str(ip_network((int(address), 64), strict=False))
    return str(address)
