"""Log lines that what a visitor sends cannot break, and that give no key away.

One record is one line, with control characters escaped. An address that is the key to what it shows (a status page, a
preview) is written without the key: Django logs the address of every request that it refuses.
"""

import logging
import re

CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")

KEYS = re.compile(r"(/comments/status/|/preview/)[^/\s]+")


class OneLineFormatter(logging.Formatter):
    """Escapes newlines, ANSI and other controls in the message.

    A traceback keeps its lines, each set in: an error's words may be a visitor's, and must not pass for a record.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = KEYS.sub(r"\1…", CONTROLS.sub(_escaped, record.message))
        return super().formatMessage(record)

    def formatException(self, ei) -> str:
        return _set_in(super().formatException(ei))

    def formatStack(self, stack_info: str) -> str:
        return _set_in(super().formatStack(stack_info))


def _set_in(text: str) -> str:
    lines = (KEYS.sub(r"\1…", CONTROLS.sub(_escaped, line)) for line in text.split("\n"))
    return "\n".join(f"  | {line}" for line in lines)


def _escaped(match: re.Match) -> str:
    return f"\\x{ord(match[0]):02x}"


def to_stderr(level: str) -> dict:
    """The configuration of logging: everything from `level` on goes to standard error, a line each."""
    line = {"()": "config.logs.OneLineFormatter", "format": "{asctime} {levelname} {name} {message}", "style": "{"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": line},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {"django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False}},
    }
