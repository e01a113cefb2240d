import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/** A part of a JSON schema. */
type Node = Readonly<Record<string, unknown>>;

const FOLDERS = ['events/generated/schemas', 'events/generated/lake'];

/**
 * The texts of events that no form binds, by the name of their field, and where each comes from. Nothing that a shopper
 * types is among them, nor free text of a partner. Whoever adds a text to an event gives it an enumeration or a
 * pattern, or a reason here, or puts it among the personal fields.
 */
const UNBOUND: Readonly<Record<string, string>> = {
  storefrontId: 'set up by the merchant',
  guaranteeCode: 'computed from the quote',
  consignmentId: 'numbered by the plan',
  lineId: 'numbered by the quote',
  optionId: 'numbered by the quote',
  labels: 'words of the plan search',
  slotId: 'zone and pattern of the merchant',
  version: 'of the rules',
  id: 'of the exchange rates',
  used: 'exchange rates',
  source: 'publisher of the exchange rates',
  customsRate: 'which exchange rate was used',
  carrier: 'code of a plug-in',
  service: 'code of a plug-in',
  provider: 'code of a plug-in',
  broker: 'code of a plug-in',
  warehouseSystem: 'code of a plug-in',
  method: 'code of a payment method',
  description: 'of a product or of a charge, by the merchant or the rules',
  hsCode: 'of a product',
  declaredCode: 'of a line of a tariff',
  edition: 'of a tariff, by its publisher',
  editions: 'of tariffs, by their publishers',
  published: 'a rate, by the publisher of its tariff',
  least: 'a rate, of the rules',
  most: 'a rate, of the rules',
  regime: 'name of a program',
  scheme: 'name of a tax scheme',
  dataSet: 'name of a form',
  postalArea: 'two characters of the postal code',
  ruleId: 'of the rules',
  explanation: 'written by a rule from amounts and codes',
  code: 'of a charge, or a code of a partner',
  rate: 'of the rules',
  formula: 'computed from amounts',
  legalReference: 'of the rules',
  owedTo: 'name of an authority',
  assumption: 'of the rules',
  factorsVersion: 'of the emission factors',
  factorId: 'of the emission factors',
  reason: 'code of a reason for attention, or of what blocks a step',
  reasons: 'codes of an authority',
  waitingFor: 'words of a deadline',
  trackingNumber: 'given by the carrier',
  carrierShipmentId: 'given by the carrier',
  carrierStatus: 'code of the carrier',
  scanId: 'given by the carrier, or computed from the scan',
  providerPaymentId: 'given by the payment provider',
  authorisationReference: 'given by the payment provider',
  providerReference: 'given by the payment provider',
  captureReference: 'given by the payment provider',
  settles: 'given by a payment provider',
  payoutId: 'given by a payment provider',
  bankReference: 'number of a transfer, given by a bank',
  codeReference: 'number within a code, given by a payment provider',
  callbackId: 'given by a partner',
  requestId: 'idempotency key of an operator',
  key: 'idempotency key of an operator',
  transferId: 'number of an operator',
  goods: 'prefixes of the Harmonised System',
  previousVersion: 'of the rules',
  reference: 'of a fact, a call or a step',
  authorityCode: 'code of an authority',
  mrn: 'given by an authority',
  lrn: 'our number of a declaration',
};

/** The fields of an address and of a customer, as properties of a schema. */
const OF_A_PERSON =
  /"(email|phone|company|line[12]|city|postalCode|taxId|labelUrl|shippingAddress|billingAddress|customer)":\{/g;

/** The names of the fields whose text is bound by nothing. */
function unbound(node: unknown, name = ''): string[] {
  if (Array.isArray(node)) return node.flatMap((each) => unbound(each, name));
  if (node === null || typeof node !== 'object') return [];
  const schema = node as Node;
  const isFree =
    schema.type === 'string' && ['enum', 'const', 'pattern', 'format'].every((key) => !(key in schema));
  const { properties = {}, $defs = {}, ...others } = schema as Record<string, Record<string, unknown>>;
  return [
    ...(isFree ? [name] : []),
    ...Object.entries({ ...properties, ...$defs }).flatMap(([key, inner]) => unbound(inner, key)),
    ...Object.values(others).flatMap((inner) => unbound(inner, name)),
  ];
}

const schemas = FOLDERS.flatMap((folder) =>
  readdirSync(folder).map(
    (file) => [file, JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Node] as const,
  ),
);

describe('the texts of events', () => {
  test.each(schemas)('%s has no text that a shopper or a partner could fill', (_file, schema) => {
    expect(unbound(schema).filter((name) => UNBOUND[name] === undefined)).toEqual([]);
  });

  test('each text of the list is still in an event', () => {
    const present = new Set(schemas.flatMap(([, schema]) => unbound(schema)));

    expect(Object.keys(UNBOUND).filter((name) => !present.has(name))).toEqual([]);
  });

  test.each(schemas)('%s has no field of an address or of a person', (_file, schema) => {
    const found = JSON.stringify(schema).match(OF_A_PERSON) ?? [];

    expect(found).toEqual([]);
  });
});
