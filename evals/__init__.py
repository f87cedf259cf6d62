"""How good is it? Cases, scorers, baselines and their report."""
