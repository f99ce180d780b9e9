import { expect, it } from 'vitest';
import { gathered } from '../../../adapters/store-prisma/gathered.js';

const counting = () => {
  const loads: (readonly string[])[] = [];
  const get = gathered((keys) => {
    loads.push(keys);
    if (keys.includes('broken')) return Promise.reject(new Error('no'));
    return Promise.resolve(new Map(keys.filter((key) => key !== 'absent').map((key) => [key, key.toUpperCase()])));
  });
  return { loads, get };
};

it('asks once for what is asked in one turn, each key once, and answers each', async () => {
  const { loads, get } = counting();
  expect(await Promise.all([get('a'), get('b'), get('a'), get('absent')])).toEqual(['A', 'B', 'A', null]);
  expect(loads).toEqual([['a', 'b', 'absent']]);
});

it('gathers what is asked while a query runs, and never answers from before it was asked', async () => {
  const { loads, get } = counting();
  const first = get('a');
  await Promise.resolve();
  await Promise.resolve();
  const rest = [get('a'), get('b')];
  expect(await Promise.all([first, ...rest])).toEqual(['A', 'A', 'B']);
  expect(loads).toEqual([['a'], ['a', 'b']]);
});

it('takes many keys in parts', async () => {
  const { loads, get } = counting();
  await Promise.all(Array.from({ length: 600 }, (_, n) => get(`k${n}`)));
  expect(loads.map((keys) => keys.length)).toEqual([256, 256, 88]);
});

it('fails those who asked, and serves the next', async () => {
  const { get } = counting();
  await expect(get('broken')).rejects.toThrow('no');
  expect(await get('a')).toBe('A');
});
