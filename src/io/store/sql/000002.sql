-- Reminders that can be acknowledged and escalated, notices that travel together, and the pace of each channel.
-- Old processes may keep running through this: every new column has a default or may be null.
create table reminder (
  institution_id text not null references institution (id),
  key text not null,
  -- The duty without the moment: what is met, moved or lifted closes every reminder of it.
  duty_key text not null,
  case_id text,
  clause text not null,
  duty text not null,
  unit text,
  role text,
  what text not null,
  due_at timestamptz not null,
  raised_at timestamptz not null,
  level integer not null default 0,
  escalate_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text,
  closed_at timestamptz,
  primary key (institution_id, key)
)
--;
create index reminder_escalate on reminder (escalate_at) where escalate_at is not null
--;
create index reminder_open on reminder (institution_id, raised_at) where closed_at is null
--;
-- When a channel last sent (milliseconds), so that its limit holds over restarts and between processes.
create table channel_pace (
  institution_id text not null references institution (id),
  channel text not null,
  recent bigint[] not null default '{}',
  rests_until timestamptz,
  primary key (institution_id, channel)
)
--;
alter table notice
  add column reminder_key text,
  add column group_key text,
  -- The first notice of those that went out as one message; set once, so that a second try carries the same content.
  add column batch bigint,
  add column urgency integer not null default 0,
  add column held_from timestamptz
--;
alter table notice drop constraint notice_state_check
--;
alter table notice add constraint notice_state_check check (state in ('waiting', 'claimed', 'sent', 'perhaps-sent', 'failed', 'withdrawn'))
--;
create index notice_lane on notice (institution_id, channel, urgency desc, not_before, id) where state = 'waiting'
--;
create index notice_batch on notice (institution_id, batch) where batch is not null
--;
create index notice_reminder on notice (institution_id, reminder_key) where reminder_key is not null
--;
do $$ declare t text; begin
  foreach t in array array['reminder','channel_pace'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy keeper on %I to current_user using (true) with check (true)', t);
    execute format('create policy own_institution on %I to huiyin_app using (institution_id = current_setting(''app.institution'', true)) with check (institution_id = current_setting(''app.institution'', true))', t);
  end loop;
end $$
--;
grant select, insert, update on reminder, channel_pace to huiyin_app
