"""The decision tree as typed data, which both front ends and the README's picture follow.

Order and names come from the documented procedure: spam folder → quota → network and server →
DNS/MX → sender side → support or reseller.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from mailwizard.model.finding import Outcome, Step
from mailwizard.model.marked import N_

SignInState = Literal["not-tried", "ok", "refused", "unreachable", "declined"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer of a question; one that ``settles`` it leaves no further look-up to do."""

    id: str
    label: str
    settles: bool = False


YES = Choice(id="yes", label=N_("Yes"))
NO = Choice(id="no", label=N_("No"))
DONT_KNOW = Choice(id="unknown", label=N_("I don't know"))
YES_NO = (YES, NO, DONT_KNOW)
FOUND_IT = (Choice(id="yes", label=N_("Yes"), settles=True), NO, DONT_KNOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question a screen. ``kind`` tells what is typed; ``choice`` has ``choices`` instead.

    ``path`` names the provider's menu path that the question sends the user to (a look-up).
    ``may_skip``: an empty answer is allowed.
    """

    id: str
    kind: Literal["choice", "address", "sender", "since", "about", "space", "bounce"]
    prompt: str
    why: str
    example: str = ""
    choices: tuple[Choice, ...] = ()
    path: str = ""
    may_skip: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInNode:
    """Asks for the password, with the reason and the destination, or goes on without."""

    id: str
    title: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountNode:
    """The sign-in was refused: what that means, and "try again" or "look in webmail"."""

    id: str
    title: str
    why: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepNode:
    """One step of the tree. ``look_ups`` are the questions that replace what cannot be measured."""

    id: str
    step: Step
    title: str
    why: str
    look_ups: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EndNode:
    """The hand-over (result, report, letters), or the end after "that solved it"."""

    id: str
    title: str
    why: str


Node = Question | SignInNode | AccountNode | StepNode | EndNode


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What the edges decide by: answers, the sign-in, the steps' outcomes, where we have been."""

    answers: Mapping[str, str] = field(default_factory=dict)
    sign_in: SignInState = "not-tried"
    outcomes: Mapping[Step, Outcome] = field(default_factory=dict)
    visited: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A condition: every part that is given must hold. Without any it always does."""

    answered: tuple[str, str] | None = None  # (question, choice)
    sign_in: SignInState | None = None
    not_outcome: tuple[Step, Outcome] | None = None
    not_visited: str | None = None

    def holds(self, progress: Progress) -> bool:
        """Whether the condition holds."""
        if self.answered is not None:
            question, choice = self.answered
            if progress.answers.get(question) != choice:
                return False
        if self.sign_in is not None and progress.sign_in != self.sign_in:
            return False
        if self.not_outcome is not None:
            step, outcome = self.not_outcome
            if progress.outcomes.get(step) == outcome:
                return False
        return self.not_visited is None or self.not_visited not in progress.visited


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """From one node to another. Of a node's edges the first whose condition holds is taken."""

    source: str
    target: str
    when: When = When()
    label: str = ""


def solved_question(step: Step) -> str:
    """The id of "did that solve it?" asked after a step."""
    return f"solved-{step}"


def _solved(step: Step) -> Edge:
    return Edge(
        source=step,
        target="solved",
        when=When(answered=(solved_question(step), "yes")),
        label=N_("solved"),
    )


_LOG_CHOICES = (
    Choice(id="received", label=N_("It was received")),
    Choice(id="blocked", label=N_("It was blocked or rejected")),
    Choice(id="rule", label=N_("A rule of mine filed or deleted it")),
    Choice(id="absent", label=N_("It is not listed at all")),
    DONT_KNOW,
)

SPAM_LOOK_UPS = (
    Question(
        id="webmail-junk",
        kind="choice",
        path="junk",
        prompt=N_("Open webmail and look in the spam folder. Is the mail there?"),
        why=N_("Filters sometimes take an honest mail for spam. This is the most frequent cause."),
        choices=FOUND_IT,
    ),
    Question(
        id="webmail-trash",
        kind="choice",
        path="trash",
        prompt=N_("Now look in the folder of deleted mail. Is the mail there?"),
        why=N_("One wrong key, or a rule, and a mail is in the deleted mail."),
        choices=FOUND_IT,
    ),
    Question(
        id="webmail-search",
        kind="choice",
        path="search",
        prompt=N_("Search all folders for the sender's address. Is the mail anywhere?"),
        why=N_("Filing rules put mail into other folders, where it is easily overlooked."),
        choices=(
            Choice(id="inbox", label=N_("Yes, in the inbox"), settles=True),
            Choice(id="folder", label=N_("Yes, in another folder"), settles=True),
            NO,
            DONT_KNOW,
        ),
    ),
    Question(
        id="webmail-log",
        kind="choice",
        path="delivery-log",
        prompt=N_("Open the log of received mail. What does it say about this mail?"),
        why=N_("The log also shows mail that was blocked before it reached any folder."),
        choices=_LOG_CHOICES,
    ),
)

QUOTA_LOOK_UPS = (
    Question(
        id="webmail-quota",
        kind="choice",
        path="quota",
        prompt=N_("What does webmail say about the space of your mailbox?"),
        why=N_("A full mailbox keeps its old mail and takes no new mail."),
        choices=(
            Choice(id="full", label=N_("It is full")),
            Choice(id="nearly-full", label=N_("Nearly full (90 % or more)")),
            Choice(id="room", label=N_("There is room")),
            DONT_KNOW,
        ),
    ),
    Question(
        id="webmail-space",
        kind="space",
        path="quota",
        prompt=N_("How much space does webmail show as used, and how much in all?"),
        why=N_("From the two figures we see whether the missing mail still fits in."),
        example=N_("for example 4.8 GB of 5 GB, or 96 %"),
        may_skip=True,
    ),
)

NETWORK_LOOK_UPS = (
    Question(
        id="webmail-opens",
        kind="choice",
        path="webmail",
        prompt=N_("Does webmail open in your browser, and can you sign in there?"),
        why=N_("If webmail works and your mail program does not, the mailbox itself is in order."),
        choices=YES_NO,
    ),
)

SENDER_LOOK_UPS = (
    Question(
        id="sender-status",
        kind="choice",
        prompt=N_("Ask the customer to look in their sent mail. What does it show?"),
        why=N_("A mail that is still in their outbox has never been on its way."),
        choices=(
            Choice(id="sent", label=N_("It is there as sent")),
            Choice(id="outbox", label=N_("It is still in the outbox or drafts")),
            Choice(id="failed", label=N_("It shows a failure")),
            DONT_KNOW,
        ),
    ),
)

NODES: tuple[Node, ...] = (
    Question(
        id="me",
        kind="address",
        prompt=N_("What is your own mail address?"),
        why=N_("From its ending we see which provider and which records to check."),
        example=N_("for example lin@acme-trading.com"),
    ),
    Question(
        id="customer",
        kind="sender",
        prompt=N_("Whose mail is missing?"),
        why=N_("We look for mail from this address, and check the customer's mail system."),
        example=N_("for example buyer@customer-gmbh.de, or only customer-gmbh.de"),
        may_skip=True,
    ),
    Question(
        id="since",
        kind="since",
        prompt=N_("Since when is it missing?"),
        why=N_("We look at mail from this day on. A day too early does no harm."),
        example=N_("a date such as 2026-11-09, or a number of days such as 14"),
        may_skip=True,
    ),
    Question(
        id="about",
        kind="about",
        prompt=N_("Do you know its subject, or the name of a file that came with it?"),
        why=N_("With it we recognise the mail, even if it came from another address."),
        example=N_("for example Offer 2026-118, or offer.pdf; a part of it is enough"),
        may_skip=True,
    ),
    Question(
        id="bounce",
        kind="choice",
        prompt=N_("Did the customer get a message that the mail could not be delivered?"),
        why=N_("Such a message (a bounce) often names the cause in one line."),
        choices=(
            Choice(id="yes", label=N_("Yes, and I have it here")),
            Choice(id="yes-elsewhere", label=N_("Yes, but I do not have it")),
            NO,
            DONT_KNOW,
        ),
    ),
    Question(
        id="bounce-text",
        kind="bounce",
        prompt=N_("Paste the message here, or give the name of its file."),
        why=N_("It stays on this computer. We read which server refused the mail, and why."),
        example=N_("the whole text, or a file such as /home/lin/bounce.eml"),
        may_skip=True,
    ),
    Question(
        id="others",
        kind="choice",
        prompt=N_("Does mail from other customers arrive?"),
        why=N_("If nobody's mail arrives, the cause is on our side, not with this customer."),
        choices=YES_NO,
    ),
    Question(
        id="colleagues",
        kind="choice",
        prompt=N_("Do your colleagues get mail from this customer?"),
        why=N_("If they do, the customer's mail system and our company's way in are in order."),
        choices=YES_NO,
    ),
    Question(
        id="internal",
        kind="choice",
        prompt=N_("Does mail from your colleagues arrive?"),
        why=N_("If internal mail arrives and outside mail does not, a switch may be off."),
        choices=YES_NO,
    ),
    SignInNode(
        id="sign-in",
        title=N_("Look into your mailbox"),
        why=N_("With your password we look into every folder. Nothing is changed there."),
    ),
    AccountNode(
        id="account",
        title=N_("The mailbox did not let us in"),
        why=N_("The server answered, but refused to sign you in."),
        choices=(
            Choice(id="retry", label=N_("Try again with another password")),
            Choice(id="webmail", label=N_("Go on without: look in webmail instead")),
        ),
    ),
    StepNode(
        id=Step.SPAM,
        step=Step.SPAM,
        title=N_("Spam folder"),
        why=N_("Is the mail in your mailbox after all, in a folder where you do not look?"),
        look_ups=SPAM_LOOK_UPS,
    ),
    StepNode(
        id=Step.QUOTA,
        step=Step.QUOTA,
        title=N_("Quota"),
        why=N_("Is there room in your mailbox for new mail?"),
        look_ups=QUOTA_LOOK_UPS,
    ),
    StepNode(
        id=Step.NETWORK,
        step=Step.NETWORK,
        title=N_("Network and server"),
        why=N_(
            "Can your computer reach the mail server? If not: is it here, in your office, or at the"
            " provider?"
        ),
        look_ups=NETWORK_LOOK_UPS,
    ),
    StepNode(
        id=Step.DNS,
        step=Step.DNS,
        title=N_("DNS/MX"),
        why=N_("Do your company's domain records send mail to the right place?"),
    ),
    StepNode(
        id=Step.SENDER,
        step=Step.SENDER,
        title=N_("Sender side"),
        why=N_("Does something at the customer's end keep the mail from arriving?"),
        look_ups=SENDER_LOOK_UPS,
    ),
    EndNode(
        id="hand-over",
        title=N_("Result"),
        why=N_("What we found, who must act, and the text to send them."),
    ),
    EndNode(
        id="solved",
        title=N_("Solved"),
        why=N_("Good. You can save the report, for the next time."),
    ),
)

EDGES: tuple[Edge, ...] = (
    Edge(source="me", target="customer"),
    Edge(source="customer", target="since"),
    Edge(source="since", target="about"),
    Edge(source="about", target="bounce"),
    Edge(
        source="bounce",
        target="bounce-text",
        when=When(answered=("bounce", "yes")),
        label=N_("has it here"),
    ),
    Edge(source="bounce", target="others"),
    Edge(source="bounce-text", target="others"),
    Edge(source="others", target="colleagues"),
    Edge(source="colleagues", target="internal"),
    Edge(source="internal", target="sign-in"),
    Edge(source="sign-in", target="account", when=When(sign_in="refused"), label=N_("refused")),
    Edge(
        source="sign-in",
        target=Step.NETWORK,
        when=When(sign_in="unreachable", not_visited=Step.NETWORK),
        label=N_("server not reached"),
    ),
    Edge(source="sign-in", target=Step.SPAM, label=N_("signed in, or without a password")),
    Edge(
        source="account",
        target="sign-in",
        when=When(answered=("account", "retry")),
        label=N_("try again"),
    ),
    Edge(source="account", target=Step.SPAM, label=N_("webmail look-ups instead")),
    _solved(Step.SPAM),
    Edge(source=Step.SPAM, target=Step.QUOTA),
    _solved(Step.QUOTA),
    Edge(source=Step.QUOTA, target=Step.NETWORK, when=When(not_visited=Step.NETWORK)),
    Edge(source=Step.QUOTA, target=Step.DNS, label=N_("network already checked")),
    _solved(Step.NETWORK),
    Edge(
        source=Step.NETWORK,
        target="sign-in",
        when=When(
            sign_in="unreachable",
            not_visited=Step.SPAM,
            not_outcome=(Step.NETWORK, Outcome.CAUSE),
        ),
        label=N_("reached now"),
    ),
    Edge(
        source=Step.NETWORK,
        target=Step.SPAM,
        when=When(not_visited=Step.SPAM),
        label=N_("still not reached"),
    ),
    Edge(source=Step.NETWORK, target=Step.DNS),
    _solved(Step.DNS),
    Edge(source=Step.DNS, target=Step.SENDER),
    _solved(Step.SENDER),
    Edge(source=Step.SENDER, target="hand-over"),
)

START = "me"
BY_ID: dict[str, Node] = {node.id: node for node in NODES}
LOOK_UPS: dict[str, Question] = {
    question.id: question
    for node in NODES
    if isinstance(node, StepNode)
    for question in node.look_ups
}


def settled(question: Question, value: str) -> bool:
    """Whether an answer leaves no further look-up of its step to do."""
    return any(choice.id == value and choice.settles for choice in question.choices)


def next_node(source: str, progress: Progress) -> str:
    """The node after ``source``. Raises LookupError at an end node, which has no edges."""
    for edge in EDGES:
        if edge.source == source and edge.when.holds(progress):
            return edge.target
    raise LookupError(source)


def mermaid() -> str:
    """The tree as a Mermaid flowchart, for the README."""
    lines = ["flowchart TD"]
    for node in NODES:
        name = node.id.replace("-", "_")
        match node:
            case Question():
                lines.append(f'    {name}["{node.prompt}"]')
            case StepNode():
                number = list(Step).index(node.step) + 1
                lines.append(f'    {name}{{{{"{number} {node.title}"}}}}')
            case EndNode():
                lines.append(f'    {name}(["{node.title}"])')
            case SignInNode() | AccountNode():
                lines.append(f'    {name}{{"{node.title}"}}')
    for edge in EDGES:
        arrow = f"-- {edge.label} -->" if edge.label else "-->"
        source, target = edge.source.replace("-", "_"), edge.target.replace("-", "_")
        lines.append(f"    {source} {arrow} {target}")
    return "\n".join(lines)
