-- What an answer is while it is being written: drafts kept for one person until they are saved as a wording, and the
-- questions an answer has to meet with the paragraph that meets each. Neither is a fact of the matter: the log holds the
-- wordings. Old processes may keep running: the tables are new.
create table kept_draft (
  institution_id text not null references institution (id),
  staff_code text not null,
  case_id text not null,
  document text not null,
  -- Fields of the form as they were typed; never more than one page of text.
  fields jsonb not null,
  -- The wording it was written on top of; empty for a first one.
  base_hash text not null default '',
  kept_at timestamptz not null,
  primary key (institution_id, staff_code, case_id, document),
  foreign key (institution_id, staff_code) references staff (institution_id, code)
)
--;
create table answer_question (
  institution_id text not null references institution (id),
  case_id text not null,
  document text not null,
  n integer not null,
  question text not null,
  -- Paragraph of the newest wording, from 1; null while none answers it.
  paragraph integer,
  primary key (institution_id, case_id, document, n)
)
--;
do $$ declare t text; begin
  foreach t in array array['kept_draft','answer_question'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy keeper on %I to current_user using (true) with check (true)', t);
    execute format('create policy own_institution on %I to huiyin_app using (institution_id = current_setting(''app.institution'', true)) with check (institution_id = current_setting(''app.institution'', true))', t);
  end loop;
end $$
--;
grant select, insert, update, delete on kept_draft, answer_question to huiyin_app
