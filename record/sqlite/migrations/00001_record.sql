-- +goose Up

-- The record: see package entry. Only ever added to.
CREATE TABLE entries (
	number INTEGER PRIMARY KEY,
	kind   INTEGER NOT NULL,
	body   BLOB    NOT NULL
) STRICT;

-- The bytes of Originals, and of Texts that differ from their Original, under the
-- number of the Original's or the Article's entry, which has their SHA-256. A zstd
-- frame, with a dictionary of the table below if that is not 0.
CREATE TABLE blobs (
	number     INTEGER PRIMARY KEY,
	dictionary INTEGER NOT NULL,
	bytes      BLOB    NOT NULL
) STRICT;

CREATE TABLE dictionaries (
	number INTEGER PRIMARY KEY,
	bytes  BLOB NOT NULL
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER entries_without_gap BEFORE INSERT ON entries
WHEN NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM entries)
BEGIN SELECT RAISE(ABORT, 'entries are numbered without gaps'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER entries_stay BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER entries_are_kept BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER blobs_stay BEFORE UPDATE ON blobs
BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER blobs_are_kept BEFORE DELETE ON blobs
BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER dictionaries_stay BEFORE UPDATE ON dictionaries
BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER dictionaries_are_kept BEFORE DELETE ON dictionaries
BEGIN SELECT RAISE(ABORT, 'the record is only added to'); END;
-- +goose StatementEnd

-- Short texts kept by name beside the record.
CREATE TABLE bookmarks (
	name  BLOB PRIMARY KEY,
	value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- From here on everything is made from entries and blobs, and can be made again.

-- The first eight bytes of the SHA-256 of Originals and of the keys of Texts.
CREATE TABLE digests (
	prefix INTEGER NOT NULL,
	number INTEGER NOT NULL,
	PRIMARY KEY (prefix, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE articles (
	number INTEGER PRIMARY KEY,
	day    INTEGER NOT NULL, -- of publication, from 1 January 0001 = 1; 0 for none
	outlet BLOB    NOT NULL
) STRICT;

-- What an Original was read as: an Article, or an Appearance that has a copy.
CREATE TABLE readings (
	original INTEGER NOT NULL,
	number   INTEGER NOT NULL,
	PRIMARY KEY (original, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE appearances (
	article INTEGER NOT NULL,
	number  INTEGER NOT NULL,
	PRIMARY KEY (article, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
	number   INTEGER PRIMARY KEY,
	article  INTEGER NOT NULL,
	original INTEGER NOT NULL -- of the article
) STRICT;
CREATE INDEX runs_article ON runs (article);
CREATE INDEX runs_original ON runs (original, number);

-- Identities by the entry of their first entity; what is known of them, by which
-- later entities are compared; their names; and the entities that were joined.
CREATE TABLE identities (
	number  INTEGER PRIMARY KEY,
	profile BLOB NOT NULL
) STRICT;
CREATE TABLE names (
	name     TEXT    NOT NULL,
	identity INTEGER NOT NULL,
	PRIMARY KEY (name, identity)
) STRICT, WITHOUT ROWID;
CREATE TABLE members (
	identity INTEGER NOT NULL,
	entity   INTEGER NOT NULL,
	PRIMARY KEY (identity, entity)
) STRICT, WITHOUT ROWID;
CREATE INDEX members_entity ON members (entity);

-- What each identity said in a run; 0 is nobody that is named.
CREATE TABLE tallies (
	identity   INTEGER NOT NULL,
	run        INTEGER NOT NULL,
	statements INTEGER NOT NULL,
	words      INTEGER NOT NULL,
	PRIMARY KEY (identity, run)
) STRICT, WITHOUT ROWID;

-- The index that statements are found by: see package index.
CREATE TABLE postings (
	block INTEGER NOT NULL,
	term  BLOB    NOT NULL,
	bytes BLOB    NOT NULL,
	PRIMARY KEY (block, term)
) STRICT, WITHOUT ROWID;
CREATE TABLE forms (
	form TEXT PRIMARY KEY,
	stem TEXT NOT NULL
) STRICT, WITHOUT ROWID;
