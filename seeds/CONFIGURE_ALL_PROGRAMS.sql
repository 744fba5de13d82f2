-- Configures the 5 partners, what their events mean, and the 49 programs with their 79 mappings.
-- Run with: psql "$DATABASE_URL" -f seeds/CONFIGURE_ALL_PROGRAMS.sql
-- Idempotent: adds what is missing and says so; what a school has changed since stays as it is, and is named.
\set ON_ERROR_STOP on
\set QUIET on

begin;
set local role handoff_owner;
set local search_path = pg_catalog, pg_temp;
set local row_security = on;
lock table handoff.partners, handoff.partner_event_types, handoff.programs, handoff.program_partners
  in share row exclusive mode;

create temporary table wanted_partners on commit drop as
select w.slug, w.name, w.launch_url, w.support_email, w.instructions, w.registration_hint
from (
  values
    ('hsi', 'Health & Safety Institute', 'https://www.hsi.com/login', 'support@hsi.com',
      'Sign in with the account that you have for this course. Go through every part of it, to the test at the end.',
      'Look for a mail from Health & Safety Institute, in your spam folder too: it says how to begin.'
      || E'\nIs there none? Ask your school to enroll you there.'),
    ('certiport', 'Certiport', 'https://www.certiport.com/portal/ssl/login.aspx', 'partnersupport@certiport.com',
      'Sign in with your Certiport user name. Your school tells you where and when you take the exam.'
      || E'\nNot passed at first? You can try again.',
      'Register on the page that opens, with your name as it stands on your ID.'
      || E'\nThen tell your school your user name, so that your result finds its way here.'),
    ('careersafe', 'CareerSafe', 'https://www.careersafeonline.com/campus/signin', 'support@careersafe.com',
      'Sign in with the user name that you were given for CareerSafe. Go through every lesson of the training.',
      'Your school gets a user name for you. Ask your school for it.'),
    ('jri', 'Job Ready Indy', 'https://learning.employindy.org/jri-participant-elevatehumanitycareertraining',
      'learning@employindy.org',
      'Sign in and earn all six badges. You can stop at any time and go on later.',
      'Register on the page that opens, with the e-mail address that your school writes to.'),
    ('milady', 'Milady', 'https://www.miladytraining.com/users/sign_in', 'support@milady.com',
      'Sign in and go through your course. You can stop at any time and go on later.',
      'Register on the page that opens, with the e-mail address that your school writes to.'
      || E'\nAre you asked for a code? Ask your school for it.')
) as w (slug, name, launch_url, support_email, instructions, registration_hint);

-- An earlier version knew no texts. A school that wants none sets them to ''.
with told as (
  update handoff.partners as p
  set instructions = w.instructions, registration_hint = w.registration_hint
  from pg_temp.wanted_partners as w
  where p.slug = w.slug and p.instructions is null and p.registration_hint is null
  returning p.slug
)
select
  'texts' as configured, (select count(*) from pg_temp.wanted_partners) as wanted, count(*) as added,
  null as "kept as the school changed it"
from told;

-- No partner says that its address takes a student's details, so none gets a launch_url_template.
with added as (
  insert into handoff.partners (slug, name, launch_url, support_email, instructions, registration_hint)
  select w.slug, w.name, w.launch_url, w.support_email, w.instructions, w.registration_hint from pg_temp.wanted_partners as w
  on conflict (slug) do nothing
  returning slug
)
select
  'partners' as configured,
  (select count(*) from pg_temp.wanted_partners) as wanted,
  (select count(*) from added) as added,
  (
    select string_agg(p.slug, ', ' order by p.slug)
    from pg_temp.wanted_partners as w
    join handoff.partners as p on p.slug = w.slug
    where (
      p.name, p.launch_url, p.support_email, p.instructions, p.registration_hint, p.launch_url_template
    ) is distinct from (w.name, w.launch_url, w.support_email, w.instructions, w.registration_hint, null)
  ) as "kept as the school changed it";

with wanted (partner_slug, event_type, meaning, item_field, pass_field, result_field, progress_total) as (
  values
    ('hsi', 'course.completed', 'completion', 'course_id', null, null, null::integer),
    ('hsi', 'certificate.issued', 'evidence', null, null, null, null),
    ('hsi', 'enrollment.created', 'acknowledgement', null, null, null, null),
    ('certiport', 'exam.completed', 'completion', 'exam_id', 'passed', 'score', null),
    ('certiport', 'certification.issued', 'evidence', null, null, null, null),
    ('certiport', 'enrollment.created', 'acknowledgement', null, null, null, null),
    ('careersafe', 'training.completed', 'completion', 'training_id', null, null, null),
    ('careersafe', 'certificate.issued', 'evidence', null, null, null, null),
    ('jri', 'program.completed', 'completion', null, null, null, null),
    ('jri', 'module.completed', 'progress', 'module_id', null, null, 6),
    ('jri', 'certificate.issued', 'evidence', null, null, null, null),
    ('milady', 'course.completed', 'completion', 'course_id', null, 'grade', null),
    ('milady', 'assessment.passed', 'progress', null, null, null, null),
    ('milady', 'certificate.issued', 'evidence', null, null, null, null),
    ('hsi', 'test', 'test', null, null, null, null),
    ('certiport', 'test', 'test', null, null, null, null),
    ('careersafe', 'test', 'test', null, null, null, null),
    ('jri', 'test', 'test', null, null, null, null),
    ('milady', 'test', 'test', null, null, null, null)
),
added as (
  insert into handoff.partner_event_types (
    partner_slug, event_type, meaning, item_field, pass_field, result_field, progress_total
  )
  select w.* from wanted as w
  on conflict (partner_slug, event_type) do nothing
  returning partner_slug
)
select
  'event types' as configured,
  (select count(*) from wanted) as wanted,
  (select count(*) from added) as added,
  (
    select string_agg(t.partner_slug || ' ' || t.event_type, ', ' order by t.partner_slug, t.event_type)
    from wanted as w
    join handoff.partner_event_types as t on t.partner_slug = w.partner_slug and t.event_type = w.event_type
    where (t.meaning, t.item_field, t.pass_field, t.result_field, t.progress_total)
      is distinct from (w.meaning, w.item_field, w.pass_field, w.result_field, w.progress_total)
  ) as "kept as the school changed it";

create temporary table wanted_programs on commit drop as
  select p.slug, p.name, p.category, p.partner_sequence, p.optional_partners
  from (
    values
      ('medical-assistant', 'Medical Assistant', 'Healthcare', 'hsi>certiport>careersafe', ''),
      ('cna', 'Certified Nursing Assistant (CNA)', 'Healthcare', 'hsi>certiport', ''),
      ('cna-wrg', 'Certified Nursing Assistant (CNA) - WRG', 'Healthcare', 'hsi>certiport', ''),
      ('dental-assistant', 'Dental Assistant', 'Healthcare', 'hsi>certiport', ''),
      ('pharmacy-technician', 'Pharmacy Technician', 'Healthcare', 'hsi>certiport', ''),
      ('phlebotomy-technician', 'Phlebotomy Technician', 'Healthcare', 'hsi>certiport', ''),
      ('emt', 'Emergency Medical Technician (EMT)', 'Healthcare', 'hsi>certiport', ''),
      ('community-healthcare-worker', 'Community Healthcare Worker', 'Healthcare', 'hsi>certiport', ''),
      ('emergency-health-safety-technician', 'Emergency Health & Safety Technician', 'Healthcare', 'hsi>certiport', 'certiport'),
      ('cpr-first-aid', 'CPR & First Aid', 'Healthcare', 'hsi', ''),
      ('barber-apprenticeship', 'Barber Apprenticeship', 'Beauty', 'milady>jri', ''),
      ('barber-apprenticeship-1500-hour', 'Barber Apprenticeship (1500-Hour)', 'Beauty', 'milady>jri', ''),
      ('barber-apprenticeship-2000-hour', 'Barber Apprenticeship (2000-Hour)', 'Beauty', 'milady>jri', ''),
      ('barber-apprenticeship-wrg', 'Barber Apprenticeship - WRG', 'Beauty', 'milady>jri', ''),
      ('esthetician-apprenticeship', 'Esthetician Apprenticeship', 'Beauty', 'milady>jri', ''),
      ('hair-stylist-esthetician-apprenticeship', 'Hair Stylist & Esthetician Apprenticeship', 'Beauty', 'milady>jri', ''),
      ('professional-esthetician', 'Professional Esthetician & Client Services', 'Beauty', 'milady>jri', ''),
      ('nail-technician-apprenticeship', 'Nail Technician Apprenticeship', 'Beauty', 'milady>jri', ''),
      ('hair-stylist-nail-technician-apprenticeship', 'Hair Stylist & Nail Technician Apprenticeship', 'Beauty', 'milady>jri', ''),
      ('hvac-technician', 'HVAC Technician', 'Skilled Trades', 'careersafe>certiport', ''),
      ('hvac-technician-wrg', 'HVAC Technician - WRG', 'Skilled Trades', 'careersafe>certiport', ''),
      ('hvac-2exclusive-apprenticeship', 'HVAC Technician (2Exclusive Apprenticeship)', 'Skilled Trades', 'careersafe>certiport', ''),
      ('automotive-technician', 'Automotive Technician', 'Skilled Trades', 'careersafe>certiport', ''),
      ('diesel-mechanic', 'Diesel Mechanic', 'Skilled Trades', 'careersafe>certiport', ''),
      ('manufacturing-technician', 'Manufacturing Technician', 'Skilled Trades', 'careersafe>certiport', ''),
      ('building-maintenance-technician', 'Building Maintenance Technician', 'Skilled Trades', 'careersafe>certiport', ''),
      ('solar-panel-installation', 'Solar Panel Installation', 'Skilled Trades', 'careersafe>certiport', ''),
      ('forklift-operator', 'Forklift Operator', 'Skilled Trades', 'careersafe', ''),
      ('it-support-specialist', 'IT Support Specialist', 'Technology', 'certiport', ''),
      ('cybersecurity-analyst', 'Cybersecurity Analyst', 'Technology', 'certiport', ''),
      ('web-development', 'Web Development', 'Technology', 'certiport', ''),
      ('data-analytics', 'Data Analytics', 'Technology', 'certiport', ''),
      ('administrative-assistant', 'Administrative Assistant', 'Business', 'jri>certiport', ''),
      ('customer-service-representative', 'Customer Service Representative', 'Business', 'jri>certiport', ''),
      ('bookkeeping', 'Bookkeeping', 'Business', 'jri>certiport', ''),
      ('business-startup', 'Business Start-Up', 'Business', 'jri', ''),
      ('entrepreneurship', 'Entrepreneurship', 'Business', 'jri', ''),
      ('cdl-training', 'CDL Training', 'Specialized', 'jri', ''),
      ('cdl-commercial-truck-driving-wrg', 'Commercial Truck Driving (CDL) - WRG', 'Specialized', 'jri', ''),
      ('peer-recovery-specialist', 'Peer Recovery Specialist', 'Specialized', 'jri', ''),
      ('peer-support-professional', 'Peer Support Professional', 'Specialized', 'jri', ''),
      ('recovery-coach', 'Recovery Coach', 'Specialized', 'jri', ''),
      ('reentry-specialist', 'Reentry Specialist', 'Specialized', 'jri', ''),
      ('direct-support-professional', 'Direct Support Professional', 'Specialized', 'jri', ''),
      ('life-coach-certification', 'Life Coach Certification', 'Specialized', 'jri', ''),
      ('real-estate-agent', 'Real Estate Agent', 'Specialized', 'jri', ''),
      ('insurance-agent', 'Insurance Agent', 'Specialized', 'jri', ''),
      ('tax-preparation', 'Tax Preparation', 'Specialized', 'jri', ''),
      ('youth-culinary-apprenticeship', 'Youth Culinary Apprenticeship', 'Specialized', 'jri', '')
  ) as p (slug, name, category, partner_sequence, optional_partners);

with added as (
  insert into handoff.programs (slug, name, category)
  select w.slug, w.name, w.category from pg_temp.wanted_programs as w
  on conflict (slug) do nothing
  returning slug
)
select
  'programs' as configured,
  (select count(*) from pg_temp.wanted_programs) as wanted,
  (select count(*) from added) as added,
  (
    select string_agg(g.slug, ', ' order by g.slug)
    from pg_temp.wanted_programs as w
    join handoff.programs as g on g.slug = w.slug
    where (g.name, g.category) is distinct from (w.name, w.category)
  ) as "kept as the school changed it";

-- A program that has mappings already keeps them all: a sequence is changed as a whole, by whom it concerns.
with wanted as (
  select
    w.slug as program_slug,
    m.partner_slug,
    m.sequence_order::integer,
    m.partner_slug <> all (string_to_array(w.optional_partners, '>')) as is_required
  from pg_temp.wanted_programs as w
  cross join lateral string_to_table(w.partner_sequence, '>') with ordinality as m (partner_slug, sequence_order)
),
configured as (
  select m.program_slug, m.partner_slug, m.sequence_order, m.is_required, m.course_ref
  from handoff.program_partners as m
  where m.program_slug in (select w.slug from pg_temp.wanted_programs as w)
),
added as (
  insert into handoff.program_partners (program_slug, partner_slug, sequence_order, is_required)
  select w.program_slug, w.partner_slug, w.sequence_order, w.is_required
  from wanted as w
  where w.program_slug not in (select c.program_slug from configured as c)
  returning program_slug
)
select
  'mappings' as configured,
  (select count(*) from wanted) as wanted,
  (select count(*) from added) as added,
  (
    select string_agg(distinct d.program_slug, ', ')
    from (
      (select w.*, null as course_ref from wanted as w except select c.* from configured as c)
      union all
      (select c.* from configured as c except select w.*, null from wanted as w)
    ) as d
    where d.program_slug in (select c.program_slug from configured as c)
  ) as "kept as the school changed it";

-- Programs whose course at a partner takes months: a student is not late there after a week. Where a limit is set it stays.
with wanted (program_slug, partner_slug, stuck_after_days) as (
  values
    ('barber-apprenticeship', 'milady', 180),
    ('barber-apprenticeship-1500-hour', 'milady', 240),
    ('barber-apprenticeship-2000-hour', 'milady', 300),
    ('barber-apprenticeship-wrg', 'milady', 180),
    ('esthetician-apprenticeship', 'milady', 120),
    ('hair-stylist-esthetician-apprenticeship', 'milady', 180),
    ('professional-esthetician', 'milady', 120),
    ('nail-technician-apprenticeship', 'milady', 60),
    ('hair-stylist-nail-technician-apprenticeship', 'milady', 180)
),
added as (
  update handoff.program_partners as m
  set stuck_after_days = w.stuck_after_days
  from wanted as w
  where m.program_slug = w.program_slug and m.partner_slug = w.partner_slug and m.stuck_after_days is null
  returning m.program_slug
)
select
  'limits of days' as configured,
  (select count(*) from wanted) as wanted,
  (select count(*) from added) as added,
  (
    select string_agg(w.program_slug, ', ' order by w.program_slug)
    from wanted as w
    join handoff.program_partners as m on m.program_slug = w.program_slug and m.partner_slug = w.partner_slug
    where m.stuck_after_days <> w.stuck_after_days
  ) as "kept as the school changed it";

commit;
