"""Generated waves: one advert in hundreds of variants, as those who flood comment sections make them."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

NAMES = ["Anna", "Boris", "Clara", "Daniel", "Esra", "Finn", "Greta", "Hugo", "Jonas"]
SPUN = (
    "{Hello|Hi|Dear|Good day} {friends|all|everyone|readers}, I {found|discovered|came across|learned about} {a|one} "
    "{great|wonderful|amazing|superb} {way|method|system} to {earn|make|get} {NUMBER} {dollars|euros|coins} "
    "{every|each|a} {day|week|month} from {home|the sofa|the table}. {My|Our} {cousin|neighbour|sister} {started|"
    "began|tried it} {last|only this} {spring|autumn|winter} and {already|by now} {bought|owns|drives} a {new|fast|"
    "shiny} {car|motorbike|boat}. {Just|Simply|Only} {register|sign up|enrol} {today|now|this week} and {write|send a "
    "word|talk} to {NAME}, {who|she|he} {explains|shows|tells you} {everything|all of it|each step}. {LINK}"
)
SENTENCES = (
    (
        "Our clinic restores your hearing within nine weeks.",
        "Hearing comes back in nine weeks at our clinic.",
        "Nine weeks at the clinic and you will hear again.",
        "People hear again after nine weeks with us.",
    ),
    (
        "Doctor Varga has treated four thousand patients.",
        "Four thousand patients were treated by Doctor Varga.",
        "More than four thousand came to Doctor Varga.",
        "Ask the four thousand whom Doctor Varga treated.",
    ),
    (
        "No pill and no operation are needed.",
        "You need neither pills nor an operation.",
        "It works without pills or any operation.",
        "Forget pills and operations, nothing of it is needed.",
    ),
    (
        "The first consultation costs nothing at all.",
        "You pay nothing for the first consultation.",
        "A first consultation is free of charge.",
        "Nothing to pay for your first consultation.",
    ),
    (
        "Insurers in most countries refund the treatment.",
        "In most countries the insurer refunds it.",
        "Most insurers give the money back.",
        "Your insurer will most likely refund the treatment.",
    ),
    (
        "Ring the front desk before the places are gone.",
        "Places go fast, so ring the front desk.",
        "Ring early, the front desk has few places left.",
        "Only few places left, ring the front desk.",
    ),
    (
        "I was deaf on one ear and now enjoy concerts.",
        "Being deaf on one ear I now go to concerts again.",
        "One ear was deaf, today I enjoy concerts.",
        "My deaf ear hears whole concerts now.",
    ),
)
WORDS, TRADES = """gold quick best hear""", """shop deal clinic now"""
HOSTS = [f"{word}-{trade}.example" for word in WORDS.split() for trade in TRADES.split()]
TRICKS = str.maketrans({"a": "\u0430", "e": "\u0435", "o": "\u043e", "i": "\u0456"})


@dataclass(frozen=True, slots=True)
class Variant:
    """One comment of a wave: who sends it under which website, from which network."""

    name: str
    body: str
    website: str
    network: str


def spun(chance: random.Random) -> str:
    """Synonyms at every other word, another number and name each time."""
    text = SPUN
    while choice := re.search(r"{([^{}]*\|[^{}]*)}", text):
        text = text[: choice.start()] + chance.choice(choice[1].split("|")) + text[choice.end() :]
    text = text.replace("{NUMBER}", str(chance.randint(200, 9000))).replace("{NAME}", chance.choice(NAMES))
    return text.replace("{a}", "a").replace("{LINK}", f"https://{chance.choice(HOSTS)}/{chance.randint(1, 999)}")


def shuffled(chance: random.Random) -> str:
    """The same sentences in another order, under a greeting and a name, some left out."""
    sentences = [alternatives[0] for alternatives in SENTENCES]
    chance.shuffle(sentences)
    greeting = chance.choice(["Hello", "Hi there", "Dear readers", "Ciao"])
    return f"{greeting} {chance.choice(NAMES)}! " + " ".join(sentences[: chance.randint(5, 7)])


def paraphrased(chance: random.Random) -> str:
    """Every sentence in one of four wordings, in any order: two variants share about two sentences of seven."""
    sentences = [chance.choice(alternatives) for alternatives in SENTENCES]
    chance.shuffle(sentences)
    return " ".join(sentences)


def tricked(chance: random.Random) -> str:
    """Look-alike letters, invisible characters and words s p a c e d out in some of the words."""
    words = []
    for word in shuffled(chance).split():
        match chance.randint(0, 5):
            case 0:
                word = word.translate(TRICKS)
            case 1 if len(word) > 4:
                word = word[:2] + "\u200b" + word[2:]
            case 2 if len(word) > 5 and word.isalpha():
                word = " ".join(word)
        words.append(word)
    return " ".join(words)


def linked(chance: random.Random) -> str:
    """Spun, and half of the time with a link at the end."""
    text = spun(chance).rpartition(" ")[0]
    return text + (f" www.{chance.choice(HOSTS)}" if chance.random() < 0.5 else "")


def without_links(chance: random.Random) -> str:
    """Spun, with no link at all."""
    return spun(chance).rpartition(" ")[0]


KINDS: dict[str, Callable[[random.Random], str]] = {
    "spun": spun,
    "shuffled": shuffled,
    "paraphrased": paraphrased,
    "tricked": tricked,
    "linked half of the time": linked,
    "without links": without_links,
}


def wave(kind: str, size: int = 300, seed: int = 1) -> Iterator[Variant]:
    """`size` variants of one advert, every one from a browser and mostly from a network of its own."""
    chance = random.Random(f"{kind} {seed}")
    for number in range(size):
        website = f"https://{chance.choice(HOSTS)}/" if kind == "linked half of the time" and number % 2 else ""
        yield Variant(
            f"{chance.choice(NAMES)} {chance.choice(NAMES)[0]}.",
            KINDS[kind](chance),
            website,
            f"1:{chance.randint(1, 200):032x}",
        )
