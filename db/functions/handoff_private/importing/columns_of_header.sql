-- Of two columns with one meaning the first counts. A name in one piece goes before its parts.
create or replace function handoff_private.columns_of_header(p_header text[])
returns jsonb
language sql
immutable
as $$
  select coalesce(jsonb_object_agg(f.field, f.place), '{}')
  from (
    select k.field, min(h.place) as place
    from unnest(p_header) with ordinality as h (title, place)
    join (values
      ('name', '{name,fullname,studentname,student,learner,learnername,participant}'::text[]),
      ('first', '{firstname,first,givenname,forename,fname}'),
      ('last', '{lastname,last,surname,familyname,lname}'),
      ('email', '{email,emailaddress,mail,studentemail,emailadress,mailaddress}'),
      ('program', '{program,programs,programname,programslug,programme}'),
      ('cohort', '{cohort,group,class,intake}')
    ) as k (field, titles) on regexp_replace(handoff.search_form(h.title), '[^a-z]', '', 'g') = any (k.titles)
    group by k.field
  ) as f
$$;

comment on function handoff_private.columns_of_header(text[]) is
  'Which column of a list of students has which field, by the usual names of columns: {"email": 2}, counted from 1.';
