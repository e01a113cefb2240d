import { describe, expect, test } from 'vitest';
import { missingOfPayer } from '../../../shared/order/payable-method.ts';
import { details } from '../../builders/details.ts';

const lack = (pointer: string, what: string) => ({
  ...{ pointer, code: 'payer-needs', detail: `the payment method needs ${what} of the shopper` },
});

describe('what a payment method needs of the request', () => {
  test('is the UPI address and the page to return to, each at its field', () => {
    const missing = missingOfPayer(['vpa', 'returnUrl'], details(), {});
    expect(missing).toEqual([
      lack('/payment/vpa', 'the UPI address'),
      lack('/payment/returnUrl', 'the page for the return'),
    ]);
    const request = { vpa: 'asha.rao@examplebank', returnUrl: 'https://shop.example/thanks' };
    expect(missingOfPayer(['vpa', 'returnUrl'], details(), request)).toEqual([]);
  });

  test('is nothing where the method asks for nothing', () => {
    expect(missingOfPayer(undefined, details(), {})).toEqual([]);
    expect(missingOfPayer(['email', 'name'], details(), {})).toEqual([]);
  });
});
