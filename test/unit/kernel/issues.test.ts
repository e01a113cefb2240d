import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { issuesOf } from '../../../shared/kernel/issues.ts';

const schema = z.strictObject({
  goods: z.union([
    z.strictObject({ only: z.array(z.string()) }),
    z.strictObject({ except: z.array(z.string()) }),
  ]),
  address: z.union([z.email(), z.url()]),
  rate: z.union([z.string(), z.strictObject({ percent: z.union([z.string(), z.null()]) })]),
});
const right = { goods: { only: ['a'] }, address: 'a@example.com', rate: '1' };

const of = (over: object) =>
  issuesOf(schema.safeParse({ ...right, ...over }).error?.issues ?? []).map(
    ({ path, code }) => [path.join('.'), code] as const,
  );

describe('the issues of a value that may have several forms', () => {
  test('name the field of the form that the value has', () => {
    expect(of({})).toEqual([]);
    expect(of({ goods: { except: ['a', 5] } })).toEqual([['goods.except.1', 'invalid_type']]);
    expect(of({ rate: { percent: 5 } })).toEqual([['rate.percent', 'invalid_union']]);
  });

  test('name the whole value if it has none of the forms', () => {
    expect(of({ goods: 5 })).toEqual([['goods', 'invalid_union']]);
    expect(of({ address: 'nowhere' })).toEqual([['address', 'invalid_union']]);
    expect(
      issuesOf(schema.safeParse({ ...right, address: 'nowhere' }).error?.issues ?? [])[0]?.message,
    ).toMatch(/email.*, or: .*URL/);
  });

  test('name each field that is not allowed', () => {
    expect(of({ colour: 1, size: 2 })).toEqual([
      ['colour', 'unknown_field'],
      ['size', 'unknown_field'],
    ]);
  });
});
