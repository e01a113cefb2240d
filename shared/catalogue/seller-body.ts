import * as z from 'zod';
import { regimeCodes } from '../duties/index.ts';
import { paymentTermsFields } from './payment-terms.ts';
import { sellerSchema } from './seller.ts';

/** The partners that a seller may choose among. */
export interface ChoosablePartners {
  /** Codes of customs brokers. */
  readonly brokers: readonly string[];
  readonly paymentProviders: readonly { readonly code: string; readonly methods: readonly string[] }[];
}

/** The merchant's registrations as they are sent to be stored: partners, regimes and methods that are known alone. */
export function sellerBodySchema({ brokers, paymentProviders }: ChoosablePartners) {
  const providerCodes = paymentProviders.map(({ code }) => code);
  return z
    .strictObject({
      ...sellerSchema.shape,
      brokers: z
        .record(z.string(), z.literal([...brokers]))
        .superRefine((chosen, { addIssue }) => {
          for (const regime of Object.keys(chosen).filter((code) => !regimeCodes.includes(code))) {
            const message = `no regime of this code, there are ${regimeCodes.join(', ')}`;
            addIssue({ code: 'custom', path: [regime], message });
          }
        })
        .meta({
          description: `The customs broker that files under a regime, one of ${brokers.join(', ')}`,
        })
        .optional(),
      payment: z
        .strictObject({
          providers: z
            .array(z.literal(providerCodes))
            .min(1)
            .max(20)
            .meta({
              description: `The providers whose methods are offered, in order: ${providerCodes.join(', ')}`,
            })
            .optional(),
          methods: z.record(z.string(), z.literal(providerCodes)).optional(),
          ...paymentTermsFields,
        })
        .superRefine(({ methods = {}, terms = [] }, { addIssue }) => {
          for (const [index, { provider, methods: named = [] }] of terms.entries()) {
            const known = paymentProviders.find(({ code }) => code === provider);
            const wrong = named.findIndex((method) => known?.methods.includes(method) === false);
            const path = known === undefined ? ['provider'] : ['methods', wrong];
            if (known !== undefined && wrong < 0) continue;
            const message =
              known === undefined
                ? `no provider of this code, there are ${providerCodes.join(', ')}`
                : `${provider} offers no such method, it offers ${[...new Set(known.methods)].join(', ')}`;
            addIssue({ code: 'custom', path: ['terms', index, ...path], message });
          }
          for (const [method, code] of Object.entries(methods)) {
            const offered = paymentProviders.find((provider) => provider.code === code)?.methods ?? [];
            if (offered.includes(method)) continue;
            const message = `${code} offers no such method, it offers ${offered.join(', ')}`;
            addIssue({ code: 'custom', path: ['methods', method], message });
          }
        })
        .meta({ id: 'PaymentChoiceToStore' })
        .optional(),
    })
    .superRefine(({ importer, address }, { addIssue }) => {
      // Labels and declarations name the importer of record with its address: CBP form 7501, block 26.
      if (importer?.US === undefined || address !== undefined) return;
      const message = 'the importer of record in the United States is named with its address';
      addIssue({ code: 'custom', path: ['address'], message });
    })
    .meta({ id: 'SellerToStore' });
}
