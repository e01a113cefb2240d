import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { plainMessage } from '../../../shared/kernel/plain-issue.ts';
import { isCalendarDate } from '../../../shared/kernel/time.ts';

const messageOf = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value, { error: plainMessage }).error?.issues[0]?.message;

describe('a validation issue in plain words', () => {
  it.each([
    [z.string(), undefined, 'this field is missing: a text'],
    [z.string(), 4, 'a text, not a number'],
    [z.string(), null, 'a text, not null'],
    [z.number(), '4', 'a number, not a text'],
    [z.int(), 4.5, 'a whole number, not a fraction'],
    [z.boolean(), 'yes', 'true or false, not a text'],
    [z.array(z.string()), {}, 'a list, not an object'],
    [z.object({}), [], 'an object, not a list'],
    [z.string().min(8), 'UK', 'at least 8 characters, not 2'],
    [z.string().max(1), 'UK', 'at most 1 character, not 2'],
    [z.array(z.string()).min(1), [], 'at least 1 entry, not 0'],
    [z.number().min(3), 2, 'at least 3'],
    [z.number().max(3), 4, 'at most 3'],
    [z.enum(['a', 'b']), 'c', 'one of a, b'],
    [z.literal('a'), 'c', 'a'],
    [z.iso.date(), 'soon', 'a day such as 2026-12-01'],
    [z.email(), 'me', 'an e-mail address'],
  ])('%#', (schema, value, words) => {
    expect(messageOf(schema, value)).toBe(words);
  });

  it('keeps the message that a schema defines', () => {
    expect(messageOf(z.string().regex(/^\d{6}$/, 'six digits'), 'x')).toBe('six digits');
    expect(messageOf(z.string().min(8, 'the act and its article'), 'x')).toBe('the act and its article');
  });
});

it('a day must be one of the calendar', () => {
  expect(
    ['2026-11-23', '2028-02-29', '2026-02-29', '2026-2-3', '2026-11-23T10', ''].map(isCalendarDate),
  ).toEqual([...[true, true, false, false, false, false]]);
});
