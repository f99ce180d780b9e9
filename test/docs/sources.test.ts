import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const FOLDERS = ['domain', 'policies', 'gateway', 'client', 'demo', 'adapters/calendar-holidays'];
const MARK = /\[F2?:((?:S\d+[a-z]?)(?:,\s*S\d+[a-z]?)*)\]/g;

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));

/** Instruments whose articles the list names, source by source, as the code writes them. */
const INSTRUMENTS = [/AMLD6/, /2023\/977/, /2019\/1153/, /Europol Reg/, /INR\.40/, /UNCAC|(?<![\d(])4[46]\(/];
const ARTICLE = /(\d+)((?:\(\d+\))*)(?:-(\d+))?/g;
/** Years, dates and numbers of laws are no articles. */
const numbersOut = (text: string): string => text.replaceAll(/\d{4}\/\d+|\bS\d+|INR\.40|AMLD6|R\.40|\b20\d\d\b/g, '');

function articlesIn(text: string): string[] {
  return [...numbersOut(text).matchAll(ARTICLE)].flatMap(([, first = '', part = '', last]) =>
    last === undefined ? [`${first}${part}`] : Array.from({ length: Number(last) - Number(first) + 1 }, (_, n) => `${Number(first) + n}`),
  );
}

/** An article that was read as a whole was read in each of its paragraphs. */
const isRead = (article: string, read: readonly string[]): boolean => read.some((one) => article === one || article.startsWith(`${one}(`));

/** What a mark stands behind: back to the last mark or separator. */
const CLAIM = /([^[\];:'"`]*)\s\[F2?:((?:S\d+[a-z]?)(?:,\s*S\d+[a-z]?)*)\](?!, \[M\])/g;

describe('the list of sources', () => {
  it('has each source that the code cites as read', () => {
    const cited = new Set<string>();
    for (const file of FOLDERS.flatMap(filesIn))
      for (const [, ids = ''] of readFileSync(file, 'utf8').matchAll(MARK)) for (const id of ids.split(',')) cited.add(id.trim());
    const listed = new Set([...readFileSync('docs/SOURCES.md', 'utf8').matchAll(/^\| (S\d+[a-z]?) \|/gm)].map(([, id]) => id));
    expect(cited.size).toBeGreaterThan(20);
    expect([...cited].filter((id) => !listed.has(id))).toEqual([]);
  });

  it('says of each article that the code cites as read that it was, and not only of another of the same law', () => {
    const rows = new Map([...readFileSync('docs/SOURCES.md', 'utf8').matchAll(/^\| (S\d+[a-z]?) \| ([^|]*) \|/gm)].map(([, id, what]) => [id, what!]));
    const unread: string[] = [];
    let claims = 0;
    for (const file of FOLDERS.flatMap(filesIn))
      for (const [whole, said = '', ids = ''] of readFileSync(file, 'utf8').matchAll(CLAIM)) {
        const instrument = INSTRUMENTS.find((one) => one.test(said));
        const sources = ids.split(',').map((id) => rows.get(id.trim()) ?? '');
        const about = instrument === undefined ? [] : sources.filter((what) => instrument.test(what) || /\(secondary\)|paragraphs/.test(what));
        // a source that lists no article of it was read for something else beside it
        if (about.length === 0) continue;
        claims += 1;
        const read = about.flatMap(articlesIn);
        const isWhole = read.length === 0;
        if (!isWhole && articlesIn(said).some((article) => !isRead(article, read))) unread.push(`${file}: ${whole.trim()}`);
      }
    expect(claims).toBeGreaterThan(40);
    expect(unread).toEqual([]);
  });
});
