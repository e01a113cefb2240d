import type { FunctionId, HttpTrigger } from '../../../events/triggers.ts';

/**
 * The sections of the documentation in the order in which a reader needs them: routes to sell, then routes to set up.
 */
const tags = {
  quote: 'Storefront: prices, payment methods and delivery slots.',
  order: 'Storefront: place an order, follow it, stop it. Operators: lists of orders.',
  payment: 'Operators: the evidence for disputes, reconciliation with payment providers.',
  screening: 'Operators: decide on an order, refund money.',
  shipping: "Operators: carriers' invoices and their disputes.",
  setup: 'Operators: seller, storefronts, warehouses, carriers, exchange rates, trade rules, delivery zones.',
  catalogue: 'Merchant: products, one by one or by import, and what they cost.',
  stock: 'Operators: positions and movements of stock.',
  replenishment: 'Operators: suppliers, purchase orders and transfer orders, and what comes in.',
  reports: 'Finance: tax returns and figures of a period.',
  privacy: 'Operators: erase the personal data of shoppers, with receipts.',
  partners:
    'Signed calls of payment providers, carriers, customs brokers and warehouses. Nobody else calls these.',
  operations: 'Health, this contract, the events.',
} as const;

export type Tag = keyof typeof tags;

export const tagNames = Object.keys(tags) as Tag[];

export const tagList = Object.entries(tags).map(([name, description]) => ({ name, description }));

/** The section of a route: the section of its folder. Partners' calls have a section of their own. */
export function tagOf(id: FunctionId, { access }: HttpTrigger): Tag {
  if (access.kind === 'signature') return 'partners';
  const folder = id.split('/')[0]?.replace(/^\d-/, '');
  const tag = tagNames.find((name) => name === folder);
  if (tag === undefined) throw new Error(`${id} is in no section of the documentation`);
  return tag;
}
