-- +goose Up

-- The record: see package entry. Only ever added to.
CREATE TABLE entries (
	number bigint   PRIMARY KEY,
	kind   smallint NOT NULL,
	body   bytea    NOT NULL
);

-- The bytes of Originals, and of Texts that differ from their Original, under the
-- number of the Original's or the Article's entry, which has their SHA-256. A zstd
-- frame, with a dictionary of the table below if that is not 0.
CREATE TABLE blobs (
	number     bigint PRIMARY KEY,
	dictionary bigint NOT NULL,
	bytes      bytea  NOT NULL
);
ALTER TABLE blobs ALTER COLUMN bytes SET STORAGE EXTERNAL; -- packed already

CREATE TABLE dictionaries (
	number bigint PRIMARY KEY,
	bytes  bytea NOT NULL
);

-- +goose StatementBegin
CREATE FUNCTION onrecord_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'the record is only added to';
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION onrecord_has_no_gaps() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	first bigint; last bigint; n bigint; head bigint;
BEGIN
	SELECT MIN(number), MAX(number), COUNT(*) INTO first, last, n FROM added;
	IF n > 0 THEN
		SELECT COALESCE(MAX(number), 0) INTO head FROM entries WHERE number < first;
		IF first <> head + 1 OR last <> head + n THEN
			RAISE EXCEPTION 'entries are numbered without gaps';
		END IF;
	END IF;
	RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON entries EXECUTE FUNCTION onrecord_is_only_added_to();
CREATE TRIGGER blobs_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON blobs EXECUTE FUNCTION onrecord_is_only_added_to();
CREATE TRIGGER dictionaries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON dictionaries EXECUTE FUNCTION onrecord_is_only_added_to();
CREATE TRIGGER entries_without_gap AFTER INSERT ON entries REFERENCING NEW TABLE AS added EXECUTE FUNCTION onrecord_has_no_gaps();

-- Short texts kept by name beside the record.
CREATE TABLE bookmarks (
	name  bytea PRIMARY KEY,
	value bytea NOT NULL
);

-- From here on everything is made from entries and blobs, and can be made again.

-- The first eight bytes of the SHA-256 of Originals and of the keys of Texts.
CREATE TABLE digests (
	prefix bigint NOT NULL,
	number bigint NOT NULL,
	PRIMARY KEY (prefix, number)
);

CREATE TABLE articles (
	number bigint PRIMARY KEY,
	day    bigint NOT NULL, -- of publication, from 1 January 0001 = 1; 0 for none
	outlet bytea  NOT NULL
);

-- What an Original was read as: an Article, or an Appearance that has a copy.
CREATE TABLE readings (
	original bigint NOT NULL,
	number   bigint NOT NULL,
	PRIMARY KEY (original, number)
);

CREATE TABLE appearances (
	article bigint NOT NULL,
	number  bigint NOT NULL,
	PRIMARY KEY (article, number)
);

CREATE TABLE runs (
	number   bigint PRIMARY KEY,
	article  bigint NOT NULL,
	original bigint NOT NULL -- of the article
);
CREATE INDEX runs_article ON runs (article);
CREATE INDEX runs_original ON runs (original, number);

-- Identities by the entry of their first entity; what is known of them, by which
-- later entities are compared; their names; and the entities that were joined.
CREATE TABLE identities (
	number  bigint PRIMARY KEY,
	profile bytea NOT NULL
) WITH (fillfactor = 80); -- profiles grow
CREATE TABLE names (
	name     text COLLATE "C" NOT NULL,
	identity bigint NOT NULL,
	PRIMARY KEY (name, identity)
);
CREATE TABLE members (
	identity bigint NOT NULL,
	entity   bigint NOT NULL,
	PRIMARY KEY (identity, entity)
);
CREATE INDEX members_entity ON members (entity);

-- What each identity said in a run; 0 is nobody that is named.
CREATE TABLE tallies (
	identity   bigint NOT NULL,
	run        bigint NOT NULL,
	statements bigint NOT NULL,
	words      bigint NOT NULL,
	PRIMARY KEY (identity, run)
);

-- The index that statements are found by: see package index. The lists of the last
-- block are written again with every batch.
CREATE TABLE postings (
	block bigint NOT NULL,
	term  bytea  NOT NULL,
	bytes bytea  NOT NULL,
	PRIMARY KEY (block, term)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE postings ALTER COLUMN bytes SET STORAGE EXTERNAL; -- packed already
CREATE TABLE forms (
	form text COLLATE "C" PRIMARY KEY,
	stem text COLLATE "C" NOT NULL
);
