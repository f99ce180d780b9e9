import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const README = read('README.md');

/** As GitHub names the anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
const anchorsIn = (path: string): string[] => [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

it.each(['README.md', 'docs/OPERATING.md'])('every link of %s leads to what is there', (page) => {
  const links = [...read(page).matchAll(/\]\(([\w./-]*)(?:#([\w-]+))?\)/g)];
  expect(links.length).toBeGreaterThan(5);
  for (const [link, target = '', anchor] of links) {
    const path = target === '' ? page : join(dirname(page), target);
    expect(existsSync(new URL(`../../${path}`, import.meta.url)), link).toBe(true);
    if (anchor !== undefined) expect(anchorsIn(path), link).toContain(anchor);
  }
});

it('every file that the walk’s page names is there', () => {
  const named = /\b(?:policies|gateway\/cases|(?:gateway\/)?steps|rows|cases)\/[a-z-]*[a-z]\b(?!\/)/g;
  const files = [...read('docs/WALK.md').matchAll(named)].map(([name]) => (/^(?:policies|gateway)\//.test(name) ? name : `gateway/${name}`));
  expect(files.length).toBeGreaterThan(8);
  expect(files.filter((path) => !existsSync(new URL(`../../${path}.ts`, import.meta.url)))).toEqual([]);
});

it('whoever has started it is led to the lines that make a first authority', () => {
  const started = README.slice(README.indexOf('npm start'), README.indexOf('## The way of one message'));
  expect(started).toContain('docs/OPERATING.md#a-first-authority-typed');
});
