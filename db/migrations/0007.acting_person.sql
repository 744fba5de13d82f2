-- This has another signature now; the deploy makes what there is.
-- squawk-ignore ban-drop-function
drop function if exists handoff_private.acting_person();
