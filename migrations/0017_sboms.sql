-- With which state of our reader a document was read: when it learns to read more, the archived
-- originals are read again. 0 is from before this was kept.
alter table sboms add column reader_version bigint not null default 0;
create index sboms_by_reader on sboms (reader_version, num);
