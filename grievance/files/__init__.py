"""Files of a case: what we take, where it lies sealed, and the copies to look at."""
