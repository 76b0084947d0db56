"""Text out of files: readers of .docx and PDF, and the bounded process they run in."""
