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
  labels text not null,
  frozen_at bigint,
  frozen_by text,
  -- Digest of the frozen evidence set.
  frozen_digest text,
  created_at bigint not null,
  created_by text not null,
  primary key (organisation_id, id),
  unique (organisation_id, product_id, channel, version)
);
create index releases_by_product on releases (organisation_id, product_id, created_at);
