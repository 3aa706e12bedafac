"""One module per kind of output: what files there are (plan) above how one is made (render)."""
