-- A sign-in from a place this person had not signed in from before: said in each of their sessions until it is looked at.
alter table session add column new_place text
--;
create index audit_sign_in on audit (institution_id, staff_code, id) where what = 'sign-in'
