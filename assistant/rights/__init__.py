"""What customers are owed and what things cost: calculations by code, never by a model."""
