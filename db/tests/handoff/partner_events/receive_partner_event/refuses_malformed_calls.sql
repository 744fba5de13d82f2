begin;
select plan(29);

create function pg_temp.call(p_partner text, p_key text, p_body bytea, p_channel text, p_context jsonb) returns text language sql as $$
  select format('select handoff.receive_partner_event(%L, %L, %L, %L, %L)', p_partner, p_key, p_body, p_channel, p_context)
$$;

select throws_ok(pg_temp.call('hsi', v.key, '{}', 'webhook', '{}'), 'TH400', null, 'key ' || v.what)
from (values
  ('null', null), ('empty', ''), ('of 256 characters', repeat('k', 256)), ('with a line break', E'a\nb'),
  ('that ends with a line break', E'a\n'), ('with a tab', E'a\tb'), ('with an accent', 'é'), ('with DEL', E'a\x7f')
) as v (what, key);
select lives_ok(pg_temp.call('hsi', v.key, '{}', 'webhook', '{}'), 'Keys are 1 to 255 printable ASCII characters: ' || v.what)
from (values ('one', 'k'), ('255', repeat('k', 255)), ('a space', ' '), ('a tilde', '~'), ('all', '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}')) as v (what, key);

select throws_ok(pg_temp.call('hsi', 'key', null, 'webhook', '{}'), 'TH400', null, 'body null');
select throws_ok(pg_temp.call('hsi', 'key', '{}', v.channel, '{}'), 'TH400', null, 'channel ' || coalesce(v.channel, 'null'))
from (values (null), (''), ('mail'), ('Webhook')) as v (channel);
select throws_ok(pg_temp.call('hsi', 'key', '{}', 'webhook', v.context), 'TH400', null, 'context ' || coalesce(v.context::text, 'null'))
from (values (null::jsonb), ('[]'), ('"x"'), ('null')) as v (context);

select throws_ok(pg_temp.call(v.slug, 'key', '{}', 'webhook', '{}'), 'TH404', null, 'unknown partner ' || coalesce(v.slug, 'null'))
from (values ('nobody'), ('HSI'), (' hsi'), (null)) as v (slug);

select lives_ok(
  pg_temp.call('hsi', 'large', convert_to(repeat(' ', 65536), 'UTF8'), 'webhook', '{}'), 'a body of at most 64 KiB is stored'
);
select throws_ok(
  pg_temp.call('hsi', 'larger', convert_to(repeat(' ', 65537), 'UTF8'), 'webhook', '{}'), 'TH413', null, 'one byte more is refused'
);
select is(
  (select count(*) from handoff.partner_events), 6::bigint, 'nothing is stored of what was refused'
);

select * from finish();
rollback;
