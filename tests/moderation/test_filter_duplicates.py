"""Wording seen before."""

import pytest

from moderation.filters.evidence import Alike

from .facts import found


def alike(status, *, count=1, same_sender=False, same_post=False, distance=2, by_person=True):
    return tuple(Alike(number, status, same_sender, same_post, distance, by_person) for number in range(1, count + 1))


def codes(*groups, **facts):
    signals = found(alike=sum(groups, ()), **facts)
    return {code: signal.weight for code, signal in signals.items() if signal.family == "alike"}


def test_likeness_to_spam_that_people_judged_is_strong():
    assert codes(alike("spam")) == {"alike_spam": 6}


def test_the_policy_does_not_confirm_itself():
    assert codes(alike("spam", by_person=False, count=9)) == {"alike_filed": 1}


def test_likeness_to_what_people_rejected_holds():
    assert codes(alike("rejected")) == {"alike_rejected": 3}


def test_texts_more_than_six_bits_apart_are_different():
    assert codes(alike("spam", distance=6))
    assert not codes(alike("spam", distance=7))


def test_the_same_wording_from_several_strangers_is_a_wave():
    assert codes(alike("pending", count=2)) == {"alike_wave": 4}
    assert codes(alike("pending")) == {"alike_pair": 1.5}


def test_copying_a_published_comment_is_noted():
    assert codes(alike("published")) == {"alike_copy": 2}


@pytest.mark.parametrize(
    ("earlier", "weight"),
    [
        (alike("pending", same_sender=True, same_post=True), 1.5),
        (alike("pending", same_sender=True, same_post=True, count=3), 3),
        (alike("pending", same_sender=True), 3),
    ],
)
def test_one_sender_repeating_is_no_wave(earlier, weight):
    assert codes(earlier) == {"alike_repeat": weight}


def test_sending_again_what_one_withdrew_is_fine():
    assert not codes(alike("withdrawn", same_sender=True, same_post=True))


def test_short_thanks_of_many_people_are_not_copies():
    assert not codes(alike("published", count=9, distance=0), alike("pending", count=9, distance=0), body="Thanks!")


def test_a_short_text_like_judged_spam_counts_only_when_equal():
    assert codes(alike("spam", distance=0), body="Call now") == {"alike_spam": 3}
    assert not codes(alike("spam", distance=1), body="Call now")
