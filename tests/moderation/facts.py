"""An ordinary comment as evidence, to be bent by one fact at a time; and whole spaces of comments."""

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from moderation.filters import run
from moderation.filters.evidence import FIELDS, STRANGER, Alike, Evidence, RuleFact, SenderFacts, Signal, Span

LETTER = (
    "Thank you for the careful description of the index. I tried it on our own tables last night and the "
    "slow page became quick, though the second query still reads every row."
)
PLAIN = Evidence(
    name="Reader",
    email="reader@mail.example",
    website="",
    body=LETTER,
    post_title="Indexes, slowly",
    seconds_on_form=90.0,
    honeypot=False,
    is_reply=False,
    staff=False,
    sender=STRANGER,
    alike=(),
    rules=(),
)


def evidence(**facts: Any) -> Evidence:
    """The plain comment with some facts changed."""
    return replace(PLAIN, **facts)


def found(**facts: Any) -> dict[str, Signal]:
    """What all filters say about the plain comment with some facts changed, by code."""
    return {signal.code: signal for signal in run(evidence(**facts))}


def cited(whole: Evidence, span: Span) -> str:
    """The piece of the evidence that a span points at."""
    return getattr(whole, span.field)[span.start : span.end]


def words(*texts: str, effect: str = "hold", kind: str = "word") -> tuple[RuleFact, ...]:
    """Rules of one kind, numbered from 1."""
    return tuple(RuleFact(number, kind, text, effect) for number, text in enumerate(texts, 1))


# Pieces that the filters are about, so that random texts are not merely random.
_PIECES = st.sampled_from(
    [
        "https://shop.example/buy?x=1 ",
        "www.shop.example ",
        "http://one@two.example/ ",
        "[url=http://a.example]x[/url]",
        '<a href="http://a.example">',
        "c a s i n o ",
        "c.a.s.i.n.o  n o w ",
        "cаsinо ",
        "ca\u200bsi\u00adno ",
        "casino",
        "赌场很好",
        "हिन्दी ",
        "ß ﬃ ㎏ ℅ ",
        "\u202e",
        "e\u0301\u0301\u0301\u0301\u0301",
        "😀👍🏽" * 5,
        "🏴\U000e0067\U000e0062\U000e007f",
        "𝐂𝐚𝐬𝐢𝐧𝐨",
        "A" * 25,
        "\n\n",
        "!!!!",
        "\ud800",
        "\x00",
    ]
)
texts = st.lists(st.one_of(_PIECES, st.text(max_size=12)), max_size=8).map("".join)
senders = st.builds(SenderFacts, st.booleans(), *[st.integers(0, 30)] * 4)
alikes = st.builds(
    Alike,
    st.integers(1, 10**9),
    st.sampled_from(["pending", "published", "rejected", "spam", "withdrawn"]),
    st.booleans(),
    st.booleans(),
    st.floats(0, 1),
    st.booleans(),
)
rule_texts = st.one_of(st.sampled_from(["casino", "buy now", "shop.example", "😀", "赌场", "$"]), st.text(max_size=10))
rules = st.builds(
    RuleFact,
    st.integers(1, 10**6),
    st.sampled_from(["word", "phrase", "domain", "address"]),
    rule_texts,
    st.sampled_from(["hold", "spam"]),
)
evidences = st.builds(
    Evidence,
    name=texts,
    email=st.one_of(st.just("reader@shop.example"), st.text(max_size=20)),
    website=st.one_of(st.just(""), st.just("https://shop.example/a/b"), texts),
    body=texts,
    post_title=st.text(max_size=20),
    seconds_on_form=st.one_of(st.none(), st.floats(-10, 10**6)),
    honeypot=st.booleans(),
    is_reply=st.booleans(),
    staff=st.booleans(),
    sender=senders,
    alike=st.lists(alikes, max_size=6).map(tuple),
    rules=st.lists(rules, max_size=6).map(tuple),
)
spans = st.builds(
    lambda field, start, length: Span(field, start, start + length),
    st.sampled_from(FIELDS),
    st.integers(0, 50),
    st.integers(1, 50),
)
signals = st.builds(
    Signal,
    st.sampled_from(
        [
            "rule_hold",
            "rule_spam",
            "form_honeypot",
            "form_time_missing",
            "links_many",
            "links_few",
            "alike_spam",
            "shape_lookalikes",
            "history_new",
            "history_good",
            "markup_bbcode",
        ]
    ),
    st.floats(-5, 12).map(lambda weight: round(weight, 1)),
    st.text(max_size=20),
    st.lists(spans, max_size=3).map(tuple),
)
