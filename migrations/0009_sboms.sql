-- SBOM documents of releases. The richer facts of a component are read from the archived
-- original; here is only what matching needs.

create table sbom_numbers (
  num {id},
  made_at bigint not null
);

create table sboms (
  organisation_id text not null,
  id text not null,
  num bigint not null,
  release_id text not null,
  revision bigint not null,
  is_current boolean not null,
  -- sha256:… of the bytes as they came; also the key of the blob.
  digest text not null,
  bytes bigint not null,
  format text not null,
  spec_version text not null,
  serial_number text,
  components bigint not null,
  -- Components without an identifier we can look up, by reason (JSON object code → count).
  unidentified bigint not null,
  unidentified_reasons text not null,
  -- What was odd but read (JSON).
  warnings text not null,
  -- browser, cli, api, dependency-track
  source text not null,
  uploaded_by text not null,
  created_at bigint not null,
  primary key (organisation_id, id),
  unique (organisation_id, release_id, digest),
  unique (organisation_id, release_id, revision)
);
create unique index sboms_by_num on sboms (num);

-- Postings in both orders. A component without a purl has no row here and is counted above.
create table components (
  organisation_num bigint not null,
  sbom_num bigint not null,
  package_version_id bigint not null,
  -- Position in the document, to find the entry in the original.
  ordinal bigint not null,
  primary key (organisation_num, sbom_num, package_version_id, ordinal)
){narrow};
create index components_by_package_version on components (package_version_id, organisation_num, sbom_num);
