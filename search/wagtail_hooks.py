"""What search adds to the admin."""

from search import admin_state as admin_state
from search.office import menu as menu
