"""The doors: everything that customers and agents reach the assistant through."""
