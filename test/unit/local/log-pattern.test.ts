import { describe, expect, it } from 'vitest';
import { compileLogPattern } from '../../../infra/local/watching/log-pattern.ts';

describe('a filter pattern for JSON lines', () => {
  it('compares a field with a text or a number', () => {
    const matches = compileLogPattern('{ $.code = "OVERDUE" }');
    expect(matches({ code: 'OVERDUE' })).toBe(true);
    expect(matches({ code: 'OVERDUE!' })).toBe(false);
    expect(matches({})).toBe(false);
    expect(compileLogPattern('{ $.count = 3 }')({ count: 3 })).toBe(true);
    expect(compileLogPattern('{ $.count = 3 }')({ count: '3' })).toBe(false);
  });

  it('finds a nested field, and matches an inequality only if the field exists', () => {
    const matches = compileLogPattern('{ $.record.status != "success" }');
    expect(matches({ record: { status: 'timeout' } })).toBe(true);
    expect(matches({ record: { status: 'success' } })).toBe(false);
    expect(matches({ record: {} })).toBe(false);
    expect(matches('success')).toBe(false);
  });

  it('joins comparisons: `&&` comes before `||`, and parentheses come first', () => {
    const plain = compileLogPattern('{ $.a = 1 || $.b = 1 && $.c = 1 }');
    expect(plain({ a: 1 })).toBe(true);
    expect(plain({ b: 1 })).toBe(false);
    expect(plain({ b: 1, c: 1 })).toBe(true);
    const grouped = compileLogPattern('{ (($.a = 1) || ($.b = 1)) && ($.c = 1) }');
    expect(grouped({ a: 1 })).toBe(false);
    expect(grouped({ a: 1, c: 1 })).toBe(true);
  });

  it.each([
    'ERROR',
    '[ip, user]',
    '{ $.code = "A*" }',
    '{ $.code IS NULL }',
    '{ $.count > 3 }',
    '{ $.code = }',
    '{ ($.code = "A" }',
    '{ $.items[0] = "A" }',
    '{ $.a = 1 $.b = 2 }',
  ])('is refused if the local cloud does not know it: %s', (pattern) => {
    expect(() => compileLogPattern(pattern)).toThrow('is not known to the local cloud');
  });
});
