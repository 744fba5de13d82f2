"""What the student's page alone says."""

ENROLLMENT_NOTE = {
    "pending": "Your school has to approve this enrollment. You need not do anything now.",
    "on_hold": "Your training is paused. What you have completed is kept. Your school can resume it.",
    "withdrawn": "You have left this program. What you completed is kept. Is that not right? Please tell your school.",
}
WAITING_NOTE = {
    "pending": "Starts after your enrollment is approved",
    "active": "Starts when the step before it is done",
    "on_hold": "Waits while your training is paused",
    "withdrawn": "Not started",
}
