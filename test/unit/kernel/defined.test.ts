import { expect, test } from 'vitest';
import { defined } from '../../../shared/kernel/defined.ts';

test('fields that are undefined are left out; null, zero and false are kept', () => {
  const fields: { a: number | undefined; b: string | undefined; c: boolean; d: null } = {
    a: undefined,
    b: '',
    c: false,
    d: null,
  };
  expect(Object.entries(defined(fields))).toEqual([
    ['b', ''],
    ['c', false],
    ['d', null],
  ]);
});

test('the result has a type whose optional fields are never undefined', () => {
  const slot: { readonly from: string; readonly surcharge?: number } = {
    from: '08:00',
    ...defined({ surcharge: undefined as number | undefined }),
  };
  expect(Object.hasOwn(slot, 'surcharge')).toBe(false);
});
