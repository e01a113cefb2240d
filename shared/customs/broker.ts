import type { Country } from '../kernel/country.ts';
import type { Money } from '../kernel/money.ts';
import type { Instant } from '../kernel/time.ts';
import { type Adapter, type BoundBySecrets, definePlugIn, type PlugIn } from '../partners/plug-in.ts';

/** Where a party is. */
export interface DeclaredAddress {
  readonly line1: string;
  readonly line2?: string | undefined;
  readonly city: string;
  readonly region?: string | undefined;
  readonly postalCode?: string | undefined;
  readonly country: Country;
}

/** A party on a declaration. A consignee is personal data: it is handed to the broker and stored nowhere else. */
export interface DeclarationParty extends DeclaredAddress {
  readonly name: string;
  readonly company?: string | undefined;
  /** EORI, VAT or importer number, or the consignee's number, if the declaration needs one. */
  readonly identification?: string | undefined;
}

/** The merchant on a declaration. Without an address where none is stored: an authority knows it by its number. */
export interface DeclaredMerchant {
  readonly name: string;
  readonly identification?: string | undefined;
  readonly address?: DeclaredAddress | undefined;
}

export interface DeclarationItem {
  readonly itemNumber: number;
  readonly sku: string;
  readonly description: string;
  readonly hsCode: string;
  /** The product's own code, where it has fewer digits than the data set takes: `hsCode` was chosen under it. */
  readonly givenHsCode?: string | undefined;
  readonly originCountry: Country;
  readonly quantity: number;
  readonly netWeightGrams: number;
  /** The number of cartons that the goods are in. */
  readonly packageCount: number;
  /** United States: the manufacturer's identification (MID), if the product names one. */
  readonly manufacturerId?: string | undefined;
  /** Price of the goods alone; the customs value of goods that are given away. */
  readonly intrinsicValue: Money;
  /** The goods have no price, so that the value is not that of the transaction. */
  readonly isGivenAway?: boolean;
  readonly duty: Money;
  readonly tax: Money;
  /** European Union: the duty is the flat amount per item, whatever the tariff. */
  readonly bearsFlatDuty?: boolean;
}

/** One declaration in the terms of the trade; each adapter writes it in its broker's format. */
export interface Declaration {
  /** 1 to 22 letters, digits, points, hyphens or underscores (an..22), never used twice. */
  readonly lrn: string;
  /** `IMPORT_…`: for any other country; the broker writes that country's own form. */
  readonly dataSet:
    | 'EU_H7'
    | 'EU_H1'
    | 'GB_H7'
    | 'GB_H1'
    | 'US_TYPE_11'
    | 'US_TYPE_01'
    | 'IMPORT_LOW_VALUE'
    | 'IMPORT_STANDARD';
  readonly jurisdiction: Country;
  readonly incoterm: 'DDP' | 'DAP';
  readonly exporter: DeclarationParty;
  readonly consignee: DeclarationParty;
  /** The merchant where it is the importer of record; undefined: the consignee imports. */
  readonly importer?: DeclaredMerchant | undefined;
  readonly declarant: DeclaredMerchant;
  /** `FR5` and the IOSS number, or the VAT number by which the sale was taxed. */
  readonly fiscalReference?: { readonly role: 'FR5' | 'FR1' | 'FR2'; readonly number: string } | undefined;
  /** With several cartons, that of the first one: the carrier's number of the consignment. */
  readonly transportDocument: { readonly trackingNumber: string; readonly carrier: string };
  readonly grossWeightGrams: number;
  /** Transport and insurance to the destination. */
  readonly freight: Money;
  readonly items: readonly DeclarationItem[];
  readonly totals: { readonly goods: Money; readonly duty: Money; readonly tax: Money; readonly fees: Money };
}

/** The authority's answer in our words, with its own code. */
export interface DeclarationAnswer {
  readonly lrn: string;
  readonly status:
    | 'received'
    | 'accepted'
    | 'released'
    | 'documents-wanted'
    | 'inspection'
    | 'detained'
    | 'refused'
    | 'invalidated'
    /** A code that we don't know: kept as it is, raises an alarm. */
    | 'unrecognised';
  readonly authorityCode: string;
  readonly mrn?: string | undefined;
  readonly occurredAt: Instant;
  readonly reasons: readonly string[];
}

/**
 * A customs broker or authority gateway, with its settings and the sender. Filing is undone by invalidation before
 * release. Calls throw PartnerUnavailable when no usable answer came.
 */
export interface BoundBroker extends BoundBySecrets {
  /** Idempotency key: the LRN. A refusal for missing elements is an answer with status `refused`. */
  file(now: Instant, declaration: Declaration): Promise<DeclarationAnswer>;
  /** Asks for the latest answer; undefined when the broker does not show the LRN. It may lag behind a filing. */
  find(now: Instant, lrn: string): Promise<DeclarationAnswer | undefined>;
  /**
   * Asks for the declaration to be withdrawn. `requested`: the broker accepted the request, and the authority's answer
   * (`invalidated`) comes as a callback or by `find`. `invalidated`: no declaration is on file. It may be called again,
   * and for an LRN that may never have been filed; it must see every filing that took effect before.
   */
  invalidate(now: Instant, lrn: string): Promise<'requested' | 'invalidated' | 'too-late'>;
  interpret(rawBody: Buffer): DeclarationAnswer | { readonly ignored: string };
}

/** An entry of the registry. */
export type Broker<Code extends string = string> = PlugIn<Code, BoundBroker>;

/** Makes a registry entry from an adapter: keeps the literal code, hides the type of the settings. */
export function defineBroker<const Code extends string, Settings>(
  adapter: Adapter<Code, Settings, BoundBroker>,
): Broker<Code> {
  return definePlugIn<Code, Settings, BoundBroker>(adapter);
}
