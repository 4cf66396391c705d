import { expect, it } from 'vitest';
import { keyFor, withKey } from './toolKeys.ts';

it('a key belongs to an origin, and an empty one takes it away', () => {
  const keys = withKey(withKey([], 'https://a.example/api', 'first'), 'https://b.example', 'other');
  expect(keyFor(keys, 'https://a.example/search?x=1#tool')).toBe('first');
  expect(keyFor(keys, 'http://a.example')).toBe('');
  expect(keyFor(keys, 'https://a.')).toBe('');
  const changed = withKey(keys, 'https://a.example', 'second');
  expect([keyFor(changed, 'https://a.example'), keyFor(changed, 'https://b.example'), changed.length]).toEqual(['second', 'other', 2]);
  expect(withKey(changed, 'https://a.example', '')).toEqual([['https://b.example', 'other']]);
  expect(withKey(keys, 'no address', 'x')).toBe(keys);
});
