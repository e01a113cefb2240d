import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { publishableKeyOf } from '../../../shared/catalogue/index.ts';

test('a storefront’s publishable key is always the same, and is another one with another id or secret', () => {
  const hmac = createHmac('sha256', 'secret').update('storefront:shop').digest('base64url');
  expect(publishableKeyOf('shop', 'secret')).toBe(`pk_${hmac}`);
  expect(publishableKeyOf('outlet', 'secret')).not.toBe(publishableKeyOf('shop', 'secret'));
  expect(publishableKeyOf('shop', 'other')).not.toBe(publishableKeyOf('shop', 'secret'));
});
