-- How somebody who wrote to the hotline wants to be reached: the only place where anything about a private person is
-- kept. Sealed, for one purpose, until one date; what is deleted leaves the record that it was. Never beside a public text.
create table hotline_contact (
  institution_id text not null references institution (id),
  id text not null,
  -- A row of the hotline or of the petition office; checked when it is entered.
  finding_id text not null,
  -- Gone once it is deleted.
  sealed text,
  purpose text not null check (purpose in ('call-back', 'visit', 'send-answer')),
  -- The office that may open it.
  unit text not null,
  entered_at timestamptz not null,
  keep_until timestamptz not null,
  deleted_at timestamptz,
  deleted_why text check (deleted_why in ('used', 'due', 'asked')),
  primary key (institution_id, id),
  check ((sealed is null) = (deleted_at is not null)),
  check ((deleted_at is null) = (deleted_why is null))
)
--;
create unique index hotline_contact_held on hotline_contact (institution_id, finding_id) where deleted_at is null
--;
create index hotline_contact_due on hotline_contact (institution_id, keep_until) where deleted_at is null
--;
alter table hotline_contact enable row level security
--;
alter table hotline_contact force row level security
--;
create policy keeper on hotline_contact to current_user using (true) with check (true)
--;
create policy own_institution on hotline_contact to huiyin_app using (institution_id = current_setting('app.institution', true)) with check (institution_id = current_setting('app.institution', true))
--;
grant select, insert, update on hotline_contact to huiyin_app
--;
-- Network logs are kept six months at the least (Cybersecurity Law, article 21); the floor holds whatever the caller asks.
-- The application itself can only add to the audit and read it.
create function forget_audit(institution text, before timestamptz) returns bigint
language plpgsql security definer set search_path = pg_catalog, public as $$
declare gone bigint;
begin
  if before > now() - interval '183 days' then
    raise exception 'the audit is kept for 183 days at the least' using errcode = 'HY183';
  end if;
  delete from audit a where a.institution_id = institution and a.at < before;
  get diagnostics gone = row_count;
  return gone;
end $$
--;
revoke all on function forget_audit(text, timestamptz) from public
--;
grant execute on function forget_audit(text, timestamptz) to huiyin_app
