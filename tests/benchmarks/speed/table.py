"""The rows of all sizes as one table, with what is asked for beside what was found."""

from collections.abc import Mapping, Sequence

HELLO = "hello view"
SLOWEST = 100  # milliseconds for a reader while much is written
#: Most milliseconds of processor time a request, or most times the hello view of the same server.
GOALS = {
    "post, 100 comments": (None, 2.0),
    "post, 1,000 comments": (None, 2.0),
    "post, 10,000 comments": (None, 2.0),
    "post, 304": (None, 2.0),
    "front page": (None, 2.0),
    "front page, nothing kept": (4.0, None),
    "post, 100 comments, nothing kept": (6.0, None),
    "post, 1,000 on one page, nothing kept": (15.0, None),
    "submit a comment, 8 clients": (8.0, None),
    "queue, first page": (12.0, None),
    "queue, deep page": (12.0, None),
    "decide one": (8.0, None),
    "undo one": (8.0, None),
    "approve 20, with the fresh list": (30.0, None),
}


def of(found: Mapping[int, Sequence[dict]]) -> str:
    """The table in Markdown, one row for each row of each size."""
    lines = [
        "| comments | what | each s | p50 ms | p99 ms | CPU ms | x hello | database CPU ms | queries | bytes | goal |",
        "|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---|",
    ]
    for size, rows in found.items():
        hello = 0.0
        for row in rows:
            if row["row"].startswith(HELLO):
                hello = row["cpu"]  # of the server that the next rows are of
            if "pss" in row:
                lines.append(f"| {size:,} | {row['row']}: {row['pss']:.0f} MiB PSS | | | | | | | | | |")
                continue
            if "refused" in row:
                lines.append(f"| {size:,} | {row['row']}: answered {row['refused']} | | | | | | | | | |")
                continue
            if "said" in row:
                lines.append(f"| {size:,} | {row['row']}: {row['said']} | | | | | | | | | |")
                continue
            # What runs in the bench's own process is not set beside a server's hello.
            times = row["cpu"] / hello if "each_second" in row else 0.0
            cells = [
                f"{size:,}",
                row["row"],
                *(_shown(row.get(name)) for name in ("each_second", "p50", "p99", "cpu")),
                f"{times:.1f}" if times else "",
                *(_shown(row.get(name)) for name in ("database_cpu", "queries", "bytes")),
                _goal(row, times),
            ]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _goal(row: dict, times: float) -> str:
    most, most_times = GOALS.get(row["row"], (None, None))
    if most is not None:
        return f"{most:g} ms: {'met' if row['cpu'] <= most else 'NOT MET'}"
    if most_times is not None:
        return f"{most_times:g} x: {'met' if times <= most_times else 'NOT MET'}"
    if row["row"].endswith((", in a flood", ", in a batch")):
        return f"p99 {SLOWEST} ms: {'met' if row['p99'] <= SLOWEST else 'NOT MET'}"
    return ""


def _shown(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.0f}" if value >= 100 else f"{value:.2f}"
