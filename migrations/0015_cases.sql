-- The answers about a severe incident (JSON), which has no such three as a vulnerability.
alter table decisions add column incident text;

-- The instants the sheet gave, by the keys of the form (JSON): when an anchor is corrected later,
-- the case says which report carries the old value.
alter table submissions add column carried text not null default '{}';

-- Append-only: that users were informed (14(8)), as recorded by a person.
create table users_informed (
  organisation_id text not null,
  case_id text not null,
  number bigint not null,
  -- impacted, all
  told text not null,
  -- mail, advisory, in-product, portal, phone, other
  told_by text not null,
  informed_at bigint not null,
  informant text not null,
  text text not null,
  reference text,
  -- Release ids (by commas).
  releases text not null,
  recorded_by text not null,
  recorded_by_name text not null,
  recorded_at bigint not null,
  primary key (organisation_id, case_id, number)
);

-- Public holidays of a Member State, as the organisation gave them (Regulation (EEC, Euratom)
-- No 1182/71, Article 2(1)): they move the legal-latest instants of days and months, nothing else.
create table public_holidays (
  organisation_id text not null,
  member_state text not null,
  -- ISO dates (JSON list), sorted.
  days text not null,
  changed_by_name text not null,
  changed_at bigint not null,
  primary key (organisation_id, member_state)
);
