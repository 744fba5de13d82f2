create or replace function handoff_private.between_words()
returns text
language sql
immutable
as $$ select $re$[][ !"#$%&()*+,./:;<=>?@\\^_`{|}~-]+$re$ $$;

comment on function handoff_private.between_words() is
  'For regular expressions on texts as they are looked for: what stands between two words.';
