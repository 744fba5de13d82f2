\set i :i + 1
\set n :first + :client_id * :per_client + :i
select status, reason from handoff.receive_partner_event('hsi', 'key-' || (:n)::text, convert_to('{"event":"course.completed","student_id":"s' || (:n)::text || '","course_id":"hsi-cpr-101","completed_at":"' || (:now)::text || '"}', 'UTF8'));
