"""What the conversations tell: survey results, their funnel, and whether both can be trusted."""
