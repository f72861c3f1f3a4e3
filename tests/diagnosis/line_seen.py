"""Records of the line's quality and of the proxy, to lay beside a ``Scene``."""

from mailwizard.model.seen.line import LineQuality, ProxyConnect, Segment, TimedConnect
from tests.diagnosis.network_seen import GATEWAY, HOST, RIGHT

WEB = ("www.baidu.com", "www.taobao.com", "www.aliyun.com", "www.microsoft.com")
PATIENCE = 3.4
PROXY = "proxy.office:8080"

# None stands for a connection that was never answered.
Times = list[float | None]


def tries(
    host: str, times: Times, segment: Segment = "control", address: str = ""
) -> list[TimedConnect]:
    """One host's connections, one a round."""
    port = 993 if segment == "provider" else 443
    return [
        TimedConnect(
            segment=segment,
            host=host,
            address=address or f"198.51.100.{len(host)}",
            port=port,
            round=number,
            started=0.45 * (number - 1),
            milliseconds=time,
            fate="timeout" if time is None else "connected",
        )
        for number, time in enumerate(times, start=1)
    ]


def quality(*controls: Times, mail: Times | None = None, near: Times | None = None) -> LineQuality:
    """A record: unrelated hosts in the order of ``WEB``, the mail server, the gateway."""
    connects = [c for host, times in zip(WEB, controls, strict=False) for c in tries(host, times)]
    if mail is not None:
        connects += tries(HOST, mail, "provider", RIGHT)
    if near is not None:
        connects += tries(GATEWAY, near, "gateway", GATEWAY)
    return LineQuality(connects=tuple(connects), patience=PATIENCE)


def asked(
    role: str, status: int | None = None, outcome: str = "reply", **other: object
) -> ProxyConnect:
    """What the proxy said when it was asked for one host."""
    host, port = {
        "web": (WEB[0], 443),
        "control": ("imap.qq.com", 993),
        "provider": (HOST, 993),
    }[role]
    tls = "ok" if status == 200 else ""
    return ProxyConnect(
        **{
            "proxy": PROXY,
            "role": role,
            "host": host,
            "port": port,
            "outcome": outcome,
            "status": status,
            "tls": tls,
            **other,
        }  # type: ignore[arg-type]
    )
