create or replace function handoff_private.judged(
  p_line handoff.import_lines, p_verdict text, p_reason text, p_profile_id uuid default null, p_other_line integer default null
)
returns handoff.import_lines
language plpgsql
immutable
as $$
declare
  v_line handoff.import_lines := p_line;
begin
  v_line.verdict := p_verdict;
  v_line.reason := p_reason;
  v_line.profile_id := p_profile_id;
  v_line.other_line := p_other_line;
  v_line.is_wanted := p_verdict in ('new', 'known');
  return v_line;
end;
$$;

comment on function handoff_private.judged(handoff.import_lines, text, text, uuid, integer) is
  'The line with a verdict. What is new or known is wanted, what is doubtful only when somebody chooses it.';
