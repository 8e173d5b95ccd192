"""The shop: what its main account has set up, what its people may do, and its stock."""
