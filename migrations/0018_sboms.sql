-- Which documents hold a package version, as sorted runs of packed postings (docs/adr/0005). The
-- rows of `components` say the same in the order of the documents, and stay what counts.

-- Documents that stand in no segment yet.
create table posting_tail (
  sbom_num bigint primary key,
  -- Different package versions in the document.
  entries bigint not null,
  -- Their ids, packed; none when they are to be read from `components`.
  held {blob}
){narrow};

create table posting_segments (
  id {id},
  -- 1 for what came from the tail, one more for each merge.
  level bigint not null,
  -- building, live, or dead
  state text not null,
  entries bigint not null
);

-- A segment in the order of package versions. Never changed once its segment is live.
create table posting_pages (
  segment_id bigint not null,
  first_version_id bigint not null,
  -- 0, 1, 2 … where the documents of one package version need several pages.
  part bigint not null,
  held {blob} not null,
  primary key (segment_id, first_version_id, part)
){narrow};

-- What came before this is read from `components` until the job has sorted it.
insert into posting_tail (sbom_num, entries, held) select num, components, null from sboms;
insert into jobs (payload, run_at, attempts, state, created_at)
select '{"job":"sort-postings"}', 0, 0, 'waiting', 0 where exists (select 1 from sboms);

-- Every upload wrote to as many places of it as the document has components.
drop index components_by_package_version;
