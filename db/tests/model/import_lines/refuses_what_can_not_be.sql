begin;
select plan(34);
insert into handoff.imports (kind, file_name, content_sha256, header, columns, uploaded_at) values ('students', 'x', sha256(''), '{}', '{}', now());
create temporary table given as select i.id, test.student() as john, test.enroll('cna') as johns from handoff.imports as i;
create function pg_temp.add(p_more jsonb) returns text language sql as $$
  select test.refused_by(format(
    'insert into handoff.import_lines select (jsonb_populate_record(null::handoff.import_lines, %L)).*',
    jsonb_build_object('import_id', g.id, 'line', 3, 'cells', array['x'], 'is_wanted', false, 'made_person', false, 'made_enrollment', false)
      || replace(replace(p_more::text, '"john"', to_jsonb(g.john)::text), '"johns"', to_jsonb(g.johns)::text)::jsonb
  ))
  from given as g
$$;
select is(pg_temp.add(more::jsonb || case when read then '{"full_name": "A", "email": "a@b", "name_key": "a", "program_slug": "cna"}' else '{}'::jsonb end), by, what)
from (values
  (false, '{}', null, 'a line that nobody looked at'),
  (true, '{"verdict": "new", "is_wanted": true}', null, 'somebody new'),
  (true, '{"verdict": "new", "reason": "same_person", "other_line": 2}', null, 'who stood there before'),
  (true, '{"verdict": "known", "reason": "to_enroll", "profile_id": "john"}', null, 'somebody known'),
  (true, '{"verdict": "doubtful", "reason": "same_name", "profile_id": "john"}', null, 'somebody doubtful'),
  (true, '{"verdict": "doubtful", "reason": "same_name_in_list", "other_line": 2}', null, 'by the list'),
  (false, '{"verdict": "refused", "reason": "no_name"}', null, 'a refused line'),
  (true, '{"verdict": "new", "profile_id": "john", "result": "enrolled", "enrollment_id": "johns", "made_enrollment": true, "done_at": "2026-01-01"}', null, 'an applied one'),
  (false, '{"cells": null, "dropped_at": "2026-01-01"}', null, 'a dropped one'),
  (false, '{"line": 0}', '23514:import_lines_line_positive', 'no line'),
  (false, '{"cells": null}', '23514:import_lines_dropped_says_nothing', 'an empty one'),
  (false, '{"cells": null, "email": "a@b", "dropped_at": "2026-01-01"}', '23514:import_lines_dropped_says_nothing', 'dropped, and names somebody'),
  (true, '{"verdict": "odd"}', '23514:import_lines_verdict_holds', 'an unknown verdict'),
  (true, '{"verdict": "new", "reason": "to_enroll", "other_line": 1}', '23514:import_lines_verdict_holds', 'a reason of another'),
  (true, '{"verdict": "known", "reason": "to_enroll"}', '23514:import_lines_verdict_holds', 'known as nobody'),
  (true, '{"verdict": "doubtful", "reason": "same_name"}', '23514:import_lines_verdict_holds', 'like nobody'),
  (true, '{"verdict": "doubtful"}', '23514:import_lines_verdict_holds', 'doubtful for nothing'),
  (false, '{"verdict": "refused", "reason": "no_name", "is_wanted": true}', '23514:import_lines_verdict_holds', 'refused and wanted'),
  (false, '{"verdict": "refused"}', '23514:import_lines_verdict_holds', 'refused for nothing'),
  (false, '{"is_wanted": true}', '23514:import_lines_verdict_holds', 'wanted before it is looked at'),
  (true, '{"verdict": "new", "reason": "same_person", "other_line": 3}', '23514:import_lines_other_is_before', 'like itself'),
  (false, '{"verdict": "new"}', '23514:import_lines_judged_is_read', 'new and not read'),
  (true, '{"verdict": "new", "result": "enrolled", "done_at": "2026-01-01"}', '23514:import_lines_result_holds', 'enrolled in nothing'),
  (true, '{"verdict": "new", "result": "odd", "done_at": "2026-01-01"}', '23514:import_lines_result_holds', 'an unknown result'),
  (true, '{"verdict": "new", "result": "failed", "done_at": "2026-01-01"}', '23514:import_lines_result_holds', 'failed for nothing'),
  (true, '{"verdict": "new", "profile_id": "john", "result": "already_enrolled", "enrollment_id": "johns", "made_person": true, "done_at": "2026-01-01"}', '23514:import_lines_made_person_is_enrolled', 'made and not enrolled'),
  (true, '{"verdict": "new", "result": "left_out", "error_code": "TH409", "done_at": "2026-01-01"}', '23514:import_lines_error_is_of_failed', 'an error of what did not fail'),
  (true, '{"verdict": "new", "result": "left_out"}', '23514:import_lines_done_has_result', 'left out at no time'),
  (false, '{"import_id": "00000000-0000-0000-0000-000000000000"}', '23503:import_lines_import_id_fkey', 'of no list'),
  (true, '{"program_slug": "none"}', null, 'what is read replaces it'),
  (false, '{"verdict": "refused", "reason": "no_name", "program_slug": "none"}', '23503:import_lines_program_slug_fkey', 'of no program'),
  (true, '{"verdict": "known", "reason": "to_enroll", "profile_id": "00000000-0000-0000-0000-000000000000"}', '23503:import_lines_profile_id_fkey', 'of nobody'),
  (true, '{"verdict": "known", "reason": "already_enrolled", "profile_id": "john", "result": "already_enrolled", "enrollment_id": "00000000-0000-0000-0000-000000000000", "done_at": "2026-01-01"}', '23503:import_lines_enrollment_id_fkey', 'of no enrollment')
) as c (read, more, by, what);
insert into handoff.import_lines (import_id, line, cells) select id, 2, '{x}' from given;
select is(pg_temp.add('{"line": 2}'), '23505:import_lines_pkey', 'twice');
select * from finish();
rollback;
