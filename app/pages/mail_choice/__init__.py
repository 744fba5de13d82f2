"""What mails a person wants no more of, by the link of such a mail."""
