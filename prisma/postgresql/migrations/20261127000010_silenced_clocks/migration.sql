-- No table changes. A clock of an exchange may say that it stands still because one of its sides is suspended: a version that does not know this
-- would leave it standing for good, so it does not start on this database any more.
SELECT 1;
