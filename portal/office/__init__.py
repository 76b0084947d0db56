"""The office's side of the portal: roles and desks, approval by a second person, two editors, the dashboard."""
