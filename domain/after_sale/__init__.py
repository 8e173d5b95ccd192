"""After-sale requests: refunds, returns, exchanges, repairs, reships and price protection."""
