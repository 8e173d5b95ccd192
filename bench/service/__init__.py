"""The minimal service: what a shop would write by hand instead, over the floor's workflow."""
