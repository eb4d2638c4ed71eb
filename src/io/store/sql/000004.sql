-- Who gets in, and how: a second factor, codes for when it is lost, other systems that vouch for somebody, tokens for
-- machines, tries that are counted before they are judged. Old processes may keep running: new columns have defaults.
alter table staff
  -- Sealed; absent where nobody has set one up.
  add column second_factor text,
  -- The last time step that was used, so that a code works once.
  add column second_step bigint not null default 0,
  -- The other two of the three who run a house; none of them holds two (GB/T 22239, 三员).
  add column house_duty text
--;
alter table staff add constraint staff_one_duty check (house_duty is null or (house_duty in ('security', 'audit') and not administrator))
--;
alter table session
  add column stage text not null default 'in',
  add column via text not null default 'password',
  add column came_from text,
  add column device text
--;
alter table session add constraint session_stage check (stage in ('in', 'second'))
--;
create table recovery_code (
  institution_id text not null references institution (id),
  staff_code text not null,
  digest bytea not null,
  used_at timestamptz,
  primary key (institution_id, staff_code, digest),
  foreign key (institution_id, staff_code) references staff (institution_id, code)
)
--;
create table staff_link (
  institution_id text not null references institution (id),
  provider text not null,
  subject text not null,
  staff_code text not null,
  made_at timestamptz not null,
  primary key (institution_id, provider, subject),
  foreign key (institution_id, staff_code) references staff (institution_id, code)
)
--;
create table api_token (
  institution_id text not null references institution (id),
  id text not null,
  digest bytea not null,
  title text not null,
  scopes text[] not null,
  made_by text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  ended_at timestamptz,
  primary key (institution_id, id),
  unique (institution_id, digest),
  foreign key (institution_id, made_by) references staff (institution_id, code)
)
--;
create table sign_in_try (
  institution_id text not null references institution (id),
  key text not null,
  tries integer not null,
  first_at timestamptz not null,
  primary key (institution_id, key)
)
--;
do $$ declare t text; begin
  foreach t in array array['recovery_code','staff_link','api_token','sign_in_try'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy keeper on %I to current_user using (true) with check (true)', t);
    execute format('create policy own_institution on %I to huiyin_app using (institution_id = current_setting(''app.institution'', true)) with check (institution_id = current_setting(''app.institution'', true))', t);
  end loop;
end $$
--;
grant select, insert, update, delete on recovery_code, sign_in_try to huiyin_app
--;
grant select, insert, delete on staff_link to huiyin_app
--;
grant select, insert, update on api_token to huiyin_app
--;
-- A key of the log can be changed: the newest signs, older ones still say what they signed.
alter table log_key add column retired_at timestamptz
--;
alter table log_key drop constraint log_key_pkey
--;
alter table log_key add primary key (institution_id, kind, public_key)
--;
create unique index log_key_now on log_key (institution_id, kind) where retired_at is null
--;
grant update on log_key to huiyin_app
