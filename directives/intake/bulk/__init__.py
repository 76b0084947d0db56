"""A whole folder, or a register and its files, taken in at once: found, handed to the pipeline, reported."""
