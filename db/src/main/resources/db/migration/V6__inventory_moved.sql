-- Rises with every write of a kind of a cluster, so that any replica can tell its readers that something moved.
ALTER TABLE inventory.listing ADD COLUMN moved bigint NOT NULL DEFAULT 0;
