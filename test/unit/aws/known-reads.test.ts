import { describe, expect, test } from 'vitest';
import { createKnownReads } from '../../../shared/aws/known-reads.ts';

describe('remembered reads', () => {
  const step = () => ({ facts: [], journals: [] });

  test('the same bytes are read once, whatever buffer holds them', () => {
    const known = createKnownReads<object>();
    const first = known.get(Buffer.from('abc'), step);
    const again = known.get(Buffer.from('xabc').subarray(1), () => {
      throw new Error('read again');
    });
    expect(again).toBe(first);
  });

  test('the same text is read once, and another text is another value', () => {
    const known = createKnownReads<object>();
    const first = known.get('{"sku":"A"}', step);
    expect(known.get('{"sku":"A"}', step)).toBe(first);
    expect(known.get('{"sku":"B"}', step)).not.toBe(first);
  });

  test('other bytes are another step', () => {
    const known = createKnownReads<object>();
    expect(known.get(Buffer.from('abc'), step)).not.toBe(known.get(Buffer.from('abd'), step));
  });

  test('no invocation can change what another one reads', () => {
    const lines = [{ quantity: 1 }];
    const read = () => ({ facts: [{ data: { lines } }] });
    const { facts } = createKnownReads<ReturnType<typeof read>>().get(Buffer.from('abc'), read);
    expect(() => Object.assign(lines[0] ?? {}, { quantity: 2 })).toThrow(TypeError);
    expect(() => facts.push({ data: { lines } })).toThrow(TypeError);
  });

  test('the step that was not used for longest is forgotten', () => {
    const known = createKnownReads<object>(2);
    const [first, second] = ['1', '2'].map((bytes) => known.get(Buffer.from(bytes), step));
    known.get(Buffer.from('1'), step);
    known.get(Buffer.from('3'), step);
    expect(known.get(Buffer.from('1'), step)).toBe(first);
    expect(known.get(Buffer.from('2'), step)).not.toBe(second);
  });

  test('what cannot be read is not remembered, and a large step neither', () => {
    const known = createKnownReads<object>();
    const refused = () => {
      throw new Error('not a fact');
    };
    expect(() => known.get(Buffer.from('abc'), refused)).toThrow('not a fact');
    expect(known.get(Buffer.from('abc'), step)).toEqual(step());
    const large = Buffer.alloc(5_000);
    expect(known.get(large, step)).not.toBe(known.get(large, step));
  });
});
