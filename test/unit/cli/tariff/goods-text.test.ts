import { expect, test } from 'vitest';
import { goodsText } from '../../../../infra/cli/tariff/publishers/goods-text.ts';

test('joins the texts of the headings and of the line, each once', () => {
  expect(goodsText(['T-shirts', '', 'Of cotton', 'Of cotton'])).toBe('T-shirts: Of cotton');
  expect(goodsText([])).toBe('');
});

test('keeps the heading and the last texts where all are too long', () => {
  const long = 'a'.repeat(100);
  const text = goodsText([long, 'b'.repeat(70), 'For women', 'Other']);
  expect(text).toBe(`${'a'.repeat(59)}…: ${'b'.repeat(70)}: For women: Other`);
  expect(goodsText([long, 'b'.repeat(90), 'For women', 'Other'])).toBe(
    `${'a'.repeat(59)}…: For women: Other`,
  );
  expect(goodsText(['c'.repeat(200)])).toHaveLength(160);
  expect(goodsText([long, 'd'.repeat(200)])).toHaveLength(160);
});
