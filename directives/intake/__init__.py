"""From a file on the desk to a draft: gate -> job (child process) -> text -> recognition."""
