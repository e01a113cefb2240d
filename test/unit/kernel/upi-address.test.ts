import { describe, expect, test } from 'vitest';
import { upiAddressSchema } from '../../../shared/kernel/upi-address.ts';

describe('the form of a UPI address', () => {
  test.each([...['asha.rao@examplebank', '9876543210@ybl', 'asha-rao_1@okhdfcbank', 'Asha@UPI', 'ab@s2b']])(
    'takes %s',
    (text) => expect(upiAddressSchema.safeParse(text).success).toBe(true),
  );

  test.each([
    ...['', 'asha', '@bank', 'asha@', 'asha@bank.com', 'asha rao@bank', 'asha@@bank', '.asha@bank'],
    ...['a@bank', 'asha@b', 'asha@1bank', 'asha@bank\n', `${'a'.repeat(250)}@banks`, 'आशा@bank'],
  ])('refuses %j', (text) => expect(upiAddressSchema.safeParse(text).success).toBe(false));
});
