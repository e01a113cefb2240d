import type { LandedCost } from '../../events/landed-cost.ts';
import type { Address, Customer } from '../kernel/address.ts';
import { type Country, crossesCustomsBorder } from '../kernel/country.ts';
import type { FieldProblem } from '../kernel/problem.ts';

/** The fields of an address that a label prints. */
const printedFields = ['name', 'company', 'line1', 'line2', 'city'] as const;
type PrintedField = (typeof printedFields)[number];

/** What a carrier needs of the consignee's address. Its adapter says so, with the source of each figure. */
export interface AddressNeeds {
  /** The most characters of each printed field. */
  readonly maxLength: Readonly<Record<PrintedField, number>>;
  /** The only script that its labels print; any if absent. */
  readonly script?: 'latin';
  /** Our services that need the consignee's telephone: on every parcel, or on those that cross a customs border. */
  readonly phone: Readonly<Record<string, 'always' | 'abroad' | undefined>>;
  /** The countries to which it needs a region, beside those whose addresses are incomplete without one. */
  readonly regions: readonly Country[];
}

/** Letters of the Latin script with accents, and the signs of ASCII and Latin-1. */
const LATIN = /^[\p{Script=Latin}\p{M}\x20-\x7E\u00A0-\u00FF‘’“”–—]*$/u;

type PrintedLines = Readonly<Partial<Record<PrintedField, string | undefined>>>;

/** Whether every printed field is in the Latin script. */
function isLatin(lines: PrintedLines): boolean {
  return printedFields.every((field) => LATIN.test(lines[field] ?? ''));
}

/**
 * The address as the carrier prints it: the romanised form where its labels print only the Latin script and the address
 * is in another.
 */
export function printedAddress<
  Lines extends PrintedLines & { readonly romanised?: PrintedLines | undefined },
>(address: Lines, { script }: Pick<AddressNeeds, 'script'>): Lines {
  const { romanised } = address;
  if (script !== 'latin' || romanised === undefined || isLatin(address)) return address;
  return { ...address, company: undefined, line2: undefined, ...romanised };
}

/**
 * What the carriers of an order's parcels need of its address and lack, each at its field of the request. Carriers
 * refuse such a label after the money was taken, so it is asked for before.
 */
export function addressProblems(
  carriers: readonly { readonly code: string; readonly addressNeeds: AddressNeeds }[],
  { consignments }: Pick<LandedCost, 'consignments'>,
  { customer, shippingAddress }: { readonly customer: Customer; readonly shippingAddress: Address },
): FieldProblem[] {
  const found = new Map<string, FieldProblem>();
  for (const { carrier, service, shipFrom } of consignments) {
    const needs = carriers.find(({ code }) => code === carrier)?.addressNeeds;
    if (needs === undefined) continue;
    const isAbroad = crossesCustomsBorder(shipFrom, shippingAddress.country);
    const lacks = [
      ...textProblems(needs, shippingAddress),
      ...regionProblems(needs, shippingAddress),
      ...phoneProblems(needs.phone[service], isAbroad, customer),
    ];
    for (const problem of lacks) found.set(problem.pointer, problem);
  }
  return [...found.values()];
}

const lack = (pointer: string, detail: string): FieldProblem => ({ pointer, code: 'carrier-needs', detail });

function textProblems(needs: AddressNeeds, address: Address): FieldProblem[] {
  const printed = printedAddress(address, needs);
  const at = printed === address ? '/shippingAddress' : '/shippingAddress/romanised';
  if (needs.script === 'latin' && !isLatin(printed))
    return [
      lack(
        '/shippingAddress/romanised',
        'labels of the carrier print only Latin letters: give the name and address in them too',
      ),
    ];
  return printedFields.flatMap((field) => {
    const most = needs.maxLength[field];
    return (printed[field]?.length ?? 0) <= most
      ? []
      : [lack(`${at}/${field}`, `labels of the carrier have room for ${most} characters here`)];
  });
}

function regionProblems({ regions }: AddressNeeds, { country, region }: Address): FieldProblem[] {
  return region !== undefined || !regions.includes(country)
    ? []
    : [lack('/shippingAddress/region', `the carrier needs the region of an address in ${country}`)];
}

function phoneProblems(
  needed: 'always' | 'abroad' | undefined,
  isAbroad: boolean,
  { phone }: Customer,
): FieldProblem[] {
  const isNeeded = needed === 'always' || (needed === 'abroad' && isAbroad);
  return phone !== undefined || !isNeeded
    ? []
    : [lack('/customer/phone', 'the carrier of this service needs a telephone number of the consignee')];
}
