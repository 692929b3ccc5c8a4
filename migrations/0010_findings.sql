-- Component × vulnerability in a release, and the judgement on it.

create table findings (
  organisation_id text not null,
  id text not null,
  release_id text not null,
  package_version_id bigint not null,
  vulnerability_id bigint not null,
  -- open, or gone with the reason (component-removed, advisory-withdrawn, range-narrowed)
  state text not null,
  gone_reason text,
  first_seen_at bigint not null,
  changed_at bigint not null,
  primary key (organisation_id, id),
  unique (organisation_id, release_id, package_version_id, vulnerability_id)
);
create index findings_by_vulnerability on findings (organisation_id, vulnerability_id, state);
create index findings_by_package_version on findings (package_version_id, vulnerability_id);

-- Append-only: the newest row is the judgement in force.
create table assessments (
  organisation_id text not null,
  id text not null,
  finding_id text not null,
  -- under_investigation, affected, not_affected, fixed
  status text not null,
  justification text,
  detail text not null,
  assessed_by text not null,
  assessed_at bigint not null,
  primary key (organisation_id, id)
);
create index assessments_by_finding on assessments (organisation_id, finding_id, assessed_at);
