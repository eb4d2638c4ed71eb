-- Searching what came in. Pairs of characters of each text, each with a mark of the institution, as
-- numbers in one column: a common word is looked for among the newest first, a rarer one in the index. Made from the
-- findings by a worker of its own, behind them; losing it loses nothing, so backups leave it out. Holds no text.
create table search_entry (
  institution_id text not null references institution (id),
  seen_at timestamptz not null,
  finding_id text not null,
  grams bigint[] not null,
  primary key (institution_id, seen_at, finding_id)
)
--;
create index search_entry_grams on search_entry using gin (grams)
--;
-- Up to which finding, in the order of intake, this has been done.
create table search_head (
  institution_id text not null references institution (id),
  n bigint not null,
  primary key (institution_id)
)
--;
do $$
declare t text;
begin
  foreach t in array array['search_entry','search_head'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy keeper on %I to current_user using (true) with check (true)', t);
    execute format('create policy own_institution on %I to huiyin_app using (institution_id = current_setting(''app.institution'', true)) with check (institution_id = current_setting(''app.institution'', true))', t);
  end loop;
end $$
--;
grant select, insert, delete on search_entry to huiyin_app
--;
grant select, insert, update on search_head to huiyin_app
