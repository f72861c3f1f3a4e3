"""MTA-STS of the user's domain (RFC 8461): the TXT record, and the policy over HTTPS.

Beside it, where senders report trouble with it to (RFC 8460).
"""

from dataclasses import replace
from functools import partial

from mailwizard.model.seen.dns import MtaSts, TlsReports
from mailwizard.model.shown import shown
from mailwizard.probes.https_get import Got, NoReply, https_get
from mailwizard.probes.resolving import ask_enough, configured, public, question, trusted
from mailwizard.probes.setting import Setting, Skipped
from mailwizard.probes.side_by_side import SideBySide
from mailwizard.probes.tls import verify_fault
from mailwizard.probes.tls_reports import tls_reports
from mailwizard.reading.mta_sts import MAX_POLICY, NotAPolicy, announced, parse_policy

FETCH_SECONDS = 4.0


def mta_sts(setting: Setting) -> None:
    """Records MtaSts and TlsReports; neither where no resolver answers.

    Raises Skipped, Stopped.
    """
    work: SideBySide[MtaSts | TlsReports | None] = SideBySide(
        setting, [partial(_rules, setting), partial(tls_reports, setting)]
    )
    seen = 0
    for found in work.results():
        if found is not None:
            setting.record(found)
            seen += 1
    if not seen:
        raise Skipped("no-answer")


def _rules(setting: Setting) -> MtaSts | None:
    domain = setting.case.domain
    name = f"_mta-sts.{domain}"
    servers = configured(setting)[:1] + public(setting, 2)
    answers = ask_enough(setting, [question(server, name, "TXT") for server in servers])
    answer = trusted(answers, name, "TXT")
    if answer is None:
        return None
    record = announced(answer.records)
    found = MtaSts(
        domain=domain,
        txt=shown(record.text),
        policy_id=record.policy_id,
        problem=record.problem,
        alias=answer.cname,
    )
    return found if not record.text or record.problem else _fetched(setting, found)


def _fetched(setting: Setting, found: MtaSts) -> MtaSts:
    """What the policy's host gives; redirects are not followed (section 3.3)."""
    url = f"https://mta-sts.{found.domain}/.well-known/mta-sts.txt"
    try:
        got = https_get(setting, url, limit=MAX_POLICY, redirects=0, seconds=FETCH_SECONDS)
    except NoReply as problem:
        # Which certificate was refused is not known; why, the verifier's code tells alone.
        tls = verify_fault(problem.verify, (), "", setting.world.now()) if problem.verify else ""
        return replace(found, fetch=problem.trouble, detail=str(problem), fetch_tls=tls)
    return _read(found, got)


def _read(found: MtaSts, got: Got) -> MtaSts:
    seen = replace(
        found,
        http_status=got.status,
        location=got.location,
        media_type=shown(got.media_type, 80),
        last_modified=got.last_modified,
    )
    if got.status != 200:
        return replace(seen, fetch="http-error", detail=f"HTTP {got.status}")
    try:
        return replace(seen, fetch="ok", policy=parse_policy(got.body))
    except NotAPolicy as problem:
        return replace(seen, fetch="garbage", detail=str(problem))
