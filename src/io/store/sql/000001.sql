-- The first schema. Rules (docs/decisions/0002-tenancy.md): institution_id leads every key, row-level security on every
-- tenant table, one statement per message (a line that is only "--;" ends a statement), no trigger, no global claim.
do $$ begin if not exists (select from pg_roles where rolname = 'huiyin_app') then create role huiyin_app nologin; end if; end $$
--;
grant huiyin_app to current_user
--;
create table institution (
  id text primary key,
  parent_id text references institution (id),
  title_zh text not null,
  title_en text not null,
  is_example boolean not null default false,
  created_at timestamptz not null
)
--;
create table rulebook_text (
  digest text primary key,
  institution_key text not null,
  version text not null,
  text text not null
)
--;
create table log_head (
  institution_id text not null references institution (id),
  counter bigint not null,
  peaks bytea not null,
  root bytea not null,
  rulebook_digest bytea not null,
  last_recorded_at timestamptz,
  primary key (institution_id)
)
--;
create table log_entry (
  institution_id text not null references institution (id),
  n bigint not null,
  id text not null,
  case_id text,
  case_n bigint not null,
  type text not null,
  at text not null,
  recorded_at text not null,
  rulebook_digest bytea not null,
  body_digest bytea not null,
  leaf bytea not null,
  previous bytea not null,
  primary key (institution_id, n),
  unique (institution_id, id)
)
--;
create index log_entry_case on log_entry (institution_id, case_id, n)
--;
-- Salt and body stand outside the tree: deleting both leaves a digest nobody can guess from.
create table log_body (
  institution_id text not null,
  n bigint not null,
  salt bytea not null,
  body text not null,
  primary key (institution_id, n),
  foreign key (institution_id, n) references log_entry (institution_id, n)
)
--;
create table case_state (
  institution_id text not null references institution (id),
  case_id text not null,
  last_n bigint not null,
  events bigint not null,
  next_look_at timestamptz,
  primary key (institution_id, case_id)
)
--;
create index case_state_due on case_state (next_look_at)
--;
-- A computed due moment: a cache for the timers, never a source of truth.
create table timer (
  institution_id text not null references institution (id),
  key text not null,
  case_id text,
  clause text not null,
  duty text not null,
  unit text,
  role text,
  what text not null,
  due_at timestamptz not null,
  primary key (institution_id, key)
)
--;
create index timer_due on timer (due_at)
--;
create index timer_due_here on timer (institution_id, due_at)
--;
create table timer_fired (
  institution_id text not null references institution (id),
  key text not null,
  fired_at timestamptz not null,
  primary key (institution_id, key)
)
--;
create table notice (
  institution_id text not null references institution (id),
  id bigint generated always as identity,
  key text not null,
  channel text not null,
  destination text not null,
  subject text not null,
  text text not null,
  not_before timestamptz not null,
  state text not null check (state in ('waiting', 'claimed', 'sent', 'perhaps-sent', 'failed')),
  attempts integer not null default 0,
  claimed_at timestamptz,
  ended_at timestamptz,
  fault text,
  primary key (institution_id, id),
  unique (institution_id, key)
)
--;
create index notice_waiting on notice (not_before) where state = 'waiting'
--;
create table finding (
  institution_id text not null references institution (id),
  seen_at timestamptz not null,
  id text not null,
  source_key text not null,
  origin text not null,
  outlet text,
  url text,
  published_at timestamptz,
  title text not null,
  text text not null,
  matched jsonb not null,
  story text,
  state text not null check (state in ('new', 'in-case', 'dismissed', 'folded')),
  case_id text,
  event_id text,
  primary key (institution_id, seen_at, id)
) partition by range (seen_at)
--;
create index finding_state on finding (institution_id, state, seen_at)
--;
-- What makes a finding the same one: partitions cannot carry a key that lacks their date.
create table finding_key (
  institution_id text not null references institution (id),
  key text not null,
  id text not null,
  seen_at timestamptz not null,
  primary key (institution_id, key)
)
--;
create table source (
  institution_id text not null references institution (id),
  key text not null,
  kind text not null,
  title text not null,
  owner_unit text not null,
  purpose text not null,
  settings jsonb not null,
  state text not null check (state in ('proposed', 'on', 'off')),
  validators jsonb not null default '{}',
  next_due_at timestamptz not null,
  last_success_at timestamptz,
  last_fault text,
  primary key (institution_id, key)
)
--;
create table match_rule (
  institution_id text not null references institution (id),
  id text not null,
  version text not null,
  rule jsonb not null,
  state text not null check (state in ('on', 'off')),
  primary key (institution_id, id)
)
--;
create table staff (
  institution_id text not null references institution (id),
  code text not null,
  login text not null,
  display_name text not null,
  password_hash text not null,
  must_change boolean not null,
  administrator boolean not null default false,
  failures integer not null default 0,
  locked_until timestamptz,
  disabled_at timestamptz,
  primary key (institution_id, code),
  unique (institution_id, login)
)
--;
create table session (
  institution_id text not null references institution (id),
  token_digest bytea not null,
  staff_code text not null,
  csrf text not null,
  unit text,
  role text,
  language text not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (institution_id, token_digest),
  foreign key (institution_id, staff_code) references staff (institution_id, code)
)
--;
create table setting (
  institution_id text not null references institution (id),
  key text not null,
  value jsonb not null,
  primary key (institution_id, key)
)
--;
create table import_run (
  institution_id text not null references institution (id),
  digest text not null,
  file_name text not null,
  rows integer not null,
  imported integer not null,
  duplicates integer not null,
  refused integer not null,
  dropped text[] not null,
  ended_at timestamptz not null,
  primary key (institution_id, digest)
)
--;
create table audit (
  institution_id text not null references institution (id),
  id bigint generated always as identity,
  at timestamptz not null,
  staff_code text,
  what text not null,
  detail text not null,
  primary key (institution_id, id)
)
--;
do $$ declare t text; begin
  foreach t in array array['log_head','log_entry','log_body','case_state','timer','timer_fired','notice','finding','finding_key','source','match_rule','staff','session','setting','import_run','audit'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    -- The owner keeps backups and scans for what is due; it is the keeper's role, never the application's.
    execute format('create policy keeper on %I to current_user using (true) with check (true)', t);
    execute format('create policy own_institution on %I to huiyin_app using (institution_id = current_setting(''app.institution'', true)) with check (institution_id = current_setting(''app.institution'', true))', t);
  end loop;
end $$
--;
grant select, insert on institution, rulebook_text to huiyin_app
--;
grant select, insert on log_entry, timer_fired, finding_key, import_run, audit to huiyin_app
--;
grant select, insert, delete on log_body to huiyin_app
--;
grant select, insert, update on log_head, case_state, notice, finding, source, match_rule, staff, setting to huiyin_app
--;
grant select, insert, update, delete on timer, session to huiyin_app
