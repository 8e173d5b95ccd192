"""What is said to partner systems and what they answer; `docs/partners/` describes the same for who implements them."""
