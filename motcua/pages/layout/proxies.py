"""Behind proxies of our own: from which address a request really came.

Only a proxy of ours (`MOTCUA_PROXIES`) is believed what it says in X-Forwarded-For: each adds, at the end, the address that
it was asked from. What stands before the last address that is not ours was written by whoever asked, and counts for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponseBase

Network = IPv4Network | IPv6Network


def asked_from(peer: str, forwarded: str, proxies: Sequence[Network]) -> str:
    """The address of whoever asked. peer: who opened the connection; forwarded: the X-Forwarded-For that came with it."""
    address = peer
    for said in [peer, *reversed(forwarded.split(","))]:
        found = _address(said)
        if found is None:
            return address  # nonsense: whoever last made sense passed it on
        address = str(found)
        if not any(found in network for network in proxies):
            return address
    return address


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """An address as proxies write it, perhaps with a port. An IPv4 address in IPv6 clothes is the IPv4 address."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ip_address(bare)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


class BehindProxies:
    """REMOTE_ADDR becomes the address that the request came from; everything that counts by address reads it there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.PROXIES:
            raise MiddlewareNotUsed
        self.get_response, self.proxies = get_response, tuple(settings.PROXIES)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        meta = request.META
        meta["REMOTE_ADDR"] = asked_from(
            meta.get("REMOTE_ADDR", ""), meta.get("HTTP_X_FORWARDED_FOR", ""), self.proxies
        )
        return self.get_response(request)
