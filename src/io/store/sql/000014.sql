-- What the index knows of pairs, newest first. Row security lets an operator near an index only where it is marked as giving
-- nothing away, and array containment is not: asked by the tenant's role, every search read the whole table. The function
-- asks as the owner and keeps to the institution of the connection itself. Inside it only the index can answer, whatever the
-- statistics say: it is asked for rare words alone.
create function search_candidates(institution text, since timestamptz, before timestamptz, beyond text, sought bigint[], most int)
returns table (seen_at timestamptz, finding_id text)
language sql stable rows 250 security definer set search_path = pg_catalog, public set enable_seqscan = off as $$
  with candidate as materialized (select s.institution_id, s.seen_at, s.finding_id from search_entry s where s.grams @> sought)
  select c.seen_at, c.finding_id from candidate c
  where c.institution_id = institution and institution = current_setting('app.institution', true)
    and c.seen_at >= since and (c.seen_at < before or (c.seen_at = before and c.finding_id > beyond))
  order by c.seen_at desc, c.finding_id limit most
$$
--;
revoke all on function search_candidates(text, timestamptz, timestamptz, text, bigint[], int) from public
--;
grant execute on function search_candidates(text, timestamptz, timestamptz, text, bigint[], int) to huiyin_app
