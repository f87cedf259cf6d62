"""Answers from the customer's own data: live records, reviewed sentences, proven figures."""
