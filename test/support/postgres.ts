export { hasPostgres, postgresUrl, type TestPostgres } from '../../testing/postgres.js';
