"""What ties two comments together, and what two honest ones may have in common without being tied."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from moderation.campaigning import WINDOW, Facts, Tie, place, tie
from moderation.campaigning.evidence import SAME_PLACE
from tests.moderation.alike import NOW, TEXT, facts
from tests.moderation.card_table import Table

ANOTHER = "Last year we planted garlic in the cold bed behind the shed and it came up late but strong, all of it."
SHORT = ["Thanks, great post!", "Thank you very much!", "Great post, thanks!", "Very helpful, thank you.", "Nice one."]
THANKS = [
    "Thank you so much for this great tutorial!",
    "Thanks so much for this great tutorial, it is very helpful.",
    "Thank you for this great tutorial, really helpful!",
    "Great article, thanks for sharing such good stuff.",
    "This is exactly what I have been looking for, thanks!",
]


def test_the_same_text_but_for_some_words_is_tied() -> None:
    assert tie(facts(1, TEXT), facts(2, "Hello Anna! " + TEXT.replace("clinic", "practice"))) is Tie.STRONG


def test_unrelated_texts_are_not() -> None:
    assert tie(facts(1, TEXT), facts(2, ANOTHER)) is Tie.NONE


@pytest.mark.parametrize("texts", [SHORT, SHORT * 5, THANKS])
def test_short_thanks_of_different_people_never_form_a_card(texts: list[str]) -> None:
    table = Table()
    for number, text in enumerate(texts):
        table.add(facts(number, text))
    assert table.groups() == []


def test_who_quotes_the_same_words_has_not_written_the_same() -> None:
    quoted = f"> {TEXT}\n\n"
    assert tie(facts(1, quoted + "I doubt that, where are the figures?"), facts(2, quoted + "My aunt was there.")) < 2
    inline = f'"{TEXT}" '
    assert tie(facts(1, inline + "Really? No."), facts(2, TEXT)) is not Tie.STRONG


def test_a_copy_with_a_link_hung_on_it_does_not_draw_in_the_honest_original() -> None:
    table = Table()
    table.add(facts(1, ANOTHER))
    for number in range(2, 6):
        table.add(facts(number, f"{ANOTHER} https://gold-{number}.example/"))
    assert table.groups() == [{2, 3, 4, 5}]


def test_a_link_and_some_wording_in_common_are_enough() -> None:
    one = facts(1, "Buy gold at https://cheap-gold.example/a before the winter comes to your valley again")
    other = facts(2, "My uncle is rich now, see https://cheap-gold.example/b before the winter comes, friends")
    assert tie(one, other) is Tie.STRONG
    assert tie(one, other, ordinary=one.traces.hosts) is not Tie.STRONG


def test_a_host_alone_takes_three_others() -> None:
    texts = ["Come and see it.", "Who would have thought of that?", "My uncle is rich now.", "Gold is the future."]
    table = Table()
    for number, text in enumerate(texts):
        table.add(facts(number, text, website="https://cheap-gold.example/"))
        assert len(table.groups()) == (number == 3)


def test_a_host_that_everybody_shares_is_told_by_the_whole_address() -> None:
    words = "look at this before the winter comes to your valley again"
    one = facts(1, f"{words} https://www.youtube.com/watch?v=1")
    assert one.traces.hosts.isdisjoint(facts(2, f"{words} https://www.youtube.com/watch?v=2").traces.hosts)
    assert one.traces.hosts == facts(3, "See https://youtube.com/watch?v=1").traces.hosts


def test_a_name_with_a_dot_is_no_link() -> None:
    assert not facts(1, "We moved from ASP.NET to Vue.js last year.").traces.linked


def test_one_network_within_the_hour_takes_less_likeness() -> None:
    one = "Our clinic restores your hearing within nine weeks, no pill and no operation are needed for it."
    other = "No pill and no operation are needed: hearing comes back, ask in the village where I was treated."
    there = {"network": "1:a"}
    assert tie(facts(1, one), facts(2, other)) is not Tie.STRONG
    assert tie(facts(1, one, **there), facts(2, other, **there)) is Tie.STRONG
    later = NOW + SAME_PLACE + timedelta(hours=1)
    assert tie(facts(1, one, **there), facts(2, other, at=later, **there)) is not Tie.STRONG


def test_what_comes_a_month_later_is_looked_at_anew() -> None:
    assert tie(facts(1, TEXT), facts(2, TEXT, at=NOW + WINDOW + timedelta(hours=1))) is Tie.NONE


def test_cards_that_a_newcomer_ties_together_become_one() -> None:
    first, second = (
        "alpha beta gamma delta epsilon zeta eta theta",
        "river stone window garden lantern winter meadow bird",
    )
    table = Table()
    for number, text in enumerate([first * 2, first * 2 + " once", second * 2, second * 2 + " once"]):
        table.add(facts(number, " ".join(text.split())))
    assert len(table.groups()) == 2
    table.add(facts(4, f"{first} {first} {second} {second}"))
    assert table.groups() == [{0, 1, 2, 3, 4}]


def test_what_else_is_on_a_card_that_a_newcomer_is_sure_to_join_changes_nothing() -> None:
    others = [facts(number, f"{TEXT} {number}", card=number % 2 or None) for number in range(1, 9)]
    settled: set[int] = set()

    def one_by_one() -> Iterator[Facts]:
        for other in others:
            if other.card not in settled:
                read.append(other.id)
                yield other

    read: list[int] = []
    newcomer = facts(20, TEXT)
    assert place(newcomer, one_by_one(), settled=settled) == place(newcomer, others)
    assert (settled, read) == ({1}, [1, 2, 4, 6, 8])
