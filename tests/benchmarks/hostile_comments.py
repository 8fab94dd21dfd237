"""How long the worst texts take to become comments: python -m tests.benchmarks.hostile_comments

Every mark that Markdown or an address gives a meaning is repeated to the limit, alone, in lines, in paragraphs, between
letters and in pairs. Prints the ten slowest, in seconds of CPU, the best of three runs each. The limit is 0.1 s.
"""

import itertools
import time
from contextlib import suppress

from comments.markup import MAX_CHARS, TextTooLong, UnusableText, render
from comments.text import MAX_LINES

MARKS = [
    *"[]*_~`<>&\\!(#\"'",
    *("![", "![[", "**", "*a", "a*", "*a*", "*a_", "a**b", "`a", "a`", "~~a"),
    *("[a](", "[a](b", "[a](<", "[](x)", "[a][b]"),
    *("> ", "- ", "1. ", "- a\n", "> a\n", "a\n", "a\n\n", "    a\n", "```\n", "# a\n", "---\n", "\n"),
    *("http://", "http://a.io ", "<http://a.io>", "www.", "www.a.io ", "a.com,", "a.b/", "[a.b/", ".a.a", "http://a@"),
    *("[b.io](http://a.io)", "http://é.io/é ", "\u0301", "a\u0301", "\ufdfa", "\U0001f600"),
]  # fmt: skip


def texts():
    for mark in MARKS:
        yield mark * MAX_CHARS
        yield (mark * 15 + "\n") * (MAX_LINES - 1)
        yield (mark * 30 + "\n\n") * (MAX_LINES // 2 - 1)
        yield "".join("[" + mark * max(1, 38 // len(mark)) for _ in range(119))
        yield (mark * 225).ljust(MAX_CHARS, "x")
    for one, other in itertools.combinations(MARKS, 2):
        yield (one + other) * MAX_CHARS
        yield ((one + other) * 220).replace("\n", "")
        yield ((one + other).strip("\n") + "\n") * (MAX_LINES - 1)


def seconds(text):
    best = 9.0
    for _ in range(3):
        start = time.process_time()
        with suppress(TextTooLong, UnusableText):
            render(text)
        best = min(best, time.process_time() - start)
        if best < 0.02:
            break
    return best


def main():
    render("warm")
    measured = []
    for text in texts():
        # Within the limits, or it would be refused before it costs anything.
        short = text[:MAX_CHARS]
        while len(short.encode()) > 2 * MAX_CHARS:
            short = short[: len(short) * 3 // 4]
        short = "\n".join(short.split("\n")[: MAX_LINES - 1])
        measured.append((seconds(short), short))
    measured.sort(reverse=True)
    for duration, text in measured[:10]:
        print(f"{duration:.3f}  {text[:40]!r}")
    print(f"{len(measured)} texts")


if __name__ == "__main__":
    main()
