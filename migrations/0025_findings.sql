-- How far a judgement reaches: 'release' (the finding it was made on), 'same-version' (all releases
-- of the product that held this version of the component then), 'until-changed' (later releases as
-- well, for as long as they hold it).
alter table assessments add column scope text not null default 'release';
-- From when on it no longer holds, so that the finding has to be judged anew.
alter table assessments add column expires_at bigint;
-- The judgement that this one repeats on another finding.
alter table assessments add column carried_from text;
create index assessments_expiring on assessments (organisation_id, expires_at) where expires_at is not null;
