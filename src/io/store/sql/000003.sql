-- Proofs over the log: the sealed key that signs it, its checkpoints and their co-signatures, full tiles, heartbeats, and
-- the heads of other logs that this institution has seen as their witness.
create table log_key (
  institution_id text not null references institution (id),
  kind text not null check (kind in ('log', 'heartbeat', 'witness')),
  name text not null,
  public_key bytea not null,
  sealed text not null,
  made_at timestamptz not null,
  primary key (institution_id, kind)
)
--;
create table log_checkpoint (
  institution_id text not null references institution (id),
  size bigint not null,
  note text not null,
  signed_at timestamptz not null,
  primary key (institution_id, size)
)
--;
create table log_cosignature (
  institution_id text not null,
  size bigint not null,
  witness text not null,
  witness_key text not null,
  line text not null,
  primary key (institution_id, size, witness),
  foreign key (institution_id, size) references log_checkpoint (institution_id, size)
)
--;
-- Full tiles only (256 hashes of 32 bytes); what is left is made from the leaves.
create table log_tile (
  institution_id text not null references institution (id),
  level smallint not null,
  tile bigint not null,
  hashes bytea not null,
  primary key (institution_id, level, tile)
)
--;
create table heartbeat (
  institution_id text not null references institution (id),
  beat bigint not null,
  at timestamptz not null,
  note text not null,
  primary key (institution_id, beat)
)
--;
create table witnessed_log (
  institution_id text not null references institution (id),
  origin text not null,
  log_key text not null,
  size bigint not null,
  note text not null,
  seen_at timestamptz,
  primary key (institution_id, origin)
)
--;
do $$ declare t text; begin
  foreach t in array array['log_key','log_checkpoint','log_cosignature','log_tile','heartbeat','witnessed_log'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy keeper on %I to current_user using (true) with check (true)', t);
    execute format('create policy own_institution on %I to huiyin_app using (institution_id = current_setting(''app.institution'', true)) with check (institution_id = current_setting(''app.institution'', true))', t);
  end loop;
end $$
--;
grant select, insert on log_key, log_checkpoint, log_cosignature, log_tile, heartbeat to huiyin_app
--;
grant select, insert, update on witnessed_log to huiyin_app
