"""What somebody may change in a deployed database, each with the beginning of the line that names it.

No two faults of a group are about one thing: each has a line of its own, and none is put right because another is.
"""

STRANGER = "school_stranger"

# What is ours, by what makes a deploy apply files anew: it puts it right.
OURS = {
    "tables": {
        "alter table handoff.profiles disable row level security": "table handoff.profiles is another",
        "alter table handoff.sessions no force row level security": "table handoff.sessions is another",
    },
    "policies": {
        "drop policy admin_reads on handoff.profiles": "policy handoff.profiles.admin_reads is missing",
        "alter policy admin_reads on handoff.certificates using (true)": (
            "policy handoff.certificates.admin_reads is another"
        ),
        "create policy x on handoff.profiles for select to handoff_student using (true)": (
            "policy handoff.profiles.x is not ours"
        ),
        "create policy y on handoff.profiles using (true)": "policy handoff.profiles.y is not ours",
    },
    "rights": {
        "revoke select on handoff.profiles from handoff_owner": (
            "right select on table handoff.profiles of the owner is mi"
        ),
        "revoke select on handoff.profiles from handoff_admin": (
            "right select on table handoff.profiles of handoff_admin"
        ),
        "grant select on handoff.certificates to public": (
            "right select on table handoff.certificates of everybody is not"
        ),
        "grant insert on handoff.enrollments to handoff_student": (
            "right insert on table handoff.enrollments of handoff_"
        ),
        "grant select (session_hash) on handoff.sessions to handoff_student": (
            "right select on column handoff.sessions.ses"
        ),
        "grant select on handoff.acts to handoff_admin with grant option": (
            "right select on table handoff.acts of handoff_"
        ),
        "grant usage on sequence handoff.step_transitions_id_seq to public": (
            "right usage on sequence handoff.step_transi"
        ),
        "grant usage on schema handoff_private to handoff_webhook": (
            "right usage on schema handoff_private of handoff_web"
        ),
        "grant create on schema handoff to handoff_admin": (
            "right create on schema handoff of handoff_admin is not ours"
        ),
        "grant usage on type handoff_private.act to public": "right usage on type handoff_private.act of everybody",
        "grant execute on function handoff.session_profile(bytea) to public": (
            "right execute on function handoff.session_"
        ),
        "revoke execute on function handoff.get_current_step(uuid) from handoff_student": (
            "right execute on function handoff.get_current_step"
        ),
    },
    "functions": {
        "drop function handoff.skip_step(uuid, text)": "function handoff.skip_step(uuid,text) is missing",
        "create or replace function handoff.caller_id() returns uuid stable language sql as 'select null::uuid'": (
            "function handoff.caller_id() is another"
        ),
        "alter function handoff.session_profile(bytea) reset search_path": (
            "function handoff.session_profile(bytea) is another"
        ),
        "alter function handoff.complete_sign_in(bytea, bytea) security invoker": (
            "function handoff.complete_sign_in(bytea,bytea) is another"
        ),
        "alter function handoff.is_admin() leakproof": "function handoff.is_admin() is another",
    },
    "triggers": {
        "drop trigger never_emptied on handoff.certificates": "trigger handoff.certificates.never_emptied is missing",
        "alter table handoff.acts disable trigger append_only": "trigger handoff.acts.append_only is another",
        "alter table handoff.certificates enable trigger append_only": (
            "trigger handoff.certificates.append_only is another"
        ),
        "create or replace trigger append_only before update on handoff.step_transitions"
        " for each statement execute function handoff_private.refuse_change()": (
            "trigger handoff.step_transitions.append_"
        ),
    },
}

# What is ours, and every deploy sets.
SET_ALWAYS = {
    "alter table handoff_ops.locks disable row level security": "table handoff_ops.locks is another",
    "alter table handoff.profiles owner to postgres": "table handoff.profiles is another",
    "alter function handoff.clock() owner to postgres": "function handoff.clock() is another",
    "alter type handoff.event_receipt owner to postgres": "type handoff.event_receipt is another",
    "alter schema handoff owner to postgres": "schema handoff is another",
    "revoke usage on schema handoff_private from handoff_owner": "right usage on schema handoff_private of the owner",
}

# What is not, or what no file of a deploy makes again.
OTHERS = {
    "rights and members": {
        f"grant select on handoff.sessions to {STRANGER}": (
            f"right select on table handoff.sessions of {STRANGER} is not"
        ),
        f"grant usage on schema handoff_private to {STRANGER}": (
            f"right usage on schema handoff_private of {STRANGER} is"
        ),
        f"grant handoff_admin to {STRANGER}": f"member {STRANGER} of handoff_admin is not ours",
        f"grant handoff_owner to {STRANGER}": f"member {STRANGER} of handoff_owner is not ours",
        "grant create on schema public to handoff_student": (
            "right create in schema public of handoff_student is not ours"
        ),
        "grant create on schema public to public": "right create in schema public of everybody is not ours",
        "alter default privileges for role handoff_owner grant select on tables to public": (
            "right select on what is made in future of everybody is not ours"
        ),
    },
    "what is new": {
        f"create policy x on handoff.sessions to {STRANGER} using (true)": "policy handoff.sessions.x is not ours",
        "create view public.v as select * from handoff.sessions": "reader public.v of handoff.sessions is not ours",
        "create view handoff.v as select 1 as one": "view handoff.v is not ours",
        "create table public.t () inherits (handoff.acts)": "heir public.t of handoff.acts is not ours",
        "create table handoff.notes (id integer primary key)": "table handoff.notes is not ours",
        "create operator handoff.= (function = int4eq, leftarg = integer, rightarg = integer)": (
            "operator handoff.=(integer,integer) is not ours"
        ),
        "create function handoff_private.helper() returns integer language sql as 'select 1'": (
            "function handoff_private.helper() is not ours"
        ),
        "create trigger x before insert on handoff.acts execute function handoff_private.refuse_change()": (
            "trigger handoff.acts.x is not ours"
        ),
        "create rule x as on delete to handoff.acts do instead nothing": "rule handoff.acts.x is not ours",
        "alter table handoff.programs add constraint odd check (true) not valid": (
            "constraint handoff.programs.odd is not"
        ),
        "alter table handoff.programs add column note text": "column handoff.programs.note is not ours",
        "create function public.f() returns bigint security definer language sql"
        " as 'select count(*) from handoff.sessions'; alter function public.f() owner to handoff_owner": (
            "belonging function public.f() of handoff_owner is not ours"
        ),
    },
    "what is missing or another": {
        "drop index handoff.partner_events_attention": (
            "index handoff.partner_events.partner_events_attention is missing"
        ),
        "update pg_catalog.pg_index set indisvalid = false where indexrelid = 'handoff.partner_events_due'::regclass": (
            "index handoff.partner_events.partner_events_due is another"
        ),
        "alter table handoff.acts drop constraint acts_reason_given": (
            "constraint handoff.acts.acts_reason_given is missi"
        ),
        "alter table handoff.programs alter name drop not null": "column handoff.programs.name is another",
        "alter table handoff.partners alter status set default 'retired'": "column handoff.partners.status is another",
        'alter table handoff.partners alter name type text collate "C"': "column handoff.partners.name is another",
        "alter table handoff.step_transitions alter id set generated by default": (
            "column handoff.step_transitions.id is a"
        ),
        "alter sequence handoff.step_transitions_id_seq cache 10": (
            "sequence handoff.step_transitions_id_seq is another"
        ),
        "alter sequence handoff.partner_events_position_seq increment 2": (
            "sequence handoff.partner_events_position_seq is another"
        ),
        "alter table handoff.sessions disable trigger all": (
            "constraint handoff.sessions.sessions_profile_id_fkey is an"
        ),
        "alter table handoff.sessions set (fillfactor = 50)": "table handoff.sessions is another",
    },
}

# Roles belong to the cluster, so each is undone.
ROLES = {
    "attributes": {
        "alter role handoff_student login": "role handoff_student is another",
        "alter role handoff_worker_login nologin": "role handoff_worker_login is another",
        "alter role handoff_pages_login inherit": "role handoff_pages_login is another",
        "alter role handoff_public superuser": "role handoff_public is another",
        "alter role handoff_owner bypassrls": "role handoff_owner is another",
        "alter role handoff_admin createrole": "role handoff_admin is another",
    },
    "members": {
        "grant handoff_owner to handoff_worker_login": "member handoff_worker_login of handoff_owner is not ours",
        "grant pg_read_all_data to handoff_public": "member handoff_public of pg_read_all_data is not ours",
        "grant handoff_admin to handoff_pages_login with admin option": (
            "member handoff_pages_login of handoff_admin is an"
        ),
        "revoke handoff_webhook from handoff_webhook_login": (
            "member handoff_webhook_login of handoff_webhook is missing"
        ),
    },
    "settings": {
        "alter role handoff_pages_login set default_transaction_read_only = on": (
            "setting in all databases default_transaction_read_only of handoff_pages_login is not ours"
        ),
        "alter role handoff_student in database {database} set work_mem = '1GB'": (
            "setting work_mem of handoff_student is not ours"
        ),
        "alter role handoff_student in database {database} set jit = on": "setting jit of handoff_student is another",
    },
}
