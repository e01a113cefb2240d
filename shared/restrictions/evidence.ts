import type { Country } from '../kernel/country.ts';
import type { CalendarDate } from '../kernel/time.ts';
import type { RestrictedProduct } from './attributes.ts';
import type { ProductDocument } from './document.ts';
import { type EvidenceType, evidenceTitles } from './evidence-types.ts';
import type { GoodsRegistrations } from './registrations.ts';
import type { Restriction } from './schema.ts';

/** The product and seller whose evidence is checked, with destination and date. */
export interface EvidenceQuestion {
  readonly product: RestrictedProduct;
  readonly seller: GoodsRegistrations;
  readonly destination: Country;
  readonly date: CalendarDate;
}

/** Why the row's evidence is missing, in words; undefined when one accepted kind is there and valid on the date. */
export function missingEvidence(row: Restriction, question: EvidenceQuestion): string | undefined {
  const wanted = row.evidence ?? [];
  const withData = row.withCertificateData === true;
  const reasons = wanted.map((type) => missing(type, question, withData));
  if (reasons.includes(undefined)) return undefined;
  const known = reasons.filter((reason) => reason !== 'absent');
  return known.length > 0
    ? known.join('; ')
    : `needs ${wanted.map((type) => evidenceTitles[type]).join(', or ')}`;
}

/** `absent` when there is no evidence of that type; otherwise the reason why the existing evidence does not count. */
function missing(type: EvidenceType, question: EvidenceQuestion, withData: boolean): string | undefined {
  const { product, seller } = question;
  const { compliance } = product;
  switch (type) {
    case 'responsible-person-eu':
      return present(compliance?.responsiblePersons?.EU ?? seller.responsiblePersons?.EU);
    case 'responsible-person-gb':
      return present(compliance?.responsiblePersons?.GB ?? seller.responsiblePersons?.GB);
    case 'battery-rating': {
      const goods = compliance?.dangerousGoods;
      return present(
        goods?.batteryMilliwattHours ??
          goods?.cellMilliwattHours ??
          goods?.batteryLithiumMilligrams ??
          goods?.cellLithiumMilligrams,
      );
    }
    case 'species-statement':
      return present(compliance?.cites ?? compliance?.animalMaterials ?? compliance?.plantMaterials);
    case 'product-identifiers':
      return missingIdentifiers(product);
  }
  if (type.startsWith('epr-')) return missingNumber(type.slice('epr-'.length), question);
  return missingDocument(type, question, withData);
}

const present = (value: unknown) => (value === undefined ? 'absent' : undefined);

function missingIdentifiers({ compliance }: RestrictedProduct): string | undefined {
  const { manufacturer, gtin, noGtin } = compliance?.identifiers ?? {};
  if (manufacturer === undefined && gtin === undefined && noGtin === undefined) return 'absent';
  if (manufacturer === undefined) return "needs the maker's product number (NS-PID)";
  return gtin === undefined && noGtin === undefined
    ? 'needs a GTIN (S-PID), or the statement that there is none'
    : undefined;
}

function missingNumber(stream: string, { seller, destination, date }: EvidenceQuestion): string | undefined {
  const found = seller.epr?.find((number) => number.country === destination && number.stream === stream);
  if (found === undefined) return `needs the seller's EPR number for ${stream} in ${destination}`;
  const { validUntil } = found;
  return validUntil !== undefined && validUntil < date
    ? `the EPR number for ${stream} in ${destination} expired: good until ${validUntil}`
    : undefined;
}

function missingDocument(
  type: string,
  { product, destination, date }: EvidenceQuestion,
  withData: boolean,
): string | undefined {
  const own = (product.compliance?.documents ?? []).filter(
    (document) => document.type === type && (document.countries?.includes(destination) ?? true),
  );
  if (own.length === 0) return 'absent';
  const reasons = own.map((document) => wrongWith(document, date, withData));
  return reasons.includes(undefined) ? undefined : reasons[0];
}

function wrongWith(
  { type, reference, validFrom, validUntil, certificate }: ProductDocument,
  date: CalendarDate,
  withData: boolean,
): string | undefined {
  const name = `${evidenceTitles[type]} ${reference}`;
  if (validUntil !== undefined && validUntil < date) return `${name} expired: good until ${validUntil}`;
  if (validFrom !== undefined && date < validFrom) return `${name} is not good before ${validFrom}`;
  return withData && certificate === undefined
    ? `${name} lacks the data that are filed at entry: product, rules, manufacture, test, contact`
    : undefined;
}
