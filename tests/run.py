"""The steps of `make test`, in order: read STEPS to know what a change must pass.

    python -m tests.run [lint | sqlite | postgres | journeys]...

A failing step fails the run, and the steps after it still run, so that one run tells everything. A step that
this machine cannot run (no PostgreSQL, no Chromium) is listed as skipped with its reason.
"""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests import postgres
from tests.browser import chromium_missing
from tests.production import NoProductionEnvironment, production_environment

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
MANAGE = [PYTHON, "-W", "error", "manage.py"]
STOREYS = [PYTHON, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
PYTEST = [PYTHON, "-m", "pytest", "-q"]
# Two workers use a small machine fully; each has a database of its own.
UNIT = [*PYTEST, "-n", "2", "-m", "not journey"]
ON_POSTGRES = [PYTHON, "-m", "tests.postgres", "--"]


def testing_environment() -> dict[str, str]:
    """Return this process's environment under the tests' settings, which fix what the site reads from it."""
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}


def _nothing_missing() -> str:
    return ""


@dataclass(frozen=True)
class Step:
    """One check: what it is called, the part of the run it belongs to, its command and its whole environment.

    `missing` says what this machine lacks for it, or nothing.
    """

    name: str
    part: str
    command: list[str]
    environment: Callable[[], dict[str, str]] = testing_environment
    missing: Callable[[], str] = _nothing_missing


STEPS = [
    Step("format", "lint", [PYTHON, "-m", "ruff", "format", "--check", "."]),
    Step("style", "lint", [PYTHON, "-m", "ruff", "check", "."]),
    Step("storeys", "lint", STOREYS),
    Step("migrations", "lint", [*MANAGE, "makemigrations", "--check", "--dry-run"]),
    Step(
        "deployment",
        "lint",
        [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
        production_environment,
    ),
    Step("tests on SQLite", "sqlite", UNIT),
    Step("tests on PostgreSQL", "postgres", [*ON_POSTGRES, *UNIT]),
    Step("journeys on SQLite", "journeys", [*PYTEST, "-m", "journey"], missing=chromium_missing),
    Step(
        "journeys on PostgreSQL",
        "journeys",
        [*ON_POSTGRES, *PYTEST, "-m", "journey and both_databases"],
        missing=chromium_missing,
    ),
]


@dataclass(frozen=True)
class Outcome:
    """How a step ended: `verdict` is passed, failed or skipped; `note` is its output's most telling line."""

    step: Step
    verdict: str
    seconds: float
    note: str


def run(step: Step) -> Outcome:
    """Run one step, showing its output as it comes."""
    print(f"\n=== {step.name}", flush=True)
    if reason := step.missing():
        print(f"{reason}: skipped", flush=True)
        return Outcome(step, "skipped", 0.0, reason)
    try:
        environment = step.environment()
    except NoProductionEnvironment as error:
        print(f"{error}: failed", flush=True)
        return Outcome(step, "failed", 0.0, str(error))
    began, lines = time.monotonic(), [""]
    with subprocess.Popen(
        step.command,
        cwd=ROOT,
        env={**environment, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as child:
        for line in child.stdout:
            print(line, end="", flush=True)
            lines.append(line.strip() or lines[-1])
    verdict = {0: "passed", postgres.SKIPPED: "skipped"}.get(child.returncode, "failed")
    outcome = Outcome(step, verdict, time.monotonic() - began, _telling(lines))
    print(f"--- {step.name}: {outcome.verdict} in {outcome.seconds:.1f} s", flush=True)
    return outcome


def _telling(lines: list[str]) -> str:
    counts = [line for line in lines if re.search(r"\d+ (passed|failed|error|skipped|deselected).* in [\d.]+s", line)]
    return (counts or lines)[-1].strip("= ")[:100]


def report(outcomes: list[Outcome]) -> int:
    """Print the table of outcomes; return the exit status of the run: 1 when any step failed, otherwise 0."""
    print("\n=== summary")
    for outcome in outcomes:
        print(f"{outcome.verdict:8}{outcome.seconds:7.1f} s  {outcome.step.name:24}{outcome.note}")
    verdicts = Counter(outcome.verdict for outcome in outcomes)
    print(", ".join(f"{verdicts[verdict]} steps {verdict}" for verdict in ("passed", "failed", "skipped")))
    return 1 if verdicts["failed"] else 0


def main(parts: list[str]) -> int:
    """Run the steps of `parts`, or all of them; return the exit status."""
    unknown = set(parts) - {step.part for step in STEPS}
    if unknown:
        print(f"no such part: {', '.join(sorted(unknown))}\n{__doc__}")
        return 2
    return report([run(step) for step in STEPS if not parts or step.part in parts])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
