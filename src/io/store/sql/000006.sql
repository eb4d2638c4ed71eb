-- Collection: who reads which source now, how long each was read and how long it was not, robots.txt as fetched, the dates
-- of what was found, and what a page held when it was looked at. Old processes may keep running: new columns may be null.
alter table source
  -- While somebody reads it nobody else does; a reader that died frees it when the time is over.
  add column claimed_until timestamptz,
  add column claimed_by text,
  -- Failures in a row.
  add column failures integer not null default 0,
  -- When a named office was told that it is dead or silent, and which.
  add column told_at timestamptz,
  add column told_what text
--;
create index source_due on source (next_due_at) where state = 'on'
--;
create index source_due_here on source (institution_id, next_due_at) where state = 'on'
--;
-- A stretch of time in which a source was read at its pace, or could not be. Readings extend the last stretch; what no
-- stretch covers was not read. Stretches end with the day, so that a day's yield can be told.
create table source_span (
  institution_id text not null references institution (id),
  source_key text not null,
  began_at timestamptz not null,
  ended_at timestamptz not null,
  state text not null check (state in ('read', 'failed')),
  readings bigint not null,
  -- Held by the last reading; new to us over the stretch; taken in over the stretch.
  items bigint not null default 0,
  fresh bigint not null default 0,
  added bigint not null default 0,
  milliseconds bigint not null default 0,
  fault text,
  primary key (institution_id, source_key, began_at)
)
--;
create index source_span_ended on source_span (institution_id, ended_at)
--;
create table robots_file (
  institution_id text not null references institution (id),
  origin text not null,
  fetched_at timestamptz not null,
  -- RFC 9309 2.3.1: rules were read; there are none (4xx); nobody can say (5xx, no connection).
  state text not null check (state in ('rules', 'none', 'unreachable')),
  text text not null default '',
  unreachable_since timestamptz,
  primary key (institution_id, origin)
)
--;
-- What is known of the date of a finding: what its source claims, what its page says, when we first saw it, and since when
-- we would have seen it.
create table finding_date (
  institution_id text not null references institution (id),
  finding_id text not null,
  claimed_at timestamptz,
  claimed_from text,
  extracted_at timestamptz,
  extracted_from text,
  first_seen_at timestamptz not null,
  not_before timestamptz,
  primary key (institution_id, finding_id)
)
--;
-- One look at the page of a finding. Bytes of outlets and authorities are kept; of pages where members of the public speak
-- only their digest is, and the bytes, sealed, only where a named office asked with a reason, for 30 days.
create table evidence_look (
  institution_id text not null references institution (id),
  finding_id text not null,
  n bigint not null,
  looked_at timestamptz not null,
  why text not null check (why in ('first', 'hour', 'six-hours', 'day', 'week', 'asked')),
  outcome text not null check (outcome in ('kept', 'same', 'changed', 'gone', 'unreachable', 'refused')),
  keeps text not null check (keeps in ('bytes', 'digest')),
  url text not null,
  status bigint,
  headers jsonb not null default '{}',
  digest text,
  size bigint,
  title text,
  text text,
  fault text,
  -- Compressed; outlets and authorities only.
  body bytea,
  primary key (institution_id, finding_id, n)
)
--;
create table evidence_due (
  institution_id text not null references institution (id),
  finding_id text not null,
  why text not null,
  due_at timestamptz not null,
  tries bigint not null default 0,
  primary key (institution_id, finding_id, why)
)
--;
create index evidence_due_at on evidence_due (due_at)
--;
-- Bytes of a page where members of the public speak: sealed each with its own purpose, deleted on their date.
create table evidence_sealed (
  institution_id text not null references institution (id),
  finding_id text not null,
  n bigint not null,
  sealed text,
  unit text not null,
  role text not null,
  staff_code text,
  reason text not null,
  sealed_at timestamptz not null,
  keep_until timestamptz not null,
  deleted_at timestamptz,
  primary key (institution_id, finding_id, n),
  foreign key (institution_id, finding_id, n) references evidence_look (institution_id, finding_id, n),
  check ((sealed is null) = (deleted_at is not null))
)
--;
create index evidence_sealed_until on evidence_sealed (institution_id, keep_until) where deleted_at is null
--;
do $$ declare t text; begin
  foreach t in array array['source_span','robots_file','finding_date','evidence_look','evidence_due','evidence_sealed'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy keeper on %I to current_user using (true) with check (true)', t);
    execute format('create policy own_institution on %I to huiyin_app using (institution_id = current_setting(''app.institution'', true)) with check (institution_id = current_setting(''app.institution'', true))', t);
  end loop;
end $$
--;
grant select, insert, update on source_span, robots_file, finding_date, evidence_sealed to huiyin_app
--;
grant select, insert on evidence_look to huiyin_app
--;
grant select, insert, update, delete on evidence_due to huiyin_app
