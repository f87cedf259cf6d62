"""What is kept: SQLite by default, PostgreSQL when set; one commit a turn."""
