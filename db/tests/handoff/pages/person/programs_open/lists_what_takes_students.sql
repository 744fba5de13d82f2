begin;
select plan(3);
update handoff.programs set is_open = false where slug = 'cna';
select is((select count(*) from handoff.programs_open() as p where p.program_slug = 'cna'), 0::bigint, 'a closed one takes none');
select is((select p.partners from handoff.programs_open() as p where p.program_slug = 'medical-assistant'), (select string_agg(r.name, ', ' order by m.sequence_order) from handoff.program_partners as m join handoff.partners as r on r.slug = m.partner_slug where m.program_slug = 'medical-assistant' and m.is_required), 'with the partners in order');
select is((select count(*) from handoff.programs_open() as p), 48::bigint, 'all others');
select * from finish();
rollback;
