import type { FunctionId } from '../../../events/triggers.ts';
import { findCheckout } from '../../sandbox/find-checkout.ts';
import { samplePartners } from '../sample-shop/sample-partners.ts';
import { demoAddress, demoBasket } from '../start/demo-basket.ts';
import type { RouteDoc } from './route-doc.ts';

const checkout = await findCheckout(samplePartners.payment);

const quoteId = 'quo_01KAXB3J5K0000000000000000';
const orderId = 'ord_01KAXB3J5K0000000000000000';
const holdId = 'hld_01KAXB3J5K0000000000000000';
const slotId = 'de-hamburg_2026-12-03_0800-1200_timed';

const order = {
  quoteId,
  customer: { email: 'erika.musterfrau@example.com', phone: '+4915112345678' },
  shippingAddress: demoAddress,
};

const howToPay = `**How the shopper pays** is in \`payment.nextAction\` of the answer:

| \`type\` | task of the storefront |
|---|---|
| \`confirm\` | hands \`clientSecret\` to the provider's browser library |
| \`redirect\` | sends the browser to \`url\`; it comes back to the \`returnUrl\` of the request |
| \`qr\` | shows \`payload\` as a QR code until \`expiresAt\` |
| \`voucher\` | shows \`reference\` and \`url\` until \`expiresAt\` |
| \`pending\` | the provider did not answer: repeats the request with the same Idempotency-Key |
| \`none\` | nothing |

${checkout.documentation}

**The further states** are in \`GET /v1/orders/{orderId}\`:
\`placed\` → \`authorised\` → \`released\` → \`paid\` → \`booked\` → \`cleared\` → \`fulfilling\` → \`dispatched\` → \`delivered\`. A person may have to decide first (\`held\`). An order is stopped by
way of \`cancelling\` to \`cancelled\`, and an order that is never paid is \`expired\`. Card orders hold their stock for 30 minutes.`;

/** Routes that a storefront calls. */
export const storefrontRoutes: Partial<Record<FunctionId, RouteDoc>> = {
  '1-quote/post-quote': {
    description: `Every figure names the rule, the law and the formula that gave it. The quote can be ordered for 30 minutes.

\`options\` are the possible plans, the chosen one first. Each has an \`optionId\`, which an order names. **Two options may
have the same \`service\`** (from another warehouse, say): distinguish them for a shopper by total, promise and \`labels\`
(\`cheapest\`, \`fastest\`, \`greenest\`), never by service alone.`,
    bodies: {
      germany: { summary: 'Two T-shirts and a mug to Hamburg', body: demoBasket },
      britain: {
        summary: 'Two umbrellas to London, paid in pounds',
        body: {
          destination: { country: 'GB', postalCode: 'SW1A 1AA' },
          currency: 'GBP',
          lines: [{ sku: 'UMBRELLA-FOLDING', quantity: 2 }],
        },
      },
      unitedStates: {
        summary: 'Two T-shirts to New York, with two options of the same service',
        body: {
          destination: { country: 'US', postalCode: '10001', region: 'NY' },
          currency: 'USD',
          lines: [{ sku: 'TSHIRT-COTTON-NAVY', quantity: 2 }],
        },
      },
    },
  },
  '1-quote/post-quote-refresh': {
    description: 'The earlier quote stays valid until it expires. Send no body.',
    values: { quoteId },
  },
  '1-quote/get-payment-methods': { values: { country: 'DE', currency: 'EUR', amount: '5462' } },
  '1-quote/get-sellable-products': { values: { country: 'DE', skus: 'TSHIRT-COTTON-NAVY,MUG-CERAMIC-350' } },
  '1-quote/get-delivery-slots': {
    description:
      'The sample shop has no delivery zone: store the example of `PUT /v1/admin/slots/{zoneId}` first.',
    values: { country: 'DE', postalCode: '20095' },
  },
  '1-quote/post-slot-hold': {
    values: { slotId },
    bodies: { hold: { summary: 'A place for the order on this quote', body: { quoteId } } },
  },
  '2-order/post-order': {
    description: howToPay,
    bodies: {
      card: { summary: 'Paid by card', body: { ...order, payment: { method: 'card' } } },
      klarna: {
        summary: 'Paid with Klarna',
        body: { ...order, payment: { method: 'klarna', returnUrl: 'https://shop.example.com/thanks' } },
      },
      slot: {
        summary: 'By card, delivered in the slot that is held for the quote',
        body: { ...order, payment: { method: 'card' }, deliverySlot: { holdId } },
      },
    },
  },
  '2-order/get-order': {
    description: `Send the \`accessToken\` of the order as a bearer token. \`status\` is the state of the order now, \`timeline\` its
history; \`payments[0].status\` is \`partially_refunded\` until all of the money was refunded.`,
    values: { orderId },
  },
  '2-order/post-payment': {
    description: `For a shopper whose card was declined, or whose provider is out. What was begun before is voided; if it turns
out paid, it pays the order, and \`nextAction\` is \`none\`. Send the \`accessToken\` of the order as a bearer token.`,
    values: { orderId },
    bodies: {
      card: { summary: 'By card', body: { method: 'card' } },
      klarna: {
        summary: 'With Klarna',
        body: { method: 'klarna', returnUrl: 'https://shop.example.com/thanks' },
      },
    },
  },
  '2-order/post-cancellation': {
    description:
      '`asked-the-warehouse`: the warehouse has begun to pack the order, so it may be too late. The timeline will have the answer of the warehouse.',
    values: { orderId },
  },
  'reports/post-visits': {
    description: `For the report \`funnel\`. Send it while the shopper goes on; nobody needs to wait for the answer. No name, address
or customer number has a place in it. Steps count at the time at which they arrive.`,
    bodies: {
      visit: {
        summary: 'Two views, and two units put into the cart',
        body: {
          batchId: '0f0c2f3e-5a54-4c6e-9d0b-5f6d6c1a7b01',
          visitorId: '7c1c5b0a-2f8e-4d55-8a9e-0d2b7f4e6a11',
          country: 'DE',
          steps: [
            { step: 'view', sku: 'TSHIRT-COTTON-NAVY' },
            { step: 'view', sku: 'MUG-CERAMIC-350' },
            { step: 'cart', sku: 'MUG-CERAMIC-350', quantity: 2 },
          ],
        },
      },
    },
  },
};
