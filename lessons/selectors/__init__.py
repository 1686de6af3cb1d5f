"""What the pages, the search and the rooms above ask of lessons."""
