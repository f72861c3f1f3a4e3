"""The DNS step: no longer than ``checkdmarc`` for the same domain; a dead server: one time-out.

NSD on loopback behind a delay stands for the resolvers, the parent and both name servers; every
question costs a round trip, every connection one more. All probes of the step run in the program's
own runner, as on the screen; nothing answers at port 25 or 443, on either side.

``checkdmarc`` is no dependency of the project: it is compared with where it can be imported, each
run in a process of its own (its caches last for a process), start-up not counted. Elsewhere the
step is held against its longest single chain, and the table says so. To install it beside::

    pip install --target /tmp/cdmarc checkdmarc
    PYTHONPATH=/tmp/cdmarc python -m tests.benchmarks dns
"""

import importlib.util
import statistics
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date

from mailwizard import plan
from mailwizard.engine.investigation import Investigation
from mailwizard.model.case import Case
from mailwizard.model.finding import Step
from tests.benchmarks.datagrams import delayed_datagrams
from tests.benchmarks.ladder import Ran, ran
from tests.benchmarks.relay import delayed
from tests.benchmarks.result import Result
from tests.servers import nsd
from tests.servers.resolver import resolver
from tests.worlds import NO_CONTROLS, LoopbackWorld

ROUND_TRIP = 0.03  # seconds
RUNS = 5
TIME_OUT = 2.0  # seconds

OFFICE, PARENT, NS1, NS2 = (f"192.0.2.{n}" for n in (1, 3, 11, 12))
CN, ABROAD = "223.5.5.5", "8.8.8.8"
COM = f"""\
@ IN NS a.gtld.net.
example.com. IN NS ns1.example.com.
example.com. IN NS ns2.example.com.
ns1.example.com. IN A {NS1}
ns2.example.com. IN A {NS2}
"""
EXAMPLE = f"""\
@ IN NS ns1
@ IN NS ns2
ns1 IN A {NS1}
ns2 IN A {NS2}
@ IN A 192.0.2.80
@ IN MX 5 mail
@ IN MX 10 mail2
mail IN A 203.0.113.11
mail2 IN A 203.0.113.12
@ IN TXT "v=spf1 mx -all"
_dmarc IN TXT "v=DMARC1; p=reject"
"""
GTLD = f"@ IN NS a\na IN A {PARENT}\n"
CASE = Case(me="zhangwei@example.com", since=date(2026, 11, 9))
IDS = tuple(probe.id for probe in plan.of_step(Step.DNS))
COMPARED = """
import sys, time
import checkdmarc, dns.resolver
resolver = dns.resolver.Resolver(configure=False)
resolver.nameservers, resolver.port = ["127.0.0.1"], int(sys.argv[1])
began = time.monotonic()
checkdmarc.check_domains(["example.com"], resolver=resolver)
print(time.monotonic() - began)
"""


def run() -> list[Result]:
    """A healthy domain against ``checkdmarc`` (or the longest chain), then one dead server."""
    with ExitStack() as stack:
        everything = stack.enter_context(
            nsd.nsd({"example.com": EXAMPLE, "com": COM, "gtld.net": GTLD})
        )
        own = stack.enter_context(nsd.nsd({"example.com": EXAMPLE}))
        parent = stack.enter_context(nsd.nsd({"com": COM}))
        world = LoopbackWorld(
            resolvers=((OFFICE, 53),), controls=replace(NO_CONTROLS, resolvers=(CN, ABROAD))
        )
        at: dict[int, int] = {}
        for port, addresses in {
            everything: (OFFICE, CN, ABROAD),
            parent: (PARENT,),
            own: (NS1, NS2),
        }.items():
            place = ("127.0.0.1", port)
            udp = stack.enter_context(delayed_datagrams(place, ROUND_TRIP))
            tcp = stack.enter_context(delayed(place, ROUND_TRIP))
            at[port] = udp[1]
            for address in addresses:
                world.lead(address, 53, udp, "udp")
                world.lead(address, 53, tcp, "tcp")

        def step(ids: tuple[str, ...] = IDS) -> Ran:
            return ran(Investigation(world, CASE), ids)

        step()  # everything is imported from here on
        results = [_against(step, at[everything])]
        healthy = statistics.median(step().seconds for _run in range(RUNS))
        silent = stack.enter_context(resolver(lambda _name, _rtype, _cd: None))
        for name, address in {"a dead name server": NS2, "a dead public resolver": ABROAD}.items():
            formerly = dict(world._routes)
            world.lead(address, 53, ("127.0.0.1", silent), "udp")
            world.lead(address, 53, ("127.0.0.1", nsd.free_port()), "tcp")
            took = statistics.median(step().seconds for _run in range(3))
            world._routes.update(formerly)
            results.append(
                Result(
                    name=f"{name}: longer by",
                    figure=took - healthy,
                    bound=TIME_OUT,
                    unit="s",
                    detail=f"{took:.2f} s, healthy {healthy:.2f} s",
                )
            )
    return results


def _against(step: Callable[..., Ran], port: int) -> Result:
    """The step and what it is compared with, by turns."""
    there = importlib.util.find_spec("checkdmarc") is not None
    slowest = "" if there else max(IDS, key=lambda name: step((name,)).seconds)
    ratios, seconds = [], (0.0, 0.0)
    for _run in range(RUNS):
        seconds = step().seconds, _checkdmarc(port) if there else step((slowest,)).seconds
        ratios.append(seconds[0] / seconds[1])
    other = "checkdmarc" if there else f"{slowest} alone (checkdmarc is not installed)"
    return Result(
        name="the DNS step against checkdmarc" if there else "the DNS step against one chain",
        figure=statistics.median(ratios),
        bound=1.0 if there else 1.3,
        unit="x",
        detail=f"{seconds[0]:.2f} s, {other} {seconds[1]:.2f} s",
    )


def _checkdmarc(port: int) -> float:
    """Seconds that it takes by its own clock."""
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", COMPARED, str(port)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return float(told.stdout.splitlines()[-1])
