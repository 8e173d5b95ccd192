"""The edition that the benchmark's orders run under."""

from bench.setup import EDITION, POLICIES
from domain.policy import leaves, load_policy, policy


def test_only_the_return_window_differs() -> None:
    """Every clock and value is taobao-2012's, so that a measured order does what a real one does; it only ends soon."""
    base = policy("taobao-2012")
    measured, real = dict(leaves(load_policy(POLICIES / f"{EDITION}.toml", {base.id: base}))), dict(leaves(base))
    different = [path for path in real if measured[path].value != real[path].value]
    assert measured.keys() == real.keys()
    assert different == ["after_sale.return_window"]
