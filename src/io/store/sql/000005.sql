-- Sources with an owner, a purpose and a second person; imports that can be stopped and go on; mappings that are remembered;
-- what a watched page said before. Old processes may keep running: every new column has a default or may be null.
alter table source
  -- What it is: `coverage` in the proof of silence counts by it.
  add column class text not null default 'outlet',
  -- Where those who read it are.
  add column reach text not null default 'domestic',
  -- Key of the kind of outlet, as rules of concern name it (kind:…).
  add column outlet_kind text,
  -- A word, not a figure: what it means in minutes is the collector's business.
  add column pace text not null default 'hour',
  -- Staff codes: who proposed it, and the other person who switched it on.
  add column proposed_by text,
  add column switched_on_by text,
  add column switched_on_at timestamptz,
  -- When it was read for a look, and what the look found.
  add column tried_at timestamptz,
  add column tried_items integer
--;
alter table source add constraint source_class check (class in ('outlet', 'authority', 'public-board', 'search', 'bought', 'own-desk'))
--;
alter table source add constraint source_reach check (reach in ('domestic', 'foreign'))
--;
alter table source add constraint source_pace check (pace in ('five-minutes', 'hour', 'day'))
--;
alter table source drop constraint source_state_check
--;
alter table source add constraint source_state_check check (state in ('proposed', 'tried', 'on', 'off'))
--;
-- Nobody switches on what they proposed themselves.
alter table source add constraint source_second_person check (switched_on_by is null or switched_on_by is distinct from proposed_by)
--;
alter table import_run
  add column state text not null default 'done',
  add column done_rows integer not null default 0,
  add column source_key text,
  add column began_by text,
  add column started_at timestamptz,
  -- How many rows, and of what kind, were masked: counts, never values.
  add column masked jsonb not null default '{}',
  -- Rows that were refused, with the reason, for the report: numbers of rows and reasons, no cell.
  add column refusals jsonb not null default '[]'
--;
alter table import_run add constraint import_run_state check (state in ('running', 'paused', 'stopped', 'done'))
--;
alter table import_run alter column ended_at drop not null
--;
-- Which heading is what, remembered by the headings of a table.
create table import_mapping (
  institution_id text not null references institution (id),
  signature text not null,
  origin text not null,
  mapping jsonb not null,
  set_by text,
  used_at timestamptz not null,
  primary key (institution_id, signature)
)
--;
-- What a watched page said, each time it said something else. Masked like everything that comes in.
create table page_version (
  institution_id text not null references institution (id),
  source_key text not null,
  seen_at timestamptz not null,
  digest text not null,
  title text not null,
  text text not null,
  primary key (institution_id, source_key, seen_at)
)
--;
do $$ declare t text; begin
  foreach t in array array['import_mapping','page_version'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy keeper on %I to current_user using (true) with check (true)', t);
    execute format('create policy own_institution on %I to huiyin_app using (institution_id = current_setting(''app.institution'', true)) with check (institution_id = current_setting(''app.institution'', true))', t);
  end loop;
end $$
--;
grant select, insert, update on import_mapping to huiyin_app
--;
grant select, insert, delete on page_version to huiyin_app
--;
grant update on import_run to huiyin_app
