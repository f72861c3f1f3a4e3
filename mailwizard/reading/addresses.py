"""Mail addresses and domains as they are compared: near misses, organisations, public addresses."""

import ipaddress

_SECOND_LEVEL = {"com", "net", "org", "gov", "edu", "co", "ac", "or", "ne", "go"}


def split(address: str) -> tuple[str, str]:
    """Local part and domain in lower case, the domain without its final dot."""
    local, _at, domain = address.strip().strip("<>").rpartition("@")
    return local.lower(), domain.lower().rstrip(".")


def organisation(host: str) -> str:
    """The part of a host name that one organisation registered, by its usual shape.

    Two labels, or three below names such as ``com.cn`` and ``co.uk``. Good enough to see that two
    servers belong together; nothing is accused on it.
    """
    labels = host.lower().rstrip(".").split(".")
    if len(labels) >= 3 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL:
        return ".".join(labels[-3:])
    return ".".join(labels[-2:])


def same_organisation(one: str, other: str) -> bool:
    """Whether two host names belong to one organisation; two bare words never do."""
    if "." not in one or "." not in other:
        return False
    return organisation(one) == organisation(other)


def distance(one: str, other: str, limit: int = 3) -> int:
    """How many single typing slips (a letter more, less, other, or swapped) lie between two words.

    Anything above ``limit`` is given as ``limit + 1``.
    """
    if abs(len(one) - len(other)) > limit or max(len(one), len(other)) > 255:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, row, earlier = row, [i], before
        for j, b in enumerate(other, 1):
            best = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, earlier[j - 2] + 1)
            row.append(best)
        before = previous
    return min(row[-1], limit + 1)


def near_domain(one: str, other: str) -> bool:
    """Whether two different domains are easily taken for one another by a typing slip."""
    if one == other or not one or not other:
        return False
    name, _dot, ending = one.partition(".")
    other_name, _dot, other_ending = other.partition(".")
    if name == other_name and len(name) >= 4:
        return True  # the same name under another ending
    if len(name) < 4 or len(other_name) < 4:
        return False
    slips = 1 if min(len(name), len(other_name)) < 8 else 2
    bare = name.replace("-", ""), other_name.replace("-", "")
    if bare[0] == bare[1] and ending == other_ending:
        return True
    return distance(one, other) <= slips


def public_address(text: str) -> str:
    """The IP address in its normal form, or "" for none, or one that no foreign server has.

    Documentation networks count as public: nothing but an example uses them.
    """
    try:
        address = ipaddress.ip_address(text.strip().strip("[]").removeprefix("IPv6:"))
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address.is_loopback or address.is_link_local or address.is_multicast:
        return ""
    if address.is_unspecified or address.is_reserved or _internal(address):
        return ""
    return str(address)


_INTERNAL = tuple(
    ipaddress.ip_network(network)
    for network in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "0.0.0.0/8",
        "198.18.0.0/15",
        "fc00::/7",
    )
)


def _internal(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return any(address.version == net.version and address in net for net in _INTERNAL)
