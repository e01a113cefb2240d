/**
 * The agreement for each area of origin that belongs to a named agreement of the rules. 1013 is the European Union.
 */
export const ukAgreements: Readonly<Record<string, string>> = {
  '1013': 'eu-gb-tca',
  AU: 'gb-au-fta',
  NZ: 'gb-nz-fta',
};
