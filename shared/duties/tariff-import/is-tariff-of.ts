/** A regime's tariffs have its code, or begin with it: `us`, `us-section-301-china`. */
export const isTariffOf = (tariff: string, regime: string): boolean =>
  tariff === regime || tariff.startsWith(`${regime}-`);
