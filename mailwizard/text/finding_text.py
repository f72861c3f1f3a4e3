"""The five fields of a finding, in the language in use."""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module

from mailwizard.model.case import spoken
from mailwizard.model.finding import Certainty, Finding, Outcome, Owner, Value
from mailwizard.model.marked import N_
from mailwizard.model.provider import Provider
from mailwizard.model.shown import shown
from mailwizard.providers.load import all_providers
from mailwizard.reading.junk_reasons import from_data
from mailwizard.text.joined import bracketed, listed
from mailwizard.text.junk_words import why_in_full
from mailwizard.text.language import _, current
from mailwizard.text.letter_words import SEND_THEIR_IT


@dataclass(frozen=True, slots=True)
class FindingText:
    """The English source of one finding's words.

    Placeholders in braces are filled from the finding's data, and from the provider:
    ``{provider}``, ``{webmail}``, ``{support}``, ``{path_junk}`` … (a menu path; an action whose
    menu path the provider's profile does not have is left out).
    The first action is doable now. No code or jargon in headline and meaning.
    """

    headline: str
    meaning: str
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finding's words, ready to show (plain text, never markup)."""

    headline: str
    meaning: str
    actions: tuple[str, ...]
    owner: str
    certainty: str
    outcome: str


OWNERS = {
    Owner.YOU: N_("you"),
    Owner.IT: N_("your office's IT"),
    Owner.MAIL_ADMIN: N_("your company's mail administrator"),
    Owner.DNS_ADMIN: N_("whoever manages your company's domain"),
    Owner.PROVIDER: N_("the mail provider"),
    Owner.SENDER: N_("the customer"),
    Owner.SENDER_IT: N_("the customer's IT"),
    Owner.WAIT: N_("nobody: wait and see"),
    Owner.NONE: N_("nothing needs to be repaired"),
}

CERTAINTIES = {
    Certainty.SURE: N_("we are sure"),
    Certainty.LIKELY: N_("very likely"),
    Certainty.POSSIBLE: N_("possible"),
}

OUTCOMES = {
    Outcome.CAUSE: N_("problem"),
    Outcome.RISK: N_("risk"),
    Outcome.CLEAR: N_("ok"),
    Outcome.UNKNOWN: N_("not known"),
    Outcome.INFO: N_("note"),
}

_MODULES = (
    *("mailbox", "waiting", "self_test", "quota", "network", "account", "dns", "sender"),
    "program",
)


def texts() -> dict[str, FindingText]:
    """Every finding's source text by code, or ``CODE:variant`` (``variant`` in its data)."""
    merged: dict[str, FindingText] = {}
    for name in _MODULES:
        merged.update(import_module(f"mailwizard.text.findings.{name}").TEXTS)
    return merged


def render(finding: Finding, provider: Provider) -> Rendered:
    """The finding's words with its data and the provider's names filled in."""
    table = texts()
    variant = f"{finding.code}:{finding.data.get('variant', '')}"
    text = table.get(variant) or table[finding.code]
    words = _words(finding.data, provider)
    return Rendered(
        headline=_fill(text.headline, words),
        meaning=_fill(text.meaning, words),
        actions=tuple(
            _fill(action, words)
            for action in text.actions
            if _has_paths(action, words)
            and (action != SEND_THEIR_IT or finding.outcome is Outcome.CAUSE)
        ),
        owner=_(OWNERS[finding.owner]),
        certainty=_(CERTAINTIES[finding.certainty]),
        outcome=_(OUTCOMES[finding.outcome]),
    )


def provider_name(provider: Provider) -> str:
    """The provider's name in the language in use."""
    return provider.name_zh if current().startswith("zh") else provider.name


def _words(data: Mapping[str, Value], provider: Provider) -> dict[str, str]:
    chinese = current().startswith("zh")
    words = {
        "provider": provider_name(provider),
        "webmail": provider.sites[0].webmail or _("at its usual address"),
        "support": provider.support.get("ticket_zh" if chinese else "ticket_en", "")
        or provider_name(provider),
        "support_phone": provider.support.get("phone", ""),
        "status_page": provider.support.get("status", ""),
    }
    for name, path in provider.paths.items():
        words["path_" + name.replace("-", "_")] = path.zh if chinese else path.en
    for name, value in data.items():
        text = listed(value) if isinstance(value, tuple) else value
        words[name] = "" if text is None else shown(str(text), 300)
    if domain := words.get("domain"):
        words["domain"] = shown(spoken(domain), 300)
    if what := words.get("what"):  # a probe's name, the only datum that is our own words
        words["what"] = _(what)
    if isinstance(sizes := data.get("biggest"), tuple):
        words["biggest"] = listed(_folder_size(str(one)) for one in sizes)
    if "why" in data:  # codes of ours
        words["why"] = why_in_full(from_data(data))
    if other := all_providers().get(words.get("other_provider", "")):
        words["other"] = provider_name(other)
    return words


def _folder_size(text: str) -> str:
    """``INBOX (2.0 GB)`` as the language in use writes it."""
    name, _gap, size = text.rpartition(" (")
    inbox = name.upper() == "INBOX"  # RFC 3501, 5.1
    return bracketed(_("Inbox") if inbox else shown(name, 100), shown(size.removesuffix(")")))


class _Lenient(string.Formatter):
    """Leaves nothing but an ellipsis where a datum is missing: a text never crashes a screen."""

    def get_value(
        self,
        key: int | str,
        args: Sequence[object],
        kwargs: Mapping[str, object],
    ) -> object:
        del args
        return kwargs.get(str(key), "…")


def _fill(text: str, words: Mapping[str, str]) -> str:
    return _Lenient().vformat(_(text), (), words)


def _has_paths(action: str, words: Mapping[str, str]) -> bool:
    """Whether every menu path and contact that an action needs is known for this provider, and
    no datum that it names is known to be empty.
    """
    needed = [name for _text, name, _spec, _conv in string.Formatter().parse(action) if name]
    return all(words.get(name, "" if name.startswith("path_") else "…") != "" for name in needed)
