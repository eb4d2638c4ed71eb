-- What a row of taking in costs. A key is written in the turn that holds the institution's intake head, which names the
-- institution: asking for it again with every key said nothing more. Texts are compressed by the quicker of the two ways where
-- the server has it; what is stored stays as it is.
alter table finding_key drop constraint finding_key_institution_id_fkey
--;
do $$ begin
  execute 'alter table finding alter column text set compression lz4, alter column matched set compression lz4';
  execute 'alter table passed_item alter column text set compression lz4';
exception when feature_not_supported or invalid_parameter_value then
  raise notice 'this server compresses one way only';
end $$
