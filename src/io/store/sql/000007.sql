-- What matters, the same thing once, one story: items are numbered as they come in, copies name their first, stories count
-- them; words of concern have versions that a second person switches on; what was missed becomes a test. Items of public
-- media and what people sent to us never share a story: they meet as a count by topic and nowhere else.
alter table finding
  -- Place in the order of intake; 0 = came in before there was one.
  add column n bigint not null default 0,
  add column lane text not null default 'public',
  add column same_of text,
  add column same_kind text not null default 'first',
  add column likeness real not null default 0,
  add column outlet_kind text,
  add column region text
--;
alter table finding add constraint finding_lane check (lane in ('public', 'hotline'))
--;
alter table finding add constraint finding_same check (same_kind in ('first', 'exact', 'near', 'update'))
--;
create index finding_n on finding (institution_id, n)
--;
create index finding_story on finding (institution_id, story)
--;
create index finding_same_of on finding (institution_id, same_of) where same_of is not null
--;
create index finding_key_id on finding_key (institution_id, id)
--;
-- One row an institution: how many items have come in. Whoever takes items in locks it first, so that there is one order.
create table intake_head (
  institution_id text not null references institution (id),
  n bigint not null,
  -- Goes up when people split stories: what a process remembers of the window is then read again.
  turn bigint not null default 0,
  primary key (institution_id)
)
--;
create table story (
  institution_id text not null references institution (id),
  id text not null,
  lane text not null check (lane in ('public', 'hotline', 'passed')),
  title text not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  -- Of the newest item in it.
  n bigint not null,
  originals integer not null,
  copies integer not null,
  -- Findings in it on which nobody has decided yet.
  fresh integer not null,
  case_id text,
  joined_into text,
  primary key (institution_id, id)
)
--;
create index story_fresh on story (institution_id, last_at) where fresh > 0 and joined_into is null
--;
create index story_last on story (institution_id, lane, last_at)
--;
create index story_case on story (institution_id, case_id) where case_id is not null
--;
-- What no word of concern hit, kept for some days for the list of what grows near us.
create table passed_item (
  institution_id text not null references institution (id),
  id text not null,
  n bigint not null,
  seen_at timestamptz not null,
  source_key text not null,
  outlet text,
  outlet_kind text,
  region text,
  url text,
  published_at timestamptz,
  title text not null,
  text text not null,
  story text not null,
  same_of text,
  same_kind text not null default 'first',
  primary key (institution_id, id)
)
--;
create index passed_item_n on passed_item (institution_id, n)
--;
create index passed_item_seen on passed_item (institution_id, seen_at)
--;
create index passed_item_story on passed_item (institution_id, story)
--;
-- How many rows of hotline and petition hit a rule on a day: all that a public story ever learns of them.
create table topic_count (
  institution_id text not null references institution (id),
  topic text not null,
  day date not null,
  n integer not null,
  primary key (institution_id, topic, day)
)
--;
-- What people did with stories, for taking it back within half a minute. The facts stand in the log.
create table triage_act (
  institution_id text not null references institution (id),
  id text not null,
  at timestamptz not null,
  staff_code text not null,
  what text not null check (what in ('open', 'join', 'dismiss', 'merge', 'split', 'undo')),
  story text not null,
  detail jsonb not null,
  undone_at timestamptz,
  primary key (institution_id, id)
)
--;
create index triage_act_at on triage_act (institution_id, at)
--;
-- Versions of a rule of concern. At most one of a rule is on; that one stands in match_rule as well.
create table rule_version (
  institution_id text not null references institution (id),
  rule text not null,
  version integer not null,
  title text not null,
  body jsonb not null,
  unit text,
  note text not null,
  -- Terms that look like a person's name, and what their author says they are.
  said jsonb not null default '[]',
  made_by text not null,
  made_at timestamptz not null,
  tried_at timestamptz,
  trial jsonb,
  on_by text,
  on_at timestamptz,
  off_by text,
  off_at timestamptz,
  primary key (institution_id, rule, version),
  -- Tried before it counts, and switched on by somebody else.
  constraint rule_tried_first check (on_at is null or tried_at is not null),
  constraint rule_second_person check (on_by is null or on_by is distinct from made_by)
)
--;
create unique index rule_version_on on rule_version (institution_id, rule) where on_at is not null and off_at is null
--;
-- What was missed, and which rule should have caught it: a test at every trial of that rule.
create table miss (
  institution_id text not null references institution (id),
  id text not null,
  found_at timestamptz not null,
  how text not null check (how in ('phone', 'superior', 'growing', 'drill', 'other')),
  title text not null,
  text text not null,
  outlet text,
  rule text,
  why text not null,
  passed_item text,
  entered_by text not null,
  primary key (institution_id, id)
)
--;
create index miss_rule on miss (institution_id, rule)
--;
-- The monthly look at a sample of what was passed over.
create table recall_drill (
  institution_id text not null references institution (id),
  month text not null,
  item text not null,
  title text not null,
  text text not null,
  outlet text,
  verdict text check (verdict in ('ours', 'not-ours')),
  said_by text,
  said_at timestamptz,
  primary key (institution_id, month, item)
)
--;
create table route_model (
  institution_id text not null references institution (id),
  made_at timestamptz not null,
  model jsonb not null,
  items integer not null,
  accuracy real,
  primary key (institution_id, made_at)
)
--;
do $$ declare t text; begin
  foreach t in array array['intake_head','story','passed_item','topic_count','triage_act','rule_version','miss','recall_drill','route_model'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy keeper on %I to current_user using (true) with check (true)', t);
    execute format('create policy own_institution on %I to huiyin_app using (institution_id = current_setting(''app.institution'', true)) with check (institution_id = current_setting(''app.institution'', true))', t);
  end loop;
end $$
--;
grant select, insert, update on intake_head, story, topic_count, triage_act, rule_version, miss, recall_drill to huiyin_app
--;
grant select, insert, update, delete on passed_item to huiyin_app
--;
grant delete on story, finding_key to huiyin_app
--;
grant select, insert, delete on route_model to huiyin_app
