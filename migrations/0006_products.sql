-- Products with digital elements, their variants, and where they were placed on the market.

create table products (
  organisation_id text not null,
  id text not null,
  slug text not null,
  name text not null,
  -- Type, batch or serial number or other identification (Art. 13(15)).
  identification text not null,
  description text not null,
  -- default, important-class-1, important-class-2, critical
  category text not null,
  -- The entry of Annex III or IV, when it is one.
  annex_entry text,
  intended_purpose text not null,
  -- Last day of support, ISO; its reasons stand beside it (Art. 13(8)).
  support_ends_on text,
  support_reason text not null,
  -- Where users reach a person about security (Art. 13(17)); the organisation's when absent.
  contact text,
  last_unit_placed_on text,
  -- Name, identification and description in lower case, as the search field compares them.
  search_text text not null,
  -- Made by an upload and not yet looked at by a person.
  inbox boolean not null,
  trust_published boolean not null,
  created_at bigint not null,
  -- When a fact of it last changed; public pages show it.
  changed_at bigint not null,
  archived_at bigint,
  -- The product that an inbox product turned out to be.
  merged_into text,
  primary key (organisation_id, id),
  unique (organisation_id, slug)
);

-- Every name an upload may call a product by, as a slug: its own, earlier ones, and those of
-- inbox products that were merged into it. The slug in public addresses never changes.
create table product_names (
  organisation_id text not null,
  slug text not null,
  product_id text not null,
  primary key (organisation_id, slug)
);
create index product_names_by_product on product_names (organisation_id, product_id);

create table placings (
  organisation_id text not null,
  product_id text not null,
  -- ISO alpha-2 of an EU Member State.
  member_state text not null,
  placed_on text,
  primary key (organisation_id, product_id, member_state)
);

create table variants (
  organisation_id text not null,
  id text not null,
  product_id text not null,
  name text not null,
  identification text not null,
  created_at bigint not null,
  primary key (organisation_id, id),
  unique (organisation_id, product_id, name)
);
