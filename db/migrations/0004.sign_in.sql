-- Sign-in by one-time link. Only digests are stored: who reads the tables can't sign in.

create table handoff.sign_in_links (
  token_hash bytea primary key,
  profile_id uuid not null references handoff.profiles on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz,
  constraint sign_in_links_hash_size check (octet_length(token_hash) = 32),
  constraint sign_in_links_time_order check (expires_at > created_at and used_at >= created_at)
);
create index sign_in_links_profile on handoff.sign_in_links (profile_id, created_at);
comment on table handoff.sign_in_links is 'One-time links sent by e-mail; an SHA-256 of each.';

create table handoff.sessions (
  session_hash bytea primary key,
  profile_id   uuid not null references handoff.profiles on delete cascade,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  constraint sessions_hash_size check (octet_length(session_hash) = 32),
  constraint sessions_time_order check (expires_at > created_at)
);
create index sessions_profile on handoff.sessions (profile_id);
comment on table handoff.sessions is 'Who is signed in; an SHA-256 of each cookie.';
