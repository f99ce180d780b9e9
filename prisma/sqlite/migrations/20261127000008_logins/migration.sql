-- one row a login, kept for ever: from now on their keys begin with a time, and they are dropped by it
DELETE FROM guard WHERE key LIKE 'login:%';
