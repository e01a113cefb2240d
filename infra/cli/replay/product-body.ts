import type { Country } from '../../../shared/kernel/country.ts';
import { samplePapers } from '../sample-shop/sample-papers.ts';
import type { ReplayProduct } from './build-catalogue.ts';
import { undividedSubheadings } from './classification/undivided-subheadings.ts';
import type { KeptTariffs } from './kept-tariffs.ts';

/** The agreement for which a British or European maker would state the origin of these goods. */
const AGREEMENTS: Readonly<Record<Country, string>> = { GB: 'eu-gb-tca', PL: 'eu-gb-tca' };

/**
 * A product of the replay in the form of the admin API. Data that the file does not have are made up: papers and
 * proofs of origin. A national code is set if the tariff has only one line below the six digits. That is so if the
 * Combined Nomenclature does not divide them, or if the rules have exactly one line for them. That line is then
 * assumed for the goods. Otherwise the product has no national code.
 */
export function productBody(product: ReplayProduct, tariffs: KeptTariffs) {
  const { sku, description, hsCode, originCountry, unitWeightGrams, dimensions, priceMinor } = product;
  const nationalCodes = nationalCodesOf(hsCode, tariffs);
  const agreement = AGREEMENTS[originCountry];
  return {
    ...{ description, hsCode, originCountry, unitWeightGrams, dimensions },
    ...(Object.keys(nationalCodes).length === 0 ? {} : { nationalCodes }),
    ...(agreement === undefined ? {} : { originProofs: [{ agreement, reference: `SAMPLE-${sku}` }] }),
    compliance: samplePapers(sku, hsCode),
    prices: [{ amount: priceMinor, currency: 'GBP' }],
  };
}

/** The only line that each tariff has below the subheading, by the place name of the tariff. */
export function nationalCodesOf(hsCode: string, tariffs: KeptTariffs): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...tariffs].flatMap(([place, lines]) => {
      if (place === 'EU' && undividedSubheadings.has(hsCode)) return [[place, `${hsCode}00`]];
      const [code, ...more] = new Set(lines.filter((line) => line.startsWith(hsCode)));
      const isUsable = code !== undefined && more.length === 0 && [8, 10].includes(code.length);
      return isUsable ? [[place, code]] : [];
    }),
  );
}
