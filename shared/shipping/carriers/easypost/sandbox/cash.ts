import type { Operation, Sandbox } from '../../../../../infra/sandbox/partner.ts';
import { readJson } from './read-json.ts';
import type { EasyPostShipment } from './wire.ts';

/** Cash that a carrier collected for a label. EasyPost itself has no such object: each carrier remits by itself. */
interface CollectedCash {
  readonly trackingCode: string;
  /** Decimal text, as the shipment's `cod_amount`. */
  readonly amount: string;
  readonly currency: string;
  /** What a short remittance left of the amount; absent if none was short. */
  readonly rest?: string;
  /** The remittance that paid it out; absent before. */
  readonly remittance?: string;
}

const KIND = 'easypost.cash';
const methods: readonly unknown[] = ['CASH', 'CHECK', 'MONEY_ORDER'];

/** What is wrong with the cash to collect in the options of a shipment. */
export function checkCash(options: EasyPostShipment['options']): { field: string; message: string }[] {
  const { cod_amount: amount, cod_method: method } = options;
  if (amount == null) return [];
  return [
    ...(/^\d+(\.\d+)?$/.test(String(amount)) && Number(amount) > 0
      ? []
      : [{ field: 'options.cod_amount', message: 'must be an amount greater than 0' }]),
    ...(method == null || methods.includes(method)
      ? []
      : [{ field: 'options.cod_method', message: 'must be CASH, CHECK or MONEY_ORDER' }]),
  ];
}

/** The line that a label prints of it; empty if nothing is to be collected. */
export const cashLine = ({
  options: { cod_amount: amount, cod_method: method },
}: EasyPostShipment): string => (amount == null ? '' : `COD ${String(amount)} ${String(method ?? 'CASH')}`);

const currencies: Readonly<Record<string, string>> = {
  CH: 'CHF', DK: 'DKK', GB: 'GBP', IN: 'INR', JP: 'JPY', PL: 'PLN', RO: 'RON', SE: 'SEK', US: 'USD',
}; // biome-ignore format: a table reads better in columns

/** The carrier has delivered the parcel and has the money, in the currency of the destination. */
export function collectCash(
  { store }: Sandbox,
  { options, to_address, tracking_code }: EasyPostShipment,
): void {
  if (options.cod_amount == null || tracking_code === null) return;
  const currency = currencies[to_address.country] ?? 'EUR';
  const cash: CollectedCash = { trackingCode: tracking_code, amount: String(options.cod_amount), currency };
  store.put(KIND, tracking_code, cash);
}

/** What a remittance does wrong, by tracking code. */
interface Wrong {
  /** Paid less by 1, which the next one pays. */
  readonly short?: readonly string[];
  /** Paid twice. */
  readonly twice?: readonly string[];
  /** Left out, and paid out by the next one. */
  readonly without?: readonly string[];
  /** Only these; absent: all that was collected. */
  readonly only?: readonly string[];
}

/**
 * POST /sandbox/remittances: a carrier remits what it has collected and not remitted, as a CSV file. It keeps 2 per cent
 * of each amount, half up. The body says what it does wrong.
 */
export const remit =
  (sandbox: Sandbox): Operation['answer'] =>
  (request) => {
    const { short = [], twice = [], without = [], only } = readJson(request) as Wrong;
    const { store } = sandbox;
    const date = new Date(sandbox.now()).toISOString().slice(0, 10);
    const remittance = `RM${String(store.next(`${KIND}.remittance`)).padStart(6, '0')}`;
    const unpaid = store
      .list<CollectedCash>(KIND, {})
      .filter((cash) => cash.remittance === undefined && !without.includes(cash.trackingCode))
      .filter(({ trackingCode }) => only?.includes(trackingCode) !== false);
    const lines = unpaid.flatMap((cash) => {
      const { trackingCode, amount, currency } = cash;
      const due = cash.rest ?? amount;
      const isShort = short.includes(trackingCode);
      const paid = isShort ? less(due) : due;
      const after = isShort ? { rest: less(due, Number(paid)) } : { remittance };
      store.put(KIND, trackingCode, { ...cash, ...after });
      const line = [trackingCode, paid, currency, feeOf(paid), date, remittance].join(',');
      return twice.includes(trackingCode) ? [line, line] : [line];
    });
    const header = 'Tracking Number,COD Amount,Currency,COD Fee,Remittance Date,Remittance ID';
    return {
      status: 200,
      headers: { 'content-type': 'text/csv' },
      body: `${[header, ...lines].join('\n')}\n`,
    };
  };

const digitsOf = (amount: string): number => amount.split('.')[1]?.length ?? 0;
const less = (amount: string, by = 1): string => (Number(amount) - by).toFixed(digitsOf(amount));

function feeOf(amount: string): string {
  const unit = 10 ** digitsOf(amount);
  const minor = Math.floor((Math.round(Number(amount) * unit) * 2 + 50) / 100);
  return (minor / unit).toFixed(digitsOf(amount));
}
