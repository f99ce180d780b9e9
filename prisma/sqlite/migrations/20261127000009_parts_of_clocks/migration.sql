-- No table changes. A clock of an exchange may say for which parts it waits, and whether its notice is spent: a version that does not know this
-- would go on without it, so it does not start on this database any more.
SELECT 1;
