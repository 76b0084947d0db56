"""Old copies of public pages: which exist, when they grow old, and how caches are told."""
