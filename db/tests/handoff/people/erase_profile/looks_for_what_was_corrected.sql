begin;
select plan(5);

create temporary table given as
select handoff.create_profile('old@test.example', 'Zebulon Quux') as zeb, test.student() as john, test.admin() as ada, test.enroll('cna') as cna;
select handoff.correct_profile(zeb, 'new@test.example', 'Zeb Newname', 'married'), handoff.correct_profile(zeb, null, 'Zeb Newername', 'a slip') from given;
select is((select p.former_details from handoff.profiles as p, given where p.id = zeb), array['old@test.example', 'Zebulon Quux', 'Zeb Newname'], 'what was corrected is kept');
select handoff.hold_enrollment(cna, 'as Zebulon Quux'), handoff.resume_enrollment(cna, 'asked old@test.example') from given;
select test.send('hsi', 'certificate.issued', john, '{"x": "Zeb Newname"}') from given;
select handoff.erase_profile(zeb, 'asked for it') from given;
select is((select a.reason from handoff.acts as a where a.act = 'erased'), 'asked for it', 'the reason stays that names nobody');
select is(test.found(w.word), '', w.word || ' is in no column of no table') from (values ('Zebulon'), ('old@'), ('Newname')) as w (word);

select * from finish();
rollback;
