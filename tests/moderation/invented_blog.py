"""A blog that nobody wrote: posts about invented things, readers who speak of them, and spam that does not."""

import json
from random import Random

from moderation.classifier.labelled import Row

_PARTS = ("ba", "dro", "fel", "gim", "kor", "lup", "mes", "nar", "pif", "rol", "sut", "tev", "vas", "zin")
_SAYS = (
    "I read this twice and tried the {0} with a {1} at home, which went well until the {2} got in the way.",
    "Thank you for the part about the {0}. We use {1} and {2} every week, and I wonder how you keep them apart.",
    "My {0} never did what the {1} should do. Is the {2} really needed there, or would it work without?",
    "There is a small mistake about {0}: it comes before {1}, not after it. The rest about {2} helped me a lot.",
)
_SELLS = (
    "Win big at our casino today, bonus for every player at http://{0}.example/bonus and cheap pills too!!!",
    "Earn money from home, click http://{0}.example now for a free bonus, best casino and best pills!!!",
)


def _topics(many: int = 12, words: int = 20) -> list[list[str]]:
    random = Random("topics")
    return [["".join(random.choices(_PARTS, k=3)) for _ in range(words)] for _ in range(many)]


TOPICS = _topics()
POSTS = {
    f"post-{at}": (f"About {words[0]} and {words[1]}", " ".join(f"The {word} is of use." for word in words))
    for at, words in enumerate(TOPICS)
}


def says(topic: int, random: Random) -> str:
    """A letter about a topic."""
    return random.choice(_SAYS).format(*random.sample(TOPICS[topic], 3))


def rows(many: int, seed: int = 1) -> list[Row]:
    """Comments: of ten five are ham; of the spam half sells, and half are letters about another post's topic."""
    random, made = Random(seed), []
    for at in range(many):
        topic = random.randrange(len(TOPICS))
        kind = random.random()
        if kind < 0.5:
            body = says(topic, random)
        elif kind < 0.75:
            body = says((topic + random.randrange(1, len(TOPICS))) % len(TOPICS), random)
        else:
            body = random.choice(_SELLS).format(random.choice(TOPICS[topic]))
        post = f"post-{topic}"
        made.append(Row(str(at), f"Reader {at % 37}", "", POSTS[post][0], body, kind >= 0.5, post, False))
    return made


def comment_lines(comments: list[Row], **more: object) -> str:
    """The comments as the lines of a file, with further fields in each."""
    return "".join(
        json.dumps(
            {
                "id": row.id,
                "author": row.author,
                "post_title": row.title,
                "post": row.post,
                "body": row.body,
                "label": "spam" if row.spam else "ham",
                **more,
            }
        )
        + "\n"
        for row in comments
    )


def post_lines() -> str:
    """The posts as the lines of a file."""
    return "".join(
        json.dumps({"post": key, "title": title, "text": text}) + "\n" for key, (title, text) in POSTS.items()
    )
