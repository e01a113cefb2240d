import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../infra/local/front/event-pattern.ts';

const event = {
  version: '0',
  source: 'entrepot',
  'detail-type': 'order.placed',
  resources: [],
  time: '2026-03-01T10:00:00Z',
  detail: {
    status: 'held',
    note: '',
    reason: null,
    total: 120,
    express: true,
    tags: ['gift', 'Fragile'],
    counts: [1, 20],
    ip: '10.1.2.3',
    ip6: '2001:db8::7',
    path: 'orders/2026/label.PNG',
    starred: 'a*b',
    address: { country: 'DE' },
    lines: [
      { sku: 'A', quantity: 1, hazards: ['battery'] },
      { sku: 'B', quantity: 2 },
    ],
    nested: [[1, 2], [3]],
  },
};
const detail = (pattern: unknown): unknown => ({ detail: pattern });

describe('an event pattern', () => {
  it.each<[string, unknown, boolean]>([
    ['exact value', { source: ['entrepot'] }, true],
    ['one of several values', { source: ['other', 'entrepot'] }, true],
    ['another value', { source: ['other'] }, false],
    ['every field must match', { source: ['entrepot'], 'detail-type': ['x'] }, false],
    ['nested object', detail({ address: { country: ['DE'] } }), true],
    ['nested object, another value', detail({ address: { country: ['FR'] } }), false],
    ['case matters', { source: ['Entrepot'] }, false],
    ['a number', detail({ total: [120] }), true],
    ['a number is not its text', detail({ total: ['120'] }), false],
    ['true', detail({ express: [true] }), true],
    ['false', detail({ express: [false] }), false],
    ['null is null', detail({ reason: [null] }), true],
    ['null is not absence', detail({ missing: [null] }), false],
    ['null is not the empty string', detail({ note: [null] }), false],
    ['the empty string', detail({ note: [''] }), true],
    ['an element of an array', detail({ tags: ['gift'] }), true],
    ['no element of an array', detail({ tags: ['heavy'] }), false],
    ['an element of nested arrays', detail({ nested: [3] }), true],
    ['an object is no leaf', detail({ address: ['DE'] }), false],
    ['a scalar has no fields', detail({ status: { code: ['held'] } }), false],
    ['prototype names are not fields', { constructor: [{ exists: true }] }, false],

    ['prefix', { time: [{ prefix: '2026-03' }] }, true],
    ['prefix, other', { time: [{ prefix: '2025' }] }, false],
    ['prefix of a number', detail({ total: [{ prefix: '12' }] }), false],
    ['prefix, any case', { source: [{ prefix: { 'equals-ignore-case': 'ENT' } }] }, true],
    ['suffix', detail({ path: [{ suffix: '.PNG' }] }), true],
    ['suffix, case', detail({ path: [{ suffix: '.png' }] }), false],
    ['suffix, any case', detail({ path: [{ suffix: { 'equals-ignore-case': '.png' } }] }), true],
    ['equals-ignore-case', detail({ tags: [{ 'equals-ignore-case': 'FRAGILE' }] }), true],
    ['equals-ignore-case, other', detail({ tags: [{ 'equals-ignore-case': 'frail' }] }), false],

    ['anything-but a value', detail({ status: [{ 'anything-but': 'held' }] }), false],
    ['anything-but another value', detail({ status: [{ 'anything-but': 'paid' }] }), true],
    ['anything-but a list', detail({ status: [{ 'anything-but': ['paid', 'held'] }] }), false],
    ['anything-but a number', detail({ total: [{ 'anything-but': [100, 120] }] }), false],
    ['anything-but text, on a number', detail({ total: [{ 'anything-but': ['120'] }] }), true],
    ['anything-but needs the field', detail({ missing: [{ 'anything-but': 'x' }] }), false],
    ['anything-but, one element differs', detail({ tags: [{ 'anything-but': 'gift' }] }), true],
    ['anything-but prefix', detail({ status: [{ 'anything-but': { prefix: 'he' } }] }), false],
    ['anything-but prefixes', detail({ status: [{ 'anything-but': { prefix: ['x', 'y'] } }] }), true],
    ['anything-but suffix', detail({ status: [{ 'anything-but': { suffix: 'ld' } }] }), false],
    [
      'anything-but any case',
      detail({ status: [{ 'anything-but': { 'equals-ignore-case': 'HELD' } }] }),
      false,
    ],
    ['anything-but wildcard', detail({ path: [{ 'anything-but': { wildcard: '*/2026/*' } }] }), false],
    ['anything-but wildcard, other', detail({ path: [{ 'anything-but': { wildcard: '*/2025/*' } }] }), true],

    ['numeric =', detail({ total: [{ numeric: ['=', 120] }] }), true],
    ['numeric range', detail({ total: [{ numeric: ['>', 100, '<=', 120] }] }), true],
    ['numeric range, open end', detail({ total: [{ numeric: ['>=', 100, '<', 120] }] }), false],
    ['numeric on text', detail({ status: [{ numeric: ['>', 0] }] }), false],
    ['numeric on an array', detail({ counts: [{ numeric: ['>', 10] }] }), true],

    ['exists', detail({ status: [{ exists: true }] }), true],
    ['exists, null', detail({ reason: [{ exists: true }] }), true],
    ['exists, absent', detail({ missing: [{ exists: true }] }), false],
    ['exists, object is no leaf', detail({ address: [{ exists: true }] }), false],
    ['absent', detail({ missing: [{ exists: false }] }), true],
    ['absent, present', detail({ status: [{ exists: false }] }), false],
    ['absent below an absent object', { other: { field: [{ exists: false }] } }, true],
    ['absent, empty array', { resources: [{ exists: false }] }, true],
    ['absent or a value', detail({ status: [{ exists: false }, 'held'] }), true],
    ['absent, one element of the array has it', detail({ lines: { hazards: [{ exists: false }] } }), false],

    ['wildcard', detail({ path: [{ wildcard: 'orders/*/label*' }] }), true],
    ['wildcard, whole value', detail({ path: [{ wildcard: 'orders/*/label' }] }), false],
    ['wildcard, no special characters', detail({ path: [{ wildcard: 'orders.*' }] }), false],
    ['wildcard, escaped star', detail({ starred: [{ wildcard: 'a\\*b' }] }), true],
    ['wildcard, escaped star only', detail({ status: [{ wildcard: 'h\\*' }] }), false],
    ['wildcard, empty rest', detail({ status: [{ wildcard: '*held*' }] }), true],

    ['cidr', detail({ ip: [{ cidr: '10.1.0.0/16' }] }), true],
    ['cidr, outside', detail({ ip: [{ cidr: '10.2.0.0/16' }] }), false],
    ['cidr, version 6', detail({ ip6: [{ cidr: '2001:db8::/32' }] }), true],
    ['cidr, versions differ', detail({ ip6: [{ cidr: '0.0.0.0/0' }] }), false],
    ['cidr, no address', detail({ status: [{ cidr: '0.0.0.0/0' }] }), false],

    ['$or, first branch', { $or: [{ source: ['entrepot'] }, { source: ['x'] }] }, true],
    ['$or, no branch', { $or: [{ source: ['x'] }, { source: ['y'] }] }, false],
    ['$or and a field', { source: ['x'], $or: [{ source: ['entrepot'] }, { version: ['0'] }] }, false],
    ['$or, nested', detail({ $or: [{ status: ['paid'] }, { address: { country: ['DE'] } }] }), true],

    ['elements of an array of objects', detail({ lines: { sku: ['B'] } }), true],
    ['fields of one element', detail({ lines: { sku: ['B'], quantity: [2] } }), true],
    ['fields of different elements', detail({ lines: { sku: ['A'], quantity: [2] } }), false],
    ['an empty pattern', {}, true],
  ])('%s', (_name, pattern, expected) => {
    expect(compilePattern(pattern)(event)).toBe(expected);
  });
});

describe('compilePattern', () => {
  it.each<[string, unknown, RegExp]>([
    ['a value without array', { source: 'entrepot' }, /source: expected an object or an array/],
    ['an empty array', { source: [] }, /source/],
    ['an empty object', { detail: {} }, /detail/],
    ['an unknown operator', { detail: { a: [{ matches: 'x' }] } }, /detail\.a: unknown operator "matches"/],
    ['two operators', { a: [{ prefix: 'x', suffix: 'y' }] }, /exactly one key/],
    ['prefix of a number', { a: [{ prefix: 1 }] }, /prefix takes a string/],
    ['numeric without bound', { a: [{ numeric: ['>'] }] }, /numeric/],
    ['numeric with two lower bounds', { a: [{ numeric: ['>', 1, '>=', 2] }] }, /numeric/],
    ['numeric out of range', { a: [{ numeric: ['>', 6e9] }] }, /5e9/],
    ['mixed anything-but', { a: [{ 'anything-but': ['x', 1] }] }, /only strings or only numbers/],
    ['anything-but numeric', { a: [{ 'anything-but': { numeric: ['=', 1] } }] }, /anything-but/],
    ['exists as text', { a: [{ exists: 'yes' }] }, /exists/],
    ['two stars', { a: [{ wildcard: 'a**' }] }, /two \*/],
    ['an unknown escape', { a: [{ wildcard: 'a\\n' }] }, /escape/],
    ['no network', { a: [{ cidr: '10.0.0.0' }] }, /cidr/],
    ['$or with one branch', { $or: [{ source: ['x'] }] }, /\$or/],
    ['no object', [], /object/],
  ])('refuses %s', (_name, pattern, message) => {
    expect(() => compilePattern(pattern)).toThrow(message);
  });
});
