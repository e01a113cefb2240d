import { invalid } from './refusal.ts';

/** Currencies that Stripe counts in whole units: 500 is JPY 500. */
const zeroDecimal = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' ');
/** Currencies that have no decimals, but that Stripe still counts in hundredths. Amounts must end in 00. */
const twoDecimalsButWhole = ['isk', 'ugx'];
/** Currencies that Stripe counts in thousandths. Amounts must end in 0. */
const threeDecimal = ['bhd', 'jod', 'kwd', 'omr', 'tnd'];
const twoDecimal =
  'aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bmd bnd bob brl bsd bwp byn bzd cad cdf chf cny cop crc cve czk dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gtq gyd hkd hnl htg huf idr ils inr jmd kes kgs khr kyd kzt lak lbp lkr lrd lsl mad mdl mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd pab pen pgk php pkr pln qar ron rsd rub sar sbd scr sek sgd shp sle sos srd std szl thb tjs top try ttd twd tzs uah usd uyu uzs wst xcd yer zar zmw'.split(
    ' ',
  );
const known = new Set([...zeroDecimal, ...twoDecimalsButWhole, ...threeDecimal, ...twoDecimal]);

/** Smallest charge, in the currency's smallest unit (Stripe's list of minimum charge amounts). */
const minimum: Record<string, number> = {
  usd: 50,
  aed: 200,
  aud: 50,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1_500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17_500,
  inr: 50,
  jpy: 50,
  mxn: 1_000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1_000,
};

const maxAmountOf = (currency: string) => (currency === 'idr' ? 999_999_999_999 : 99_999_999);

/** The number of decimals in Stripe's amounts of this currency: 0, 2 or 3. */
function stripeDecimals(currency: string): 0 | 2 | 3 {
  return zeroDecimal.includes(currency) ? 0 : threeDecimal.includes(currency) ? 3 : 2;
}

/** An amount in the currency's smallest unit as a text for a person: `17.14 EUR`, `1200 JPY`. */
export function amountText(amount: number, currency: string): string {
  const decimals = stripeDecimals(currency);
  const digits = String(amount).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const number = decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`;
  return `${number} ${currency.toUpperCase()}`;
}

/** Refuses a currency or an amount that Stripe would refuse. `amount` is in the currency's smallest unit. */
export function checkCharge(amount: number, currency: string): void {
  if (!known.has(currency)) {
    throw invalid(
      'currency',
      `Invalid currency: ${currency}. Stripe currently supports these currencies: ${[...known].join(', ')}`,
    );
  }
  if (amount > maxAmountOf(currency))
    throw invalid(
      'amount',
      `Amount must be no more than ${maxAmountOf(currency)} ${currency}`,
      'amount_too_large',
    );
  const min = minimum[currency] ?? 1;
  if (amount < min) throw invalid('amount', `Amount must be at least ${min} ${currency}`, 'amount_too_small');
  const step = threeDecimal.includes(currency) ? 10 : twoDecimalsButWhole.includes(currency) ? 100 : 1;
  if (amount % step !== 0) throw invalid('amount', `Amounts in ${currency} must be a multiple of ${step}`);
}

/** Stripe's fee for a charge: 1.5 per cent, plus 25 smallest units if the currency has two decimals. */
export function stripeFee(amount: number, currency: string): number {
  return Math.floor((amount * 15 + 500) / 1_000) + (stripeDecimals(currency) === 2 ? 25 : 0);
}
