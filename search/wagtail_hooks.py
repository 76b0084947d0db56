"""What search adds to the admin."""

from search.office import menu as menu
