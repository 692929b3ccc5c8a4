-- Versions made available, and the builds of branches that roll.

create table releases (
  organisation_id text not null,
  id text not null,
  product_id text not null,
  variant_id text,
  version text not null,
  -- 'release' for a tagged version; otherwise the name of a rolling branch.
  channel text not null,
  -- on-market, not-yet, withdrawn. A tagged version counts as on the market until a person
  -- says otherwise: forgetting to say so must not silence a 24-hour duty.
  market text not null,
  market_assumed boolean not null,
  made_available_on text,
  is_latest boolean not null,
  -- JSON array of texts.
  labels text not null,
  frozen_at bigint,
  frozen_by text,
  -- Digest of the frozen evidence set, and the set itself (JSON): the digest is of its bytes.
  frozen_digest text,
  frozen_set text,
  created_at bigint not null,
  created_by text not null,
  -- When a fact of it last changed; evidence put into its set does not count.
  changed_at bigint not null,
  primary key (organisation_id, id),
  unique (organisation_id, product_id, channel, version)
);
create index releases_by_product on releases (organisation_id, product_id, created_at);

-- What proves something about a release, one digest a slot ('sbom'): lower rooms put their part
-- in, freezing takes the whole.
create table release_evidence (
  organisation_id text not null,
  release_id text not null,
  slot text not null,
  -- The id of the thing in its own room.
  reference text not null,
  digest text not null,
  put_at bigint not null,
  primary key (organisation_id, release_id, slot)
);
