"""Log lines that what a visitor sends cannot break: one record is one line, control characters escaped."""

import logging
import re

CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")


class OneLineFormatter(logging.Formatter):
    """Escapes newlines, ANSI and other controls in the message.

    A traceback keeps its lines, each set in: an error's words may be a visitor's, and must not pass for a record.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = CONTROLS.sub(_escaped, record.message)
        return super().formatMessage(record)

    def formatException(self, ei) -> str:
        return _set_in(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:
        return _set_in(super().formatStack(stack_info))


def _set_in(text: str) -> str:
    return "\n".join(f"  | {CONTROLS.sub(_escaped, line)}" for line in text.split("\n"))


def _escaped(match: re.Match) -> str:
    return f"\\x{ord(match[0]):02x}"
