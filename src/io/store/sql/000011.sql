-- Files that people add to a case, a document or a register: the content once by its hash, cut into parts; each use of it
-- with its own name. What is taken away can be brought back for thirty days, then the content goes with its last use.
create table attachment (
  institution_id text not null references institution (id),
  digest bytea not null,
  size bigint not null,
  -- By what the bytes are, never by what the name says.
  kind text not null,
  preview_text text,
  added_at timestamptz not null,
  primary key (institution_id, digest)
)
--;
create table attachment_part (
  institution_id text not null references institution (id),
  digest bytea not null,
  n integer not null,
  bytes bytea not null,
  primary key (institution_id, digest, n),
  foreign key (institution_id, digest) references attachment (institution_id, digest)
)
--;
create table attachment_use (
  institution_id text not null references institution (id),
  id text not null,
  digest bytea not null,
  -- `case:C1`, `document:reply-1`, `register:risk`
  subject text not null,
  name text not null,
  note text not null default '',
  -- Shown under the public answer it belongs to; chosen file by file.
  public boolean not null default false,
  added_by text not null,
  added_at timestamptz not null,
  removed_at timestamptz,
  primary key (institution_id, id),
  foreign key (institution_id, digest) references attachment (institution_id, digest)
)
--;
create index attachment_use_subject on attachment_use (institution_id, subject, added_at)
--;
create index attachment_use_digest on attachment_use (institution_id, digest)
--;
-- An exercise is an institution of its own that belongs to a real one: flagged for good, never served to the public.
alter table institution add column practice_of text references institution (id)
--;
-- What is typed into a form and not sent yet: one per person and form, gone when it is sent, forgotten after thirty days.
create table form_draft (
  institution_id text not null references institution (id),
  staff_code text not null,
  form text not null,
  fields jsonb not null,
  saved_at timestamptz not null,
  primary key (institution_id, staff_code, form),
  foreign key (institution_id, staff_code) references staff (institution_id, code)
)
--;
do $$ declare t text; begin
  foreach t in array array['attachment','attachment_part','attachment_use','form_draft'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy keeper on %I to current_user using (true) with check (true)', t);
    execute format('create policy own_institution on %I to huiyin_app using (institution_id = current_setting(''app.institution'', true)) with check (institution_id = current_setting(''app.institution'', true))', t);
  end loop;
end $$
--;
grant select, insert, delete on attachment, attachment_part to huiyin_app
--;
grant select, insert, update, delete on attachment_use, form_draft to huiyin_app
