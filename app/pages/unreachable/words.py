"""What this page alone says."""

FULL = "The mailbox was full."
DISABLED = "The mailbox is switched off, or takes no mail."
NO_ADDRESS = "The mail server in charge says that there is no such address."
NO_SERVER = "No mail server takes mail for this address."
OTHER = "The mail server of this address refuses it."
ALLOWED = "The address gets mails again, until one comes back."
WAS_ALLOWED = "The address gets mails already."


def why(status: str) -> str:
    """What a mail server reported (RFC 3463), for a person."""
    if status == "5.2.2":
        return FULL
    by_subject = {"1": NO_ADDRESS, "2": DISABLED, "4": NO_SERVER}
    return by_subject.get(status.split(".")[1], OTHER)
