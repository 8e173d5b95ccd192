"""Moving in and out: a shop's orders taken over from elsewhere, and everything of a shop given back."""
