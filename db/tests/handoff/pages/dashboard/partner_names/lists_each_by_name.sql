begin;
select plan(2);
select results_eq(
  'select p.partner_slug from handoff.partner_names() as p',
  $$values ('careersafe'), ('certiport'), ('hsi'), ('jri'), ('milady')$$, 'in the order of their names'
);
select is(p.partner_name, 'Health & Safety Institute', 'with the name') from handoff.partner_names() as p where p.partner_slug = 'hsi';
select * from finish();
rollback;
