"""What this page alone says."""

TITLE = {"reminder": "Reminders by mail", "digest": "Summaries by mail"}
GETS = {
    "reminder": "You get a mail when a step of yours has waited for long.",
    "digest": "Once a day you get a mail with what newly needs an admin.",
}
GETS_NONE = {"reminder": "You will get no more reminders.", "digest": "You will get no more summaries."}
COMES_ALWAYS = {
    "reminder": "Links to sign in, certificates and news of your programs come all the same.",
    "digest": "Links to sign in and urgent alerts come all the same.",
}
STOP = {"reminder": "Stop the reminders", "digest": "Stop the summaries"}
RESUMED = {"reminder": "You will get reminders again.", "digest": "You will get summaries again."}
RESUME = {"reminder": "Send me reminders again", "digest": "Send me summaries again"}
