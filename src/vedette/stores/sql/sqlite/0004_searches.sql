-- Sound and pictures that were read from a provider's cache, searches that providers ran, and whether
-- something of a call has no known price while the rest has one.

ALTER TABLE ledger ADD COLUMN cache_read_audio INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger ADD COLUMN cache_read_image INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger ADD COLUMN web_searches INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger ADD COLUMN file_searches INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger ADD COLUMN partial INTEGER NOT NULL DEFAULT 0;
