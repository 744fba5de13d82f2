"""Pages for people: a folder for each, with its views, its templates and its words."""
