import { expect, it } from 'vitest';
import { notOpened } from '../../adapters/store-prisma/not-opened.js';
import { Failure } from '../../domain/failure.js';
import { isConfiguration, troubleOf, wordsOf } from '../../gateway/main-words.js';

const coded = (code: string, more: object = {}): Error => Object.assign(new Error('x'), { code, ...more });

it('says in a line what an operator can mend, and of anything else where it came from', () => {
  expect(wordsOf(new Failure('LOG_BEHIND', 'w1'))).toBe('LOG_BEHIND: w1');
  expect(wordsOf(new Failure('CONFIG_INVALID', 'the key file cannot be made', { cause: coded('EACCES') }))).toBe(
    'CONFIG_INVALID: the key file cannot be made',
  );
  const bug = new TypeError('x');
  expect([wordsOf(bug), wordsOf('x')]).toEqual([bug, 'x']);
});

it('says that a disk is full and what to do, whoever met it first', () => {
  const said = 'STORE_UNAVAILABLE: the disk is full (ENOSPC): make room, and run this again';
  const cause = coded('ENOSPC', { syscall: 'mkdir', path: '/data/blobs' });
  for (const error of [cause, new Failure('CONFIG_INVALID', 'the key file cannot be made', { cause })])
    expect([troubleOf(error), wordsOf(error)]).toEqual([null, said]);
  expect(wordsOf(coded('SQLITE_FULL'))).toContain('the disk is full (SQLITE_FULL)');
  // of PostgreSQL, whose disk is another machine's
  for (const code of ['SQLITE_FULL', '53100'])
    expect(notOpened(coded(code)).detail).toBe(
      `the database could not be opened: the disk is full (${code}): make room, and run this again`,
    );
});

it('names the address that is not found, as it names a port', () => {
  expect(troubleOf(coded('ENOTFOUND', { syscall: 'getaddrinfo', hostname: 'gateway.example' }))).toBe(
    'CONFIG_INVALID: getaddrinfo gateway.example: ENOTFOUND',
  );
  expect(troubleOf(coded('EADDRINUSE', { syscall: 'listen', port: 8700 }))).toBe('CONFIG_INVALID: listen 8700: EADDRINUSE');
});

it('says that the disk of an embedded database does not do its work, in a line', () => {
  expect(wordsOf(coded('SQLITE_IOERR', { extendedCode: 'SQLITE_IOERR_WRITE' }))).toBe(
    'STORE_UNAVAILABLE: the embedded database is not read or written (SQLITE_IOERR): look at its disk, and run this again',
  );
});

it('says of a database that is not opened why, by SQLite’s own code where it has one', () => {
  const said = [
    coded('SQLITE_IOERR', { extendedCode: 'SQLITE_IOERR_SHMSIZE' }),
    coded('28P01'),
    new Error('SASL: no password'),
    new Error('x'),
    'x',
  ].map((cause) => notOpened(cause).detail);
  expect(said).toEqual(
    ['SQLITE_IOERR_SHMSIZE', '28P01', 'SASL', 'Error', 'unknown'].map((code) => `the database could not be opened: ${code}`),
  );
});

it('says which port or path of the configuration there is none of', () => {
  expect(troubleOf(coded('EADDRINUSE', { syscall: 'listen', port: 8700 }))).toBe('CONFIG_INVALID: listen 8700: EADDRINUSE');
  expect(troubleOf(coded('EACCES', { syscall: 'mkdir', path: '/data' }))).toBe('CONFIG_INVALID: mkdir /data: EACCES');
  expect([troubleOf(coded('X')), troubleOf('x')]).toEqual([null, null]);
});

it('takes for a configuration what ends the same way again, and not a disk that is full for now', () => {
  const refused = (cause?: Error) => new Failure('CONFIG_INVALID', 'the key file cannot be made', { cause });
  const listens = coded('EADDRINUSE', { syscall: 'listen', port: 8700 });
  expect([refused(), refused(coded('EACCES')), listens].map(isConfiguration)).toEqual([true, true, true]);
  expect([refused(coded('ENOSPC')), new Failure('LOG_BEHIND', ''), new TypeError('x')].map(isConfiguration)).toEqual([false, false, false]);
});
