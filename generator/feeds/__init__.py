"""What a feed is to those who read it: its formats, its items' identity, reading and comparing."""
