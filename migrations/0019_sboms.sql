-- How many components of each ecosystem a document has: what a page says about feeds that are
-- missing must not read the components of the whole fleet.
create table sbom_ecosystems (
  organisation_num bigint not null,
  sbom_num bigint not null,
  ecosystem text not null,
  components bigint not null,
  primary key (organisation_num, sbom_num, ecosystem)
){narrow};
insert into sbom_ecosystems (organisation_num, sbom_num, ecosystem, components)
select c.organisation_num, c.sbom_num, p.ecosystem, count(*) from components c
join package_versions v on v.id = c.package_version_id join packages p on p.id = v.package_id
group by c.organisation_num, c.sbom_num, p.ecosystem;
create index sbom_ecosystems_by_ecosystem on sbom_ecosystems (organisation_num, ecosystem, sbom_num);

-- What stands behind every number, without the rows of the documents themselves.
create index sboms_current_counts on sboms (organisation_id, release_id, components, unidentified)
where is_current = true;
