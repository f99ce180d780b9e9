import { describe, expect, it } from 'vitest';
import { erasedKey, exchangeKey, exchangeOfKey, givenKey, handedKey, itemKey } from '../../domain/guard-keys.js';
import { digest, uuid } from '../support/ids.js';

describe('the key of a guard', () => {
  const [item, exchange] = [digest('item'), uuid(1)];

  it('is another for each thing that is guarded', () => {
    const keys = [
      itemKey(item),
      itemKey(digest('another')),
      erasedKey(item),
      givenKey(item),
      handedKey(item, 'CH-FIN'),
      handedKey(item, 'VG-FIX'),
    ];
    expect(new Set([...keys, exchangeKey(exchange)]).size).toBe(keys.length + 1);
  });

  it('says of an exchange which it is, and of nothing else', () => {
    expect(exchangeOfKey(exchangeKey(exchange))).toBe(exchange);
    for (const key of [itemKey(item), erasedKey(item), givenKey(item), handedKey(item, 'CH-FIN'), 'directory'])
      expect(exchangeOfKey(key)).toBeNull();
  });
});
