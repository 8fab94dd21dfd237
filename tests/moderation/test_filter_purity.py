"""The core decides without Django: it can be replayed, measured and reasoned about alone."""

import subprocess
import sys
from pathlib import Path


def test_screening_needs_no_django():
    program = (
        "import sys, moderation.filters, moderation.verdict, moderation.fingerprint;"
        "print([name for name in sys.modules if name.partition('.')[0] in ('django', 'sqlite3', 'psycopg')])"
    )
    root = Path(__file__).parents[2]
    result = subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": str(root)}, capture_output=True, check=True, text=True
    )
    assert result.stdout == "[]\n"
