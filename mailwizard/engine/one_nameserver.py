"""A host's addresses from one given name server, instead of the system's own look-up."""

import socket
import time
from ipaddress import ip_address

import dns.exception
import dns.resolver


def asked_of(nameserver: tuple[str, int], host: str, timeout: float) -> list[str]:
    """The addresses of a host, IPv4 first. Raises what getaddrinfo would: socket.gaierror,
    TimeoutError."""
    try:
        return [str(ip_address(host))]
    except ValueError:
        pass
    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers = [nameserver[0]]
    resolver.port = nameserver[1]
    ends = time.monotonic() + timeout
    found: list[str] = []
    for rtype in ("A", "AAAA"):
        left = max(0.1, ends - time.monotonic())
        try:
            answer = resolver.resolve(host, rtype, lifetime=left, raise_on_no_answer=False)
        except dns.resolver.NXDOMAIN:
            raise socket.gaierror(socket.EAI_NONAME, "no such name") from None
        except dns.exception.Timeout:
            if found:
                break
            raise TimeoutError from None
        except dns.resolver.NoNameservers:
            raise socket.gaierror(socket.EAI_AGAIN, "the name server gave no answer") from None
        except (dns.exception.DNSException, UnicodeError):
            raise socket.gaierror(socket.EAI_NONAME, "not a host name") from None
        found += [str(record) for record in answer.rrset or ()]
    if not found:
        raise socket.gaierror(socket.EAI_NONAME, "no address")
    return found
