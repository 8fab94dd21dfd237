"""One record is one line: nothing that a visitor sends can write a line of its own into the log."""

import logging

import pytest

from config.logs import OneLineFormatter

FORMATTER = OneLineFormatter("{levelname} {name} {message}", style="{")


def line(message: str, *arguments: object, error: BaseException | None = None, stack: str | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    return FORMATTER.format(
        logging.LogRecord("site", logging.WARNING, "a.py", 1, message, arguments, info, sinfo=stack)
    )


@pytest.mark.parametrize(
    ("sent", "written"),
    [
        ("a\nERROR site forged", r"a\x0aERROR site forged"),
        ("a\r\nb", r"a\x0d\x0ab"),
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("a\x00b", r"a\x00b"),
        ("a\x7fb\x85c\x9bd", r"a\x7fb\x85c\x9bd"),
        ("a\u2028b\u2029c", r"a\x2028b\x2029c"),
        ("a\x0bb\x0cc\x1cd", r"a\x0bb\x0cc\x1cd"),
    ],
)
def test_control_characters_are_escaped_wherever_they_come_from(sent: str, written: str) -> None:
    assert line("Not Found: %s", sent) == f"WARNING site Not Found: {written}"
    assert line(sent) == f"WARNING site {written}"
    assert len(line("%s", sent).splitlines()) == 1


@pytest.mark.parametrize("sent", ["/2026/03/slug/", "Grüße, 世界 👍🏽", "{braces} and {0}", "100 % sure", "a\tb"])
def test_ordinary_text_is_written_as_it_is(sent: str) -> None:
    assert line("%s", sent) == f"WARNING site {sent}"


def test_a_traceback_keeps_its_lines_but_none_of_them_can_pass_for_a_record() -> None:
    try:
        raise ValueError("typed\n2026-05-03 12:00:00,000 ERROR site forged\x1b[2J\rgone")
    except ValueError as error:
        written = line("It broke", error=error)
    first, *rest = written.splitlines()
    assert first == "WARNING site It broke"
    assert len(rest) > 3
    assert all(each.startswith("  | ") for each in rest)
    assert any("forged\\x1b[2J\\x0dgone" in each for each in rest)


def test_a_stack_is_set_in_too() -> None:
    assert line("Here", stack="Stack:\nforged").splitlines() == ["WARNING site Here", "  | Stack:", "  | forged"]


def test_the_sites_own_handler_uses_it(settings) -> None:
    (handler,) = settings.LOGGING["handlers"].values()
    chosen = settings.LOGGING["formatters"][handler["formatter"]]["()"]
    assert chosen == "config.logs.OneLineFormatter"
    for logger in [settings.LOGGING["root"], *settings.LOGGING["loggers"].values()]:
        assert logger["handlers"] == ["stderr"]
