"""An http(s) address -> the bytes behind it.

Private, loopback and other unroutable addresses are refused, on every redirect, at the moment of connecting.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from backchannel.errors import InputError

MAX_BYTES = 10_000_000
SECONDS = 20
EXPECTED = "a public web page"
NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address stands in its last 32 bits


class Refused(OSError):
    """The address is not one of the public internet."""


def fetch(url: str) -> tuple[bytes, str]:
    """The bytes behind an address and the address they came from in the end.

    Raises:
        InputError: the address is not public, does not answer in time, or sends too much.

    """
    check(url)
    opener = urllib.request.OpenerDirector()
    for handler in (Http(), Https(), Redirects(), urllib.request.HTTPDefaultErrorHandler(), urllib.request.HTTPErrorProcessor()):
        opener.add_handler(handler)
    request = urllib.request.Request(url, headers={"User-Agent": "backchannel (news reader)", "Accept": "text/html,text/plain,*/*;q=0.5"})
    begun = time.monotonic()
    try:
        with opener.open(request, timeout=SECONDS) as answer:
            return drain(answer, begun), answer.geturl()
    except InputError:
        raise
    except urllib.error.HTTPError as error:
        raise InputError(f"the answer {error.code} {error.reason}", EXPECTED, "the page in a browser, saved as HTML") from None
    except Refused as error:
        raise InputError(str(error), EXPECTED, "saving the page as a file") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        found = str(reason) if isinstance(reason, Refused) else f"no answer ({reason})"
        raise InputError(found, EXPECTED, "the address again later, or the page saved as a file") from None


def drain(answer: Any, begun: float) -> bytes:
    """The body, up to the limits of size and time."""
    parts, size = [], 0
    while part := answer.read1(65536):  # what has come: a page that drips must not outwait the clock
        parts.append(part)
        size += len(part)
        if size > MAX_BYTES:
            raise InputError(f"more than {MAX_BYTES // 1_000_000} MB", "one article", "the address of the article itself")
        if time.monotonic() - begun > 2 * SECONDS:
            raise InputError(f"a page that takes longer than {2 * SECONDS} seconds", EXPECTED, "the address again later")
    return b"".join(parts)


def check(url: str) -> None:
    """Refuse what is no http(s) address of a public host."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise InputError(f"the address {url[:80]!r}", "an http or https address") from None
    if parts.scheme not in ("http", "https") or not host or parts.username:
        raise InputError(f"the address {url[:80]!r}", "an http or https address of a public page")
    try:
        if not public(host):
            raise InputError(f"the private address {host}", EXPECTED, "saving the page as a file")
    except ValueError:
        if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
            raise InputError(f"the private address {host}", EXPECTED, "saving the page as a file") from None


def public(address: str) -> bool:
    """Whether an IP address is of the public internet (ValueError when it is no IP address)."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    elif ip in NAT64:
        ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.is_global and not ip.is_multicast


def connect(address: tuple[str, int], timeout: Any = None, source_address: Any = None) -> socket.socket:
    """A connection to a public address; whatever name led there, the address connected to is the one that is checked."""
    host, port = address
    last: OSError = Refused(f"no address for {host}")
    for family, kind, protocol, _, where in socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM):
        if not public(str(where[0])):
            raise Refused(f"the private address {where[0]} behind {host}")
        made = socket.socket(family, kind, protocol)
        try:
            made.settimeout(SECONDS)
            made.connect(where)
        except OSError as error:
            made.close()
            last = error
        else:
            return made
    raise last


class Connection(http.client.HTTPConnection):
    """Plain HTTP through ``connect``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As its parent, connecting to public addresses only."""
        super().__init__(*args, **kwargs)
        self._create_connection = connect


class SecureConnection(http.client.HTTPSConnection):
    """HTTPS through ``connect``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As its parent, connecting to public addresses only."""
        super().__init__(*args, **kwargs)
        self._create_connection = connect


class Http(urllib.request.HTTPHandler):
    """Opens http addresses."""

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        """Open through ``Connection``."""
        return self.do_open(Connection, req)


class Https(urllib.request.HTTPSHandler):
    """Opens https addresses."""

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        """Open through ``SecureConnection``."""
        return self.do_open(SecureConnection, req)


class Redirects(urllib.request.HTTPRedirectHandler):
    """Follows five redirects at most, each checked like the first address."""

    max_redirections = 5

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> urllib.request.Request | None:
        """The next request, when its address may be asked."""
        check(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)
