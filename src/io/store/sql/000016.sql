-- Taking in at speed. Words of concern have a turn of their own: it goes up with every change of them, so that nobody reads
-- all of them to see whether they are the same. Old processes may keep running: what they change is seen a minute later.
alter table intake_head add column rules bigint not null default 0
--;
-- Of the copies of a finding those of which the log does not know are told from the others without reading them.
create index finding_copies on finding (institution_id, same_of, event_id) where same_of is not null
--;
drop index finding_same_of
--;
-- Asked twice a minute: which sources the findings of open cases came from.
create index finding_case on finding (institution_id, case_id) where case_id is not null
