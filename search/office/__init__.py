"""The office's side of search: its admin pages, the report, saved searches with their mails, readers' answers."""
