"""How webhooks are delivered: connections to checked addresses, signed calls, and the order of the feed."""
