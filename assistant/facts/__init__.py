"""Figures and claims in German text, tied to product, attribute, version and polarity."""
