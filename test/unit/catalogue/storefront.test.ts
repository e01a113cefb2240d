import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { publishableKeyOf } from '../../../shared/catalogue/index.ts';

test('the publishable key of a storefront depends only on its id and its secret', () => {
  const hmac = createHmac('sha256', 'secret').update('storefront:shop').digest('base64url');
  expect(publishableKeyOf('shop', 'secret')).toBe(`pk_${hmac}`);
  expect(publishableKeyOf('outlet', 'secret')).not.toBe(publishableKeyOf('shop', 'secret'));
  expect(publishableKeyOf('shop', 'other')).not.toBe(publishableKeyOf('shop', 'secret'));
});
