"""What this page alone says."""

TITLE = {"reminder": "Reminders by mail", "digest": "Summaries by mail"}
GETS = {
    "reminder": "You get a mail when a step of yours has waited for long.",
    "digest": "You get a mail with what newly needs an admin.",
}
GETS_NONE = {"reminder": "You will get no more reminders.", "digest": "You will get no more summaries."}
COMES_ALWAYS = "Links to sign in, certificates and news of your programs come all the same."
STOP = {"reminder": "Stop the reminders", "digest": "Stop the summaries"}
RESUME = {"reminder": "Send me reminders again", "digest": "Send me summaries again"}
