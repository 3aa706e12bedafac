"""The values that flow through the pipeline: frozen, complete, importing nothing of ours."""
