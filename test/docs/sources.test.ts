import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const FOLDERS = ['domain', 'policies', 'gateway', 'client', 'demo', 'adapters/calendar-holidays'];
const MARK = /\[F2?:((?:S\d+[a-z]?)(?:,\s*S\d+[a-z]?)*)\]/g;

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));

describe('the list of sources', () => {
  it('has each source that the code cites as read', () => {
    const cited = new Set<string>();
    for (const file of FOLDERS.flatMap(filesIn))
      for (const [, ids = ''] of readFileSync(file, 'utf8').matchAll(MARK)) for (const id of ids.split(',')) cited.add(id.trim());
    const listed = new Set([...readFileSync('docs/SOURCES.md', 'utf8').matchAll(/^\| (S\d+[a-z]?) \|/gm)].map(([, id]) => id));
    expect(cited.size).toBeGreaterThan(20);
    expect([...cited].filter((id) => !listed.has(id))).toEqual([]);
  });
});
