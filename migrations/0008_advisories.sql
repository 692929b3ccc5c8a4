-- World knowledge, global and never listable by a tenant: packages and their versions, what
-- advisories say about them, what is exploited, and how fresh all that is.

create table packages (
  id {id},
  -- As OSV names it: npm, crates.io, PyPI, Go, Maven.
  ecosystem text not null,
  -- Normalised for look-up.
  name text not null,
  unique (ecosystem, name)
);

create table package_versions (
  id {id},
  -- Canonical purl without qualifiers.
  purl text not null unique,
  -- None when no advisory source covers this kind of package; `unmapped` says why.
  package_id bigint,
  version text,
  unmapped text
);
create index package_versions_by_package on package_versions (package_id, id);

create table feeds (
  -- osv:npm, cisa-kev, euvd-kev, epss
  name text primary key,
  source text not null,
  etag text,
  last_modified text,
  -- When we last looked and got an answer, and when the data last changed.
  checked_at bigint,
  imported_at bigint,
  -- What the feed says its data is of.
  data_as_of text,
  records bigint not null,
  unreadable bigint not null,
  -- The first few that could not be read, named (JSON).
  problems text not null,
  -- Records whose packages we cannot match yet, by ecosystem (JSON object name → count), and what
  -- else is worth knowing about the last import (kebab-case codes with figures, JSON).
  left_aside text not null,
  notes text not null,
  last_error text
);

create table vulnerabilities (
  id {id},
  -- The name people use: CVE if there is one, else GHSA, else EUVD, else the source's own.
  name text not null unique,
  title text not null,
  -- critical, high, medium, low, none, unknown
  severity text not null,
  score double precision,
  vector text,
  -- RustSec's kind of notice (unmaintained) when no advisory of the group is about a flaw.
  informational text,
  -- Set when its ids turned out to be those of another vulnerability: the row stays, so that
  -- whatever names it can follow.
  merged_into bigint,
  updated_at bigint not null
);

create table vulnerability_aliases (
  alias text primary key,
  vulnerability_id bigint not null
);
create index vulnerability_aliases_by_vulnerability on vulnerability_aliases (vulnerability_id);

-- Which record says that two ids mean one flaw: groups are the connected parts of this graph, so
-- that a link taken back can part what it joined.
create table alias_links (
  record text not null,
  alias text not null,
  primary key (record, alias)
){narrow};

create table advisories (
  id {id},
  -- osv
  source text not null,
  external_id text not null,
  vulnerability_id bigint not null,
  feed text not null,
  modified text not null,
  withdrawn text,
  summary text not null,
  -- What this record says of severity, in the words of `vulnerabilities`.
  severity text not null,
  score double precision,
  vector text,
  informational text,
  -- SHA-256 of the record as it came; an unchanged record costs nothing.
  digest text not null,
  -- What is affected, as the engine evaluates it (JSON, zstd), and the record itself (zstd).
  affected {blob} not null,
  record {blob} not null,
  imported_at bigint not null,
  unique (source, external_id)
);
create index advisories_by_vulnerability on advisories (vulnerability_id);
create index advisories_by_feed on advisories (feed);

create table advisory_packages (
  package_id bigint not null,
  advisory_id bigint not null,
  primary key (package_id, advisory_id)
);
create index advisory_packages_by_advisory on advisory_packages (advisory_id);

-- A package version against an advisory, decided once (by `findings`).
create table matches (
  package_version_id bigint not null,
  advisory_id bigint not null,
  -- affected, or unknown with a code in the reason
  outcome text not null,
  -- Identifier, rule, range, fixed versions (JSON).
  reason text not null,
  -- The package whose name was guessed (a Go package path does not say where its module ends);
  -- counts only in SBOMs that do not name that package themselves.
  guess_id bigint,
  matched_at bigint not null,
  primary key (package_version_id, advisory_id)
);
create index matches_by_advisory on matches (advisory_id);

-- Known exploitation, each source apart with its own dates.
create table exploitations (
  vulnerability_id bigint not null,
  -- cisa-kev, eu-kev
  source text not null,
  added_on text not null,
  first_seen_at bigint not null,
  detail text not null,
  withdrawn_at bigint,
  primary key (vulnerability_id, source)
);

-- What each feed says about exploitation, by the id it uses; `exploitations` is drawn from here.
create table exploitation_records (
  -- cisa-kev, euvd-kev
  feed text not null,
  -- cisa-kev, eu-kev
  source text not null,
  -- CVE or, without one, EUVD id.
  name text not null,
  added_on text not null,
  detail text not null,
  withdrawn_at bigint,
  primary key (feed, source, name)
);
create index exploitation_records_by_name on exploitation_records (name);

create table epss_scores (
  cve text primary key,
  score double precision not null,
  percentile double precision not null,
  scored_on text not null
);
