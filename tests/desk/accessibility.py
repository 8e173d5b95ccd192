"""What axe finds on a page (WCAG A and AA)."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

AXE = Path(__file__).parents[2] / "desk" / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = ("serious", "critical")
PASSING = ", ".join(
    f".ant-{part}:visible"
    for part in ("select-dropdown", "picker-dropdown", "popover", "tooltip", "spin-spinning", "skeleton-active")
)
"""What opens, closes and turns while something is chosen or loaded."""
AT_REST = """() => document.getAnimations().every(one => one.playState !== "running"
  || one.effect.getComputedTiming().endTime === Infinity)"""


def serious_findings(page: Page) -> list[Any]:
    """What keeps somebody from using it, once all is there and stands still: the rule, the element, what to do."""
    expect(page.locator(PASSING)).to_have_count(0)
    page.wait_for_function(AT_REST)
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa']}).then(result => result.violations)")
    return [
        (one["id"], node["html"], node["failureSummary"])
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]
