"""MTA-STS of the user's domain (RFC 8461): the TXT record, and the policy over HTTPS."""

from dataclasses import replace

from mailwizard.model.seen.dns import MtaSts
from mailwizard.model.shown import shown
from mailwizard.probes.https_get import NoReply, https_get
from mailwizard.probes.resolving import ask_all, configured, public, question, trusted
from mailwizard.probes.setting import Setting, Skipped
from mailwizard.reading.mta_sts import (
    MAX_POLICY,
    NotAPolicy,
    parse_policy,
    policy_id,
    published,
)


def mta_sts(setting: Setting) -> None:
    """Records MtaSts; nothing where no resolver answers. Raises Skipped, Stopped."""
    domain = setting.case.domain
    name = f"_mta-sts.{domain}"
    servers = configured(setting)[:1] + public(setting, 2)
    answers = ask_all(setting, [question(server, name, "TXT") for server in servers])
    answer = trusted(answers, name, "TXT")
    if answer is None:
        raise Skipped("no-answer")
    record = published(answer.records)
    if not record:
        setting.record(MtaSts(domain=domain, txt=""))
        return
    setting.record(_fetched(setting, domain, record))


def _fetched(setting: Setting, domain: str, record: str) -> MtaSts:
    found = MtaSts(domain=domain, txt=shown(record), policy_id=policy_id(record))
    url = f"https://mta-sts.{domain}/.well-known/mta-sts.txt"
    try:
        # Redirects are not followed (section 3.3).
        got = https_get(setting, url, limit=MAX_POLICY, redirects=0)
        if got.status != 200:
            raise NoReply("http-error", f"HTTP {got.status}")
        policy = parse_policy(got.body)
    except NoReply as problem:
        return replace(found, fetch=problem.trouble, detail=str(problem))
    except NotAPolicy as problem:
        return replace(found, fetch="garbage", detail=str(problem))
    return replace(found, fetch="ok", policy=policy)
