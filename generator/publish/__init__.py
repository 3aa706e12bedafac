"""From the built site to where readers find it: one module per kind of place."""
