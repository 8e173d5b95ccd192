"""Moving in: a shop's orders in flight, taken over from wherever they were handled before."""
