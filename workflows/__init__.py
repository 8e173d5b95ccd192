"""The stories on Temporal: one file per kind of case, over what all of them share."""
