"""What signing in alone says."""

NO_ADDRESS = "Please type your e-mail address, like name@example.com."
OLD_LINK = "This link was used already, or is older than 15 minutes. Ask for a new one here."
