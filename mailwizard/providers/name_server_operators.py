"""Whose name servers these are, by their names: a hint at where a zone's records are edited.

The names are the operators' own; ``console`` is where their customers edit records, as their
documentation puts it, "" where that is not known well enough to be shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator of name servers: names and console path in English and in Chinese."""

    name: str
    name_zh: str
    suffixes: tuple[str, ...]
    console: str = ""
    console_zh: str = ""


OPERATORS: tuple[Operator, ...] = (
    Operator(
        "Alibaba Cloud DNS",
        "阿里云云解析 DNS",
        ("hichina.com", "alidns.com"),
        "Alibaba Cloud DNS console (云解析 DNS) → the domain → Configure (解析设置)"
        " → Add Record (添加记录)",
        "云解析 DNS 控制台 → 选择域名 → 解析设置 → 添加记录",
    ),
    Operator("Tencent Cloud DNSPod", "腾讯云 DNSPod", ("dnspod.net", "dnspod.com")),
    Operator("Huawei Cloud DNS", "华为云 DNS", ("huaweicloud-dns.com", "hwclouds-dns.com")),
    Operator("Xinnet", "新网", ("xincache.com", "xinnetdns.com")),
    Operator("Cloudflare", "Cloudflare", ("ns.cloudflare.com",)),
    Operator("GoDaddy", "GoDaddy", ("domaincontrol.com",)),
)


def operator_of(hosts: Iterable[str]) -> Operator | None:
    """The one operator of all the name servers that are known; None where they are several's."""
    found = {
        operator.name: operator
        for host in hosts
        for operator in OPERATORS
        if host.rstrip(".").lower().endswith(tuple(f".{suffix}" for suffix in operator.suffixes))
    }
    return next(iter(found.values())) if len(found) == 1 else None
