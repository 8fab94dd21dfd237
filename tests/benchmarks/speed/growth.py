"""What a request costs as the site grows, drawn as a small SVG that reads in the light and in the dark."""

from collections.abc import Mapping, Sequence
from math import log10

SHOWN = {
    "post, 100 comments": "post, kept",
    "post, 100 comments, nothing kept": "post of 100, made anew",
    "front page, nothing kept": "front page, made anew",
    "submit a comment, 8 clients": "submit, screened",
    "queue, first page": "queue, first page",
    "decide one": "decide one",
}
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 680, 320, 44, 220, 16, 36
FONT = 'font-family="system-ui, sans-serif" font-size="12"'
STYLE = "text{fill:#333}line{stroke:#ccc}@media(prefers-color-scheme:dark){text{fill:#ddd}line{stroke:#444}}"
COLOURS = ("#2f7d57", "#b5651d", "#5b6ee1", "#a23b72", "#8a8d00", "#3a8fb7")


def svg(found: Mapping[int, Sequence[dict]]) -> str:
    """Milliseconds of processor time a request, over the number of comments; both scales are logarithmic."""
    sizes = sorted(found)
    lines = {
        label: [(size, row["cpu"]) for size in sizes for row in found[size] if row["row"] == name and row.get("cpu")]
        for name, label in SHOWN.items()
    }
    lines = {label: points for label, points in lines.items() if points}
    costs = [cost for points in lines.values() for _, cost in points]
    low, high = log10(min(costs) * 0.8), log10(max(costs) * 1.25)
    first, last = log10(sizes[0]), log10(sizes[-1])

    def across(size: int) -> float:
        share = (log10(size) - first) / (last - first) if last > first else 0.5
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def down(cost: float) -> float:
        return TOP + (high - log10(cost)) / (high - low) * (HEIGHT - TOP - BOTTOM)

    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" {FONT}>',
        "<title>Milliseconds of processor time a request, by comments on the site</title>",
        f"<style>{STYLE}</style>",
    ]
    for cost in (0.1, 0.3, 1, 3, 10, 30, 100):
        if low <= log10(cost) <= high:
            y = down(cost)
            drawn.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>')
            drawn.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{cost:g}</text>')
    for size in sizes:
        drawn.append(f'<text x="{across(size):.1f}" y="{HEIGHT - 14}" text-anchor="middle">{size:,}</text>')
    taken: list[float] = []
    for colour, (label, points) in zip(COLOURS, sorted(lines.items(), key=lambda line: -line[1][-1][1]), strict=False):
        path = " ".join(f"{across(size):.1f},{down(cost):.1f}" for size, cost in points)
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        drawn += [
            f'<circle cx="{across(size):.1f}" cy="{down(cost):.1f}" r="3" fill="{colour}"/>' for size, cost in points
        ]
        y = max([down(points[-1][1]), *(each + 15 for each in taken[-1:])])  # labels stand one below the other
        taken.append(y)
        told = f"{label} {points[-1][1]:.2g} ms"
        drawn.append(f'<text x="{WIDTH - RIGHT + 10}" y="{y + 4:.1f}" style="fill:{colour}">{told}</text>')
    return "\n".join([*drawn, "</svg>\n"])
