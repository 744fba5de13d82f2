"""What signing in alone says."""

MAIL_SUBJECT = "Your link to sign in to {school}"
MAIL_TEXT = """Open this link and press "Sign in":

{link}

The link works once, for 15 minutes. If you did not ask for it, do nothing: nobody gets in without it.

{school}
"""
NO_ADDRESS = "Please type your e-mail address, like name@example.com."
OLD_LINK = "This link was used already, or is older than 15 minutes. Ask for a new one here."
