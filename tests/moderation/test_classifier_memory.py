"""The site's memory counts hosts, names and texts by what people decided, and keeps the latest texts of each kind."""

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderation import fingerprint
from moderation.classifier.memory import MOST_HAM, MOST_SPAM, SiteMemory, Traces, likeness, owner_of
from moderation.filters.context import Memory, Remembered
from moderation.filters.evidence import Evidence
from tests.moderation.classified import traced
from tests.moderation.facts import LETTER, evidence, evidences

NUMBERS = st.integers(0, 2**64 - 1)
TRACES = st.builds(
    Traces,
    comment=NUMBERS,
    hosts=st.lists(NUMBERS, max_size=12).map(tuple),
    owners=st.lists(NUMBERS, max_size=12).map(tuple),
    name=NUMBERS,
    text=NUMBERS,
    signature=st.integers(0, 2**512 - 1),
)
DECISIONS = st.lists(st.tuples(TRACES, st.booleans()), max_size=20)


def remembering(*decided: tuple[Evidence, bool]) -> SiteMemory:
    memory = SiteMemory()
    for comment, (told, spam) in enumerate(decided, 1):
        memory.remember(traced(told, comment)[1], spam)
    return memory


def recalled(memory: SiteMemory, told: Evidence) -> Memory:
    seen, traces = traced(told)
    return memory.recall(traces, seen)


def from_shop(body: str = "words", host: str = "shop.example") -> Evidence:
    return evidence(name="Anna", website=f"https://{host}/", body=body)


def test_an_empty_memory_knows_nothing() -> None:
    assert recalled(SiteMemory(), evidence()) == Memory()


def test_what_was_decided_is_counted_by_host_name_and_text() -> None:
    memory = remembering((from_shop(), True), (from_shop("other words"), True), (from_shop("third"), False))
    known = recalled(memory, from_shop("third", "www.shop.example"))
    assert known.host == Remembered("shop.example", 2, 1)
    assert known.owner == Remembered("shop", 2, 1)
    assert known.name == Remembered("Anna", 2, 1)
    assert known.text == Remembered("", 0, 1)
    assert (known.site_spam, known.site_ham) == (2, 1)


def test_of_several_hosts_the_one_most_often_in_spam_is_told() -> None:
    memory = remembering(
        (from_shop(), True), (from_shop(host="bad.example"), True), (from_shop(host="bad.example"), True)
    )
    told = evidence(website="https://shop.example", body="see https://bad.example and https://new.example")
    assert recalled(memory, told).host == Remembered("bad.example", 2, 0)


def test_a_comment_without_a_name_remembers_no_other_without() -> None:
    memory = remembering((evidence(name=""), True))
    assert recalled(memory, evidence(name="")).name is None


def test_a_host_counts_once_a_comment() -> None:
    told = evidence(website="https://shop.example", body="https://shop.example/a https://www.shop.example/b")
    assert recalled(remembering((told, True)), from_shop()).host == Remembered("shop.example", 1, 0)


def test_the_nearest_refused_text_is_named_by_its_comment() -> None:
    near = LETTER.replace("last night", "this morning")
    other = "Nothing of this has anything to do with the other text, neither a word nor what it is about at all."
    memory = remembering((evidence(body=other), True), (evidence(body=LETTER), True), (evidence(body=other), False))
    known = recalled(memory, evidence(body=near))
    assert known.nearest == 2
    assert known.like_spam > 0.6
    assert known.like_ham < 0.2
    expected = fingerprint.likeness(fingerprint.minhash(near).signature, fingerprint.minhash(LETTER).signature)
    assert known.like_spam == pytest.approx(expected, abs=0.001)


def test_texts_too_short_to_be_compared_are_like_nothing() -> None:
    known = recalled(remembering((evidence(body="Thank you"), True)), evidence(body="Thank you"))
    assert (known.like_spam, known.like_ham, known.nearest) == (None, None, None)
    assert known.text == Remembered("", 1, 0)


@pytest.mark.parametrize(("spam", "most"), [(True, MOST_SPAM), (False, MOST_HAM)])
def test_only_the_latest_texts_are_kept(spam: bool, most: int) -> None:
    memory, (seen, first) = SiteMemory(), traced(evidence())
    memory.remember(first, spam)
    full = len(memory.to_bytes())

    def like() -> float | None:
        known = memory.recall(first, seen)
        return known.like_spam if spam else known.like_ham

    for at in range(1, most):
        memory.remember(Traces(at, (), (), 1, 2, first.signature ^ (2**512 - 1)), spam)
    assert like() == 1.0
    before = len(memory.to_bytes())
    memory.remember(Traces(most, (), (), 1, 2, first.signature ^ (2**512 - 1)), spam)
    assert like() == 0.0
    assert len(memory.to_bytes()) == before > full


@given(DECISIONS)
@settings(max_examples=60)
def test_a_stored_memory_is_the_same_memory(decisions) -> None:
    memory = SiteMemory()
    for traces, spam in decisions:
        memory.remember(traces, spam)
    again = SiteMemory.from_bytes(memory.to_bytes())
    assert again.to_bytes() == memory.to_bytes()
    assert (again.spam, again.ham) == (memory.spam, memory.ham)
    for traces, spam in decisions:
        memory.remember(traces, not spam)
        again.remember(traces, not spam)
    assert again.to_bytes() == memory.to_bytes()


def test_equal_memories_give_equal_bytes_however_they_came_to_be() -> None:
    short = [evidence(name=name, body=f"so says {name}") for name in ("Anna", "Bert", "Carl")]
    one = remembering(*((told, True) for told in short))
    assert remembering(*((told, True) for told in reversed(short))).to_bytes() == one.to_bytes()


@given(TRACES)
def test_stored_traces_are_the_same_traces(traces) -> None:
    assert Traces.unpack(traces.pack()) == traces


@given(st.tuples(evidences, evidences))
@settings(max_examples=40)
def test_likeness_is_that_of_the_fingerprints(pair) -> None:
    hashes = [fingerprint.minhash(one.body) for one in pair]
    if None in hashes:
        return
    one, other = (each.signature for each in hashes)
    assert likeness(int(one, 16), int(other, 16)) == pytest.approx(fingerprint.likeness(one, other))


@pytest.mark.parametrize("cut", [0, 3, 15, -1])
def test_bytes_that_are_no_memory_are_refused(cut: int) -> None:
    with pytest.raises(struct.error):
        SiteMemory.from_bytes(remembering((evidence(), True)).to_bytes()[:cut])


@pytest.mark.parametrize(
    ("host", "owner"),
    [
        ("shop.example", "shop"),
        ("www2.bestshop.co.uk", "bestshop"),
        ("localhost", "localhost"),
        ("a.blog.example", "blog"),
    ],
)
def test_the_main_part_of_a_host_stays_when_its_ending_changes(host: str, owner: str) -> None:
    assert owner_of(host) == owner
