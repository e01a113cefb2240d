import { createHash } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { pack, unpack } from '../../../shared/aws/pack.ts';
import { WORDS_1 } from '../../../shared/aws/pack-words.ts';
import { placed, scanned } from '../../builders/facts.ts';
import { timelineOf } from '../../builders/timeline.ts';

test('any value is read back as it was packed', () => {
  for (const value of [null, [], { text: '線香 🎁 \u0000 "\\' }, WORDS_1, { pad: 'x'.repeat(500_000) }])
    expect(unpack(pack(value))).toEqual(value);
});

test('facts take less than half of the bytes that compression without the words needs', () => {
  for (const fact of timelineOf([placed(), scanned()]).facts)
    expect(pack({ facts: [fact] }).length * 2).toBeLessThan(
      deflateRawSync(JSON.stringify(fact)).length * 1.3,
    );
});

// All stored orders are compressed with these words. A changed letter makes the orders unreadable.
test('the words of the dictionary never change', () => {
  expect(createHash('sha256').update(WORDS_1).digest('hex')).toBe(
    '8fab54ba2b20452c8afc6625a08fe3ea931b48b67550c8412761ce84975ca6d1',
  );
});

test('bytes that were not packed give an error', () => {
  expect(() => unpack('{}')).toThrow('compressed JSON');
  expect(() => unpack(undefined)).toThrow('compressed JSON');
  expect(() => unpack(Buffer.of(9, 1, 2))).toThrow('compressed JSON');
});
