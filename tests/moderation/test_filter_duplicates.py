"""Wording seen before."""

import pytest

from moderation.filters.evidence import Alike

from .facts import found


def alike(status, *, count=1, same_sender=False, same_post=False, likeness=0.8, by_person=True):
    return tuple(Alike(number, status, same_sender, same_post, likeness, by_person) for number in range(1, count + 1))


def codes(*groups, **facts):
    signals = found(alike=sum(groups, ()), **facts)
    return {code: signal.weight for code, signal in signals.items() if signal.family == "alike"}


def test_likeness_to_spam_that_people_judged_is_strong():
    assert codes(alike("spam")) == {"alike_spam": 6}


def test_the_policy_does_not_confirm_itself():
    assert codes(alike("spam", by_person=False, count=9)) == {"alike_filed": 1}


def test_likeness_to_what_people_rejected_holds():
    assert codes(alike("rejected")) == {"alike_rejected": 3}


def test_texts_of_which_less_than_half_is_the_same_are_different():
    assert codes(alike("spam", likeness=0.5))
    assert not codes(alike("spam", likeness=0.49))


def test_nearly_the_same_wording_from_several_strangers_is_a_wave():
    assert codes(alike("pending", count=2)) == {"alike_wave": 4}
    wave = found(alike=alike("pending", count=5))["alike_wave"]
    assert wave.says == "5 comments of other senders, all still waiting, say nearly the same"
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
    earlier = alike("published", count=9, likeness=1.0) + alike("pending", count=9, likeness=1.0)
    assert not codes(earlier, body="Thanks, great post!")


def test_thanks_of_a_few_words_more_are_copies_only_when_equal():
    thanks = "Thanks a lot for this great post"
    assert not codes(alike("pending", count=9, likeness=0.9), body=thanks)
    assert codes(alike("pending", count=9, likeness=1.0), body=thanks) == {"alike_wave": 4}


def test_a_short_text_like_judged_spam_counts_only_when_equal():
    assert codes(alike("spam", likeness=1.0), body="Call now") == {"alike_spam": 3}
    assert not codes(alike("spam", likeness=0.98), body="Call now")
