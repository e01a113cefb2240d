import { describe, expect, it } from 'vitest';
import { crossesCustomsBorder } from '../../../shared/kernel/country.ts';
import { canonicalJson, fingerprint } from '../../../shared/kernel/hash.ts';
import { dispatchIdOf, idSchema, newId, orderOfDispatch } from '../../../shared/kernel/ids.ts';
import { dayAfter, later } from '../../../shared/kernel/time.ts';
import { defineTransitions, mayMove } from '../../../shared/kernel/transitions.ts';
import { calendarDateIn } from '../../../shared/kernel/zoned-time.ts';

describe('ids', () => {
  it('begin with the name of their kind, sort by time and are unique', () => {
    const early = newId('order', new Date('2026-11-23T10:00:00.000Z'));
    const late = newId('order', new Date('2026-11-23T10:00:00.001Z'));
    expect(idSchema('order').parse(early)).toBe(early);
    expect(idSchema('payment').safeParse(early).success).toBe(false);
    expect(early < late).toBe(true);
    const many = Array.from({ length: 1000 }, () => newId('order', new Date(0)));
    expect(new Set(many).size).toBe(1000);
  });

  it('of dispatch orders lead to their order, and no other id does', () => {
    const orderId = newId('order', new Date('2039-11-23T10:00:00.000Z'));
    const ids = Array.from({ length: 31 }, (_, index) => dispatchIdOf(orderId, index + 1) ?? '');
    expect(new Set(ids).size).toBe(31);
    for (const id of ids) {
      expect(idSchema('dispatch').parse(id)).toBe(id);
      expect(orderOfDispatch(id)).toBe(orderId);
    }
    // From the 32nd on they are like other ids, which are kept as references.
    expect([dispatchIdOf(orderId, 32), dispatchIdOf(orderId, 0)]).toEqual([undefined, undefined]);
    for (const other of [newId('dispatch', new Date()), orderId, 'WMS-1', `${ids[0]}0`])
      expect(orderOfDispatch(other)).toBeUndefined();
  });
});

describe('time', () => {
  it('gives the calendar date in a zone at an instant', () => {
    const instant = '2026-06-30T22:30:00.000Z';
    expect(calendarDateIn('Europe/Brussels', instant)).toBe('2026-07-01');
    expect(calendarDateIn('America/New_York', instant)).toBe('2026-06-30');
    expect(later(instant, 1500)).toBe('2026-06-30T22:30:01.500Z');
  });
});

describe('days', () => {
  it('are counted across months, years and leap days', () => {
    expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01');
    expect(dayAfter('2028-02-28', 1)).toBe('2028-02-29');
    expect(dayAfter('2026-03-01', -1)).toBe('2026-02-28');
  });
});

describe('customs borders', () => {
  it.each([
    ['PL', 'DE', false],
    ['DE', 'DE', false],
    ['CN', 'DE', true],
    ['PL', 'GB', true],
    ['GB', 'GB', false],
  ])('between %s and %s: %s', (from, to, crosses) => expect(crossesCustomsBorder(from, to)).toBe(crosses));
});

describe('fingerprints', () => {
  it('depend on the value and not on the order of its members', () => {
    expect(fingerprint({ a: 1, b: [2, { c: 3, d: undefined }] })).toBe(
      fingerprint({ b: [2, { c: 3 }], a: 1 }),
    );
    expect(fingerprint({ a: 1 })).not.toBe(fingerprint({ a: '1' }));
    expect(canonicalJson({ b: 1, a: [null, 'x'] })).toBe('{"a":[null,"x"],"b":1}');
  });
});

describe('transition tables', () => {
  it('are refused if a status cannot be reached or is unknown', () => {
    expect(() => defineTransitions<'a' | 'b'>('a', { a: [], b: [] })).toThrow('reached');
    expect(() => defineTransitions<string>('a', { a: ['z'] })).toThrow('known');
    const table = defineTransitions<'a' | 'b'>('a', { a: ['b'], b: [] });
    expect([mayMove(table, 'a', 'b'), mayMove(table, 'b', 'a')]).toEqual([true, false]);
  });
});
