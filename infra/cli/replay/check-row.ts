import { type Country, countrySchema } from '../../../shared/kernel/country.ts';
import { parseMajor } from '../../../shared/kernel/money.ts';
import { ok, type Result, refused } from '../../../shared/kernel/result.ts';
import { countryCode } from './country-codes.ts';
import type { RawRow } from './read-rows.ts';
import type { Refusal, RefusalReason } from './refusal.ts';

/** A row that sells goods to a known country. */
export interface Sale {
  readonly line: number;
  readonly invoiceNo: string;
  readonly sku: string;
  readonly description: string;
  readonly quantity: number;
  /** The price of this row for one unit, in pence GBP. */
  readonly unitPriceMinor: number;
  /** Empty if the retailer did not know the customer. */
  readonly customerId: string;
  readonly country: Country;
}

/** Codes of the data set that are not goods: postage, discounts, fees, samples, manual and bad-debt entries. */
const NO_GOODS = new Set(['AMAZONFEE', 'B', 'BANK CHARGES', 'C2', 'CRUK', 'D', 'DOT', 'M', 'POST', 'S']);
/** Rows that the shop's people wrote: corrections of amounts, and tests of their system. */
const NO_SALE = /^(ADJUST\d?|TEST\d{3})$/;

const MAX_UNITS_A_ROW = 1_000_000;

/** Reads a row as a sale. Refuses it with the first reason that applies. */
export function checkRow(row: RawRow): Result<Sale, Refusal> {
  const no = (reason: RefusalReason, detail: string) =>
    refused<Refusal>({ line: row.line, invoiceNo: row.invoiceNo, reason, detail });
  const sku = row.stockCode.toUpperCase();
  if (row.invoiceNo === '') return no('no-invoice-number', 'the number is empty');
  if (/^C/i.test(row.invoiceNo)) return no('cancellation', row.invoiceNo);
  if (NO_GOODS.has(sku) || sku.startsWith('GIFT_') || NO_SALE.test(sku)) return no('no-goods', row.stockCode);
  if (!/^[+-]?\d{1,9}$/.test(row.quantity)) return no('quantity-not-a-number', JSON.stringify(row.quantity));
  const quantity = Number(row.quantity);
  if (quantity <= 0) return no('quantity-not-positive', row.quantity);
  if (quantity > MAX_UNITS_A_ROW) return no('quantity-not-a-number', `${row.quantity} units in one row`);
  const price = readPrice(row.unitPrice);
  if (!price.ok) return no(price.error, JSON.stringify(row.unitPrice));
  if (!/^[A-Z0-9][A-Z0-9._-]{0,39}$/.test(sku)) {
    return no('stock-code-unusable', JSON.stringify(row.stockCode));
  }
  const country = countryCode(row.country);
  if (!country.ok) return no('no-country', country.error);
  return ok({
    line: row.line,
    invoiceNo: row.invoiceNo,
    sku,
    description: readable(row.description),
    quantity,
    unitPriceMinor: price.value,
    customerId: row.customerId,
    country: countrySchema.parse(country.value),
  });
}

/** A decimal such as `2.55` in pence. Zeros after the pence are ignored. */
function readPrice(text: string): Result<number, RefusalReason> {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return refused('price-not-a-number');
  const shortened = text.replace(/(\.\d\d)0+$/, '$1');
  if (/^-|^0+(\.0+)?$/.test(shortened)) return refused('price-not-positive');
  const price = parseMajor(shortened, 'GBP');
  return price === undefined ? refused('price-finer-than-a-penny') : ok(price.amountMinor);
}

/** The text without control characters and without repeated spaces. It may be in any alphabet. */
function readable(description: string): string {
  return description
    .replaceAll(/[\p{Cc}\uFFFD]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
