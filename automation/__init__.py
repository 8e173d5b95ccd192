"""After-sale automation (SA): a shop's strategies in CEL, its keywords, and trying both on past requests."""
