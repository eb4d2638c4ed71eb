-- Texts of which nobody made a case have a date. When it is over their words go and the row says so; an address is then known
-- by its digest only, and the intake asks for digests once there are some. Old processes may keep running: they read an
-- address that has gone as a new one, and what they take in goes on its own date.
alter table finding add column erased_at timestamptz
--;
alter table intake_head add column by_digest boolean not null default false
--;
-- The title of a story that was joined to another is shown nowhere: it is read off its texts again if they are taken apart.
update story set title = '' where joined_into is not null
--;
grant update (title, text, url, headers, fault, body) on evidence_look to huiyin_app
--;
grant update (key) on finding_key to huiyin_app
