-- Stories that somebody has decided on, the newest first: their lists read and sorted every story of a year.
create index story_decided on story (institution_id, last_at) where fresh = 0 and joined_into is null
