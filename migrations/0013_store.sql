-- What this database is and which directory of files belongs to it.

create table installation_marks (
  -- 'data-directory': what the file `database-id` in the data directory says.
  name text primary key,
  mark text not null
);
