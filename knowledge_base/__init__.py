"""Documents in, passages and tariffs out; knows nothing of chats."""
