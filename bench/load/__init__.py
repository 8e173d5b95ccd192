"""`python -m bench burst`, `storm`, `growth`: what a campaign's day does to the product."""
