"""The admin's hand: a form for each act, which says beforehand what it will do."""
