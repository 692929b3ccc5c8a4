-- Component × vulnerability in a release, and the judgement on it.

create table findings (
  organisation_id text not null,
  id text not null,
  release_id text not null,
  package_version_id bigint not null,
  vulnerability_id bigint not null,
  -- open, or gone with the reason (component-removed, advisory-withdrawn, range-narrowed, merged)
  state text not null,
  gone_reason text,
  -- The finding that goes on when two vulnerabilities turned out to be one.
  merged_into text,
  -- The judgement in force, from the newest assessment; not_assessed without one.
  status text not null,
  first_seen_at bigint not null,
  changed_at bigint not null,
  primary key (organisation_id, id),
  unique (organisation_id, release_id, package_version_id, vulnerability_id)
);
create index findings_by_vulnerability on findings (organisation_id, vulnerability_id, state);
create index findings_by_package_version on findings (package_version_id, vulnerability_id);

create index findings_of_vulnerability on findings (vulnerability_id, state);

-- Append-only: when a finding came back, went, or was merged, and why.
create table finding_changes (
  organisation_id text not null,
  finding_id text not null,
  changed_at bigint not null,
  state text not null,
  reason text,
  primary key (organisation_id, finding_id, changed_at, state)
);

-- Packages of SBOMs whose name may be a path inside another package (Go), and that package. Drawn
-- from the names alone; an advisory for the latter is evaluated for the former too.
create table package_guesses (
  guess_id bigint not null,
  package_id bigint not null,
  -- 1 for the nearest parent.
  position bigint not null,
  primary key (guess_id, package_id)
){narrow};
create index package_guesses_by_package on package_guesses (package_id, position);

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

-- The current document of a release, however many revisions it has had: asked for each finding.
create index sboms_current on sboms (organisation_id, release_id) where is_current = true;
