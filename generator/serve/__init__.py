"""Live preview around the pipeline: watch, build, serve, and keep the pages on screen true."""
