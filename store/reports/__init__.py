"""Reports: what a shop's cases and tasks come to. One module a report; `catalogue.py` lists them."""
