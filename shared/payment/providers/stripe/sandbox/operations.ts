import type { Operation } from '../../../../../infra/sandbox/partner.ts';
import { authorise } from './access.ts';
import { confirmKnownIntent } from './confirm.ts';
import { createCustomer } from './customers.ts';
import { answerDispute, concedeDispute, decideAsBank, openDispute } from './disputes.ts';
import { uploadFile } from './files.ts';
import { parseForm, readText } from './form.ts';
import { cancelIntent, captureIntent, createIntent, updateIntent } from './intents.ts';
import { matchTypes } from './lists.ts';
import { listing, members, retrieval, type StripeApi, stamp, stripeOperation } from './operation.ts';
import { showPage } from './page.ts';
import { payOut } from './payouts.ts';
import { createRefund } from './refunds.ts';

/** All operations of the API. */
export function stripeOperations(api: StripeApi): Operation[] {
  return [
    ...readingOfIntents(api),
    ...changesOfIntents(api),
    ...customers(api),
    ...refunds(api),
    ...disputes(api),
    ...records(api),
    {
      name: 'page.authorise',
      method: 'GET',
      path: '/sandbox/authorise/:id',
      shopperPageOf: 'stripe.payment_intent',
      answer: (request, { id = '' }) => showPage(api.books, id, request),
    },
    ...others(api),
  ];
}

/** What other people do: the cardholder, the cardholder's bank, and Stripe once a day. They need no key. */
function others({ books }: StripeApi): Operation[] {
  return [
    {
      name: 'cardholder.dispute',
      method: 'POST',
      path: '/sandbox/charges/:id/disputes',
      answer: ({ body }, { id = '' }) => {
        const kind = readText(parseForm(body), 'kind') === 'inquiry' ? 'inquiry' : 'chargeback';
        return { status: 200, body: openDispute(books, id, kind) };
      },
    },
    {
      name: 'bank.decide',
      method: 'POST',
      path: '/sandbox/disputes/:id/decisions',
      answer: ({ body }, { id = '' }) => ({
        status: 200,
        body: decideAsBank(books, id, readText(parseForm(body), 'outcome') ?? ''),
      }),
    },
    {
      name: 'payouts.daily',
      method: 'POST',
      path: '/sandbox/payouts',
      answer: () => ({ status: 200, body: payOut(books) }),
    },
  ];
}

function readingOfIntents(api: StripeApi): Operation[] {
  const { books } = api;
  return [
    stripeOperation(api, {
      name: 'payment_intents.list',
      at: 'GET /v1/payment_intents',
      work: listing(api, 'stripe.payment_intent', '/v1/payment_intents', members('customer')),
    }),
    stripeOperation(api, {
      name: 'payment_intents.retrieve',
      at: 'GET /v1/payment_intents/:id',
      work: (_call, id) => books.intent(id),
      allowsPublishable: true,
    }),
  ];
}

function changesOfIntents(api: StripeApi): Operation[] {
  const { books } = api;
  return [
    stripeOperation(api, {
      name: 'payment_intents.create',
      at: 'POST /v1/payment_intents',
      work: (call) => createIntent(books, call),
    }),
    stripeOperation(api, {
      name: 'payment_intents.update',
      at: 'POST /v1/payment_intents/:id',
      work: (call, id) => updateIntent(books, id, call),
    }),
    stripeOperation(api, {
      name: 'payment_intents.confirm',
      at: 'POST /v1/payment_intents/:id/confirm',
      work: (call, id) => confirmKnownIntent(books, id, call),
      allowsPublishable: true,
    }),
    stripeOperation(api, {
      name: 'payment_intents.capture',
      at: 'POST /v1/payment_intents/:id/capture',
      work: (call, id) => captureIntent(books, id, call),
    }),
    stripeOperation(api, {
      name: 'payment_intents.cancel',
      at: 'POST /v1/payment_intents/:id/cancel',
      work: (call, id) => cancelIntent(books, id, call),
    }),
  ];
}

function customers(api: StripeApi): Operation[] {
  return [
    stripeOperation(api, {
      name: 'customers.create',
      at: 'POST /v1/customers',
      work: (call) => createCustomer(api.books, call),
    }),
    stripeOperation(api, {
      name: 'customers.retrieve',
      at: 'GET /v1/customers/:id',
      work: retrieval(api, 'stripe.customer', 'customer'),
    }),
  ];
}

function refunds(api: StripeApi): Operation[] {
  return [
    stripeOperation(api, {
      name: 'refunds.create',
      at: 'POST /v1/refunds',
      work: (call) => createRefund(api.books, call),
    }),
    stripeOperation(api, {
      name: 'refunds.list',
      at: 'GET /v1/refunds',
      work: listing(api, 'stripe.refund', '/v1/refunds', members('charge', 'payment_intent')),
    }),
    stripeOperation(api, {
      name: 'refunds.retrieve',
      at: 'GET /v1/refunds/:id',
      work: retrieval(api, 'stripe.refund', 'refund'),
    }),
  ];
}

function disputes(api: StripeApi): Operation[] {
  const { books } = api;
  return [
    stripeOperation(api, {
      name: 'disputes.list',
      at: 'GET /v1/disputes',
      work: listing(api, 'stripe.dispute', '/v1/disputes', members('charge', 'payment_intent')),
    }),
    stripeOperation(api, {
      name: 'disputes.retrieve',
      at: 'GET /v1/disputes/:id',
      work: retrieval(api, 'stripe.dispute', 'dispute'),
    }),
    stripeOperation(api, {
      name: 'disputes.update',
      at: 'POST /v1/disputes/:id',
      work: (call, id) => answerDispute(books, id, call),
    }),
    {
      name: 'files.create',
      method: 'POST',
      path: '/v1/files',
      answer: (request) => {
        authorise(api.sandbox, request, false);
        return stamp(request.requestId, { status: 200, body: uploadFile(books, request) });
      },
    },
    stripeOperation(api, {
      name: 'disputes.close',
      at: 'POST /v1/disputes/:id/close',
      work: (call, id) => concedeDispute(books, id, call),
    }),
  ];
}

/** The operations that read Stripe's records: charges, events and balance transactions. */
function records(api: StripeApi): Operation[] {
  const balance = '/v1/balance_transactions';
  return [
    stripeOperation(api, {
      name: 'charges.retrieve',
      at: 'GET /v1/charges/:id',
      work: retrieval(api, 'stripe.charge', 'charge'),
    }),
    stripeOperation(api, {
      name: 'events.list',
      at: 'GET /v1/events',
      work: listing(api, 'stripe.event', '/v1/events', matchTypes),
    }),
    stripeOperation(api, {
      name: 'events.retrieve',
      at: 'GET /v1/events/:id',
      work: retrieval(api, 'stripe.event', 'event'),
    }),
    stripeOperation(api, {
      name: 'balance_transactions.list',
      at: `GET ${balance}`,
      work: listing(api, 'stripe.balance_transaction', balance, (params) => {
        const isNamed = members('source', 'type', 'currency')(params);
        const payout = readText(params, 'payout');
        const paid = payout === undefined ? undefined : api.books.paidBy(payout);
        return (one) => isNamed(one) && (paid === undefined || paid.has(String(one.id)));
      }),
    }),
    stripeOperation(api, {
      name: 'payouts.list',
      at: 'GET /v1/payouts',
      work: listing(api, 'stripe.payout', '/v1/payouts', members('status')),
    }),
    stripeOperation(api, {
      name: 'payouts.retrieve',
      at: 'GET /v1/payouts/:id',
      work: retrieval(api, 'stripe.payout', 'payout'),
    }),
    stripeOperation(api, {
      name: 'balance_transactions.retrieve',
      at: `GET ${balance}/:id`,
      work: retrieval(api, 'stripe.balance_transaction', 'balance transaction'),
    }),
  ];
}
