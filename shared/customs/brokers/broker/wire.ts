import * as z from 'zod';
import { partnerTimeSchema } from '../../../partners/partner-answer.ts';

/** An amount in the broker's messages, in integer minor units of the currency. */
export interface WireMoney {
  readonly amountMinor: number;
  readonly currency: string;
}

export interface WireParty {
  readonly name: string;
  readonly company?: string | undefined;
  readonly id?: string | undefined;
  readonly address?:
    | {
        readonly line1: string;
        readonly line2?: string | undefined;
        readonly city: string;
        readonly region?: string | undefined;
        readonly postalCode?: string | undefined;
        readonly country: string;
      }
    | undefined;
}

/** A duty or tax that we computed, with its type code from the EU's list (A00 customs duty, B00 VAT). */
export interface WireCharge {
  readonly type: string;
  readonly amount: WireMoney;
}

export interface WireItem {
  readonly itemNumber: number;
  readonly description: string;
  readonly commodityCode: string;
  readonly countryOfOrigin: string;
  readonly quantity: number;
  readonly grossMassGrams: number;
  readonly netMassGrams: number;
  readonly packages: number;
  readonly procedure?: string;
  readonly additionalProcedures?: readonly string[];
  readonly intrinsicValue?: WireMoney;
  readonly itemPrice?: WireMoney;
  readonly valuationMethod?: string;
  readonly preference?: string;
  readonly manufacturerId?: string;
  readonly charges: readonly WireCharge[];
  readonly productIdentifiers: readonly { readonly type: string; readonly id: string }[];
}

/** The message for a declaration. All data sets share it, and each data set's builder fills in what it requires. */
export interface WireDeclaration {
  readonly lrn: string;
  readonly dataSet: string;
  readonly jurisdiction: string;
  readonly declarationType?: string;
  readonly additionalDeclarationType?: string;
  readonly declarant: WireParty;
  readonly exporter: WireParty;
  readonly importer: WireParty;
  readonly consignee?: WireParty;
  readonly additionalFiscalReferences?: readonly { readonly role: string; readonly id: string }[];
  readonly transportDocument: { readonly type: string; readonly reference: string };
  readonly carrier: string;
  readonly transportCosts: WireMoney;
  readonly countryOfDispatch: string;
  readonly countryOfDestination: string;
  readonly incoterm: { readonly code: string };
  readonly invoice: { readonly number: string; readonly total: WireMoney };
  readonly totalGrossMassGrams: number;
  readonly items: readonly WireItem[];
  readonly charges: readonly WireCharge[];
}

/** One answer of the authority. */
export const messageSchema = z.object({
  lrn: z.string(),
  mrn: z.string().nullish(),
  authority: z.string(),
  code: z.string(),
  name: z.string(),
  occurredAt: partnerTimeSchema,
  reasons: z.array(z.object({ code: z.string(), text: z.string() })).nullish(),
});

export type WireMessage = z.infer<typeof messageSchema>;

export const receiptSchema = z.object({ lrn: z.string(), status: z.literal('received') });

export const viewSchema = z.object({
  lrn: z.string(),
  mrn: z.string().nullish(),
  status: z.string(),
  messages: z.array(messageSchema),
});

export const callbackSchema = z.object({ type: z.string(), data: z.unknown() });

/** RFC 9457 problem details. They list the wrong elements if elements were the problem. */
export const problemSchema = z.object({
  status: z.int(),
  errors: z.array(z.object({ element: z.string(), name: z.string(), pointer: z.string() })).nullish(),
});
