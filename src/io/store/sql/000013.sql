-- What went by is taken in once a new version of a rule hits it: where it came from is kept with it, and a version says how
-- much it brought in. Each lane is read by its newest firsts.
alter table passed_item add column origin text not null default 'own-watch'
--;
alter table rule_version add column taken_in integer
--;
create index finding_firsts on finding (institution_id, lane, n) where same_of is null
