begin;
select plan(2);

update handoff.partners set status = 'retired' where slug = 'milady';
update handoff.partners set signature_scheme = 'hmac-sha256', status = 'disabled' where slug = 'jri';
select results_eq(
  'select d.slug, d.status, d.signature_scheme from handoff.partner_directory() as d',
  $$values
    ('careersafe', 'active', 'standard'), ('certiport', 'active', 'standard'), ('hsi', 'active', 'standard'),
    ('jri', 'disabled', 'hmac-sha256'), ('milady', 'retired', 'standard')$$,
  'whatever their status, in order, with the scheme that they sign by'
);
insert into handoff.partners (slug, name) values ('acme', 'Acme');
select is((select d.slug from handoff.partner_directory() as d limit 1), 'acme', 'a new one at once');

select * from finish();
rollback;
