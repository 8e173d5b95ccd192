"""`python -m bench inbox`: what people wait for when a hundred thousand tasks are open."""
