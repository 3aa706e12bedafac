"""What is held against a file before it is written."""
