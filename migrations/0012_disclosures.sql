-- What we publish about vulnerabilities.

create table publications (
  organisation_id text not null,
  id text not null,
  product_id text not null,
  title text not null,
  -- Plain text.
  body text not null,
  -- In the manufacturer's words, such as `High (CVSS 8.1)`.
  severity text not null,
  -- JSON array of CVE ids.
  cves text not null,
  -- A draft until it is published; never changed afterwards, only withdrawn.
  published_at bigint,
  published_by text,
  withdrawn_at bigint,
  withdrawn_reason text,
  created_at bigint not null,
  created_by text not null,
  changed_at bigint not null,
  primary key (organisation_id, id)
);
create index publications_by_product on publications (organisation_id, product_id, created_at);

-- The releases an advisory says are affected.
create table publication_releases (
  organisation_id text not null,
  publication_id text not null,
  release_id text not null,
  primary key (organisation_id, publication_id, release_id)
);
