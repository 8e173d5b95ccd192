"""The partner systems of the sandbox: what `docs/partners/` describes, over real HTTP, and scriptable."""
