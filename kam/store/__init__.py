"""What people write in the app: kept beside the book, every change remembered, nothing overwritten unseen."""
