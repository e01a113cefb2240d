import { type PlannedCommand, promise } from './walk.ts';

const contains =
  (words: string, says = words) =>
  (printed: string): string => {
    promise(printed.includes(words), `no ${words}`, printed);
    return says;
  };

interface Totals {
  readonly goods: { readonly amount: number };
  readonly shipping: { readonly amount: number };
  readonly total: { readonly amount: number; readonly currency: string };
}

/** Step 7: from the health of the stage to the first quote. */
export const shopSteps: readonly PlannedCommand[] = [
  { begins: 'curl -sf $API/v1/health', gives: contains('"status": "up"') },
  { begins: 'admin() {', gives: () => 'the seller is stored' },
  { begins: 'RATES=', gives: contains('rates', 'the rates of the day are stored') },
  { begins: 'admin PUT /v1/admin/warehouses/de-hamburg', gives: contains('"de-hamburg"') },
  { begins: 'cat > first-products.csv', gives: contains('1 added', '1 product, and its stock') },
  {
    begins: 'KEY=$(admin PUT /v1/admin/storefronts/main',
    gives: async (_printed, { shell }) => {
      const key = await shell.run('echo "$KEY"');
      promise(key.startsWith('pk_'), 'no key', key);
      return `${key.slice(0, 8)}...`;
    },
  },
  {
    begins: 'curl -sf $API/v1/quotes',
    gives: (printed) => {
      const { goods, shipping, total } = JSON.parse(printed) as Totals;
      // 2 x 12.50, and 5.00 for the first 500 g.
      promise(goods.amount === 2_500 && shipping.amount === 500, 'another price', printed);
      return `${total.amount / 100} ${total.currency}`;
    },
  },
];

/** `docs/storefront.md`, to which step 7 leads: from a quote of the new shop to its delivered order. */
export const storefrontSteps: readonly PlannedCommand[] = [
  {
    begins: 'API=',
    notHere: 'only a local backend answers under /_local, as the page says; step 7 has the key',
  },
  { begins: 'QUOTE=$(curl', gives: contains('"total"', 'a quote and its options') },
  { begins: 'curl -sf "$API/v1/payment-methods', gives: contains('"card"', 'by card and others') },
  {
    begins: 'ORDER=$(curl',
    gives: async (_printed, { shell }) => (await shell.run('echo "$ORDER_ID"')).trim(),
  },
  { begins: 'INTENT=', gives: contains('card_declined') },
  { begins: 'curl -sf $STRIPE/v1/payment_intents', gives: contains('requires_capture') },
  { begins: 'until [ "$STATUS" = delivered ]', gives: contains('"status": "delivered"') },
  { begins: 'BATCH=', gives: contains('202') },
  { begins: "curl -s $API/v1/quotes -H 'content-type", gives: contains('/lines/0/sku') },
  { begins: 'curl -s -X POST $API/v1/orders/$ORDER_ID/cancellation', gives: contains('already-dispatched') },
];
