"""Customers' own data, read live and never indexed: what the operator's system knows of them."""
