import { expect, test, vi } from 'vitest';
import { lazily } from '../../../shared/runtime/lazily.ts';

test('a member is made when it is first read, once, and the others are not', () => {
  const one = vi.fn(() => ['one']);
  const other = vi.fn(() => 2);
  const made = lazily({ one, other });
  expect(made.one).toBe(made.one);
  expect([one.mock.calls.length, other.mock.calls.length]).toEqual([1, 0]);
  expect({ ...made }).toEqual({ one: ['one'], other: 2 });
});
