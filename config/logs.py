"""Log lines that what a visitor sends cannot break: one record is one line, control characters escaped."""

import logging
import re

CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")


class OneLineFormatter(logging.Formatter):
    """Escapes newlines, ANSI and other controls in the message; a traceback keeps its own lines."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = CONTROLS.sub(lambda match: f"\\x{ord(match[0]):02x}", record.message)
        return super().formatMessage(record)
