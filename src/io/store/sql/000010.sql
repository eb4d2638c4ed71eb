-- What is arranged around watches, own channels and inspection, and is no fact of a matter: shift patterns, swaps that are
-- asked, who looks after a channel, what its own feed shows, who was asked for a word before a finding, which dismissals
-- were looked at again. Old processes may keep running: they know nothing of these tables.
create table rota_pattern (
  institution_id text not null references institution (id),
  rota text not null,
  unit text not null,
  -- [{name, opens, closes}], in the order of the day; a shift that closes at or before it opens ends the next day.
  shifts jsonb not null,
  -- Roles of the unit, in the order of their turn.
  offices text[] not null,
  rest_hours integer not null,
  primary key (institution_id, rota, unit)
)
--;
create table shift_swap (
  institution_id text not null references institution (id),
  id text not null,
  rota text not null,
  unit text not null,
  role text not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  with_role text not null,
  -- The shift given in return, where one is.
  back_from timestamptz,
  back_to timestamptz,
  asked_at timestamptz not null,
  state text not null check (state in ('asked', 'accepted', 'declined', 'withdrawn')),
  settled_at timestamptz,
  event_id text,
  primary key (institution_id, id)
)
--;
create table own_channel (
  institution_id text not null references institution (id),
  channel text not null,
  state text not null check (state in ('in-use', 'paused', 'closed')),
  -- The office that holds the keys.
  unit text not null,
  role text not null,
  since timestamptz not null,
  site text,
  -- Where its own posts are read; a source that is off for the watch.
  source_key text,
  read_at timestamptz,
  read_problem text,
  -- What the feed showed on the first reading is older than our watching and is never alarmed.
  first_read_at timestamptz,
  -- Who is told when something stands there that nobody signed.
  alarm_unit text not null,
  alarm_role text not null,
  primary key (institution_id, channel)
)
--;
create table own_channel_holding (
  institution_id text not null,
  channel text not null,
  since timestamptz not null,
  unit text not null,
  role text not null,
  note text not null,
  primary key (institution_id, channel, since),
  foreign key (institution_id, channel) references own_channel (institution_id, channel)
)
--;
create table own_channel_plan (
  institution_id text not null references institution (id),
  id text not null,
  channel text not null,
  planned_on date not null,
  title text not null,
  unit text not null,
  state text not null check (state in ('planned', 'dropped')),
  primary key (institution_id, id)
)
--;
create table own_channel_item (
  institution_id text not null,
  channel text not null,
  id text not null,
  title text not null,
  body text not null,
  url text,
  published_at timestamptz,
  seen_at timestamptz not null,
  state text not null check (state in ('before', 'backed', 'unbacked', 'explained', 'recorded')),
  -- The nearest text that somebody signed, and how much of the shorter one stands in the other.
  document text,
  likeness real not null,
  looked_unit text,
  looked_role text,
  looked_at timestamptz,
  why text,
  event_id text,
  primary key (institution_id, channel, id),
  foreign key (institution_id, channel) references own_channel (institution_id, channel)
)
--;
create table inspection_hearing (
  institution_id text not null references institution (id),
  -- The duty it is about, as the pages name it.
  duty text not null,
  unit text not null,
  clause text not null,
  case_id text,
  asked_unit text not null,
  asked_role text not null,
  asked_at timestamptz not null,
  answer_by timestamptz not null,
  primary key (institution_id, duty)
)
--;
create table dismissal_look (
  institution_id text not null references institution (id),
  event_id text not null,
  unit text not null,
  role text not null,
  looked_at timestamptz not null,
  verdict text not null check (verdict in ('fine', 'take-up')),
  note text not null,
  primary key (institution_id, event_id)
)
--;
do $$ declare t text; begin
  foreach t in array array['rota_pattern','shift_swap','own_channel','own_channel_holding','own_channel_plan','own_channel_item','inspection_hearing','dismissal_look'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy keeper on %I to current_user using (true) with check (true)', t);
    execute format('create policy own_institution on %I to huiyin_app using (institution_id = current_setting(''app.institution'', true)) with check (institution_id = current_setting(''app.institution'', true))', t);
  end loop;
end $$
--;
grant select, insert, update on rota_pattern, shift_swap, own_channel, own_channel_plan, own_channel_item, inspection_hearing, dismissal_look to huiyin_app
--;
grant select, insert on own_channel_holding to huiyin_app
