"""Files of db/ that tests of the deploy change."""

CLOCK = "functions/handoff/session/clock.sql"
CLOCK_BODY = "select pg_catalog.clock_timestamp()"
RECEIVE = "functions/handoff/partner_events/receive_partner_event.sql"
COMPLETE_STEP = "functions/handoff_private/enrollment/complete_step.sql"
