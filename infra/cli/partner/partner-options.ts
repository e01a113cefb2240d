import type { CallbackKind } from '../../../events/callback.ts';

/** The stages with secrets in an AWS account. */
export const partnerStages = ['sandbox', 'production'] as const;

export interface SetPartnerOptions {
  readonly kind: CallbackKind;
  /** A JSON file with the settings of each partner of the kind, by its code. */
  readonly file: string;
  /** Where the settings are stored; undefined only checks them. */
  readonly secret: { readonly stage: (typeof partnerStages)[number] } | { readonly id: string } | undefined;
}
