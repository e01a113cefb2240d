/** Percentages ad valorem by HS subheading, with how well each is known. */
export interface TariffRow {
  readonly hs6: string;
  readonly goods: string;
  /** EU third-country duty, TARIC. */
  readonly eu: string | undefined;
  /** UK Global Tariff. */
  readonly gb: string | undefined;
  /** US HTS column 1 general. */
  readonly us: string | undefined;
  /** US Section 301 on goods of China: list 1 to 3 at 25, list 4A at 7.5, none at 0. */
  readonly china301: string | undefined;
  /** Read in a published source; the others are to be confirmed by a person before they are relied on. */
  readonly confirmed: readonly ('eu' | 'gb' | 'us' | 'china301')[];
}

const row = (
  hs6: string,
  goods: string,
  eu: string | undefined,
  gb: string | undefined,
  us: string | undefined,
  china301: string | undefined,
  ...confirmed: TariffRow['confirmed']
): TariffRow => ({ hs6, goods, eu, gb, us, china301, confirmed });

export const tariffRows: readonly TariffRow[] = [
  row('330499', 'Skin care', '0', '0', '0', '25'),
  row('330510', 'Shampoo', '0', '0', '0', '25'),
  row('392410', 'Plastic tableware', '6.5', '6', '3.4', undefined),
  row('392690', 'Other articles of plastics', '6.5', '6', '5.3', undefined, 'us'),
  row('420221', 'Leather handbags', '3', '2', '9', '25'),
  row('420222', 'Handbags of textile or sheeting', undefined, undefined, undefined, '25'),
  row('420292', 'Textile backpacks and bags', '2.7', '2', '17.6', '25', 'us', 'china301'),
  row('490199', 'Books', '0', '0', '0', '7.5'),
  row('610910', 'Cotton T-shirts', '12', '12', '16.5', '7.5', 'us', 'china301'),
  row('610990', 'T-shirts of other textiles', '12', '12', '32', '7.5'),
  row('611011', 'Wool pullovers', '12', '12', '16', '7.5'),
  row('611020', 'Cotton pullovers', '12', '12', '16.5', '7.5'),
  row('611030', 'Man-made fibre pullovers', '12', '12', '32', '7.5'),
  row('611595', 'Cotton socks', '12', '12', '13.5', '7.5'),
  row('620342', 'Cotton trousers, men', '12', '12', '16.6', '7.5'),
  row('620442', 'Cotton dresses', '12', '12', '8.4', '7.5'),
  row('620443', 'Synthetic dresses', '12', '12', '16', '7.5'),
  row('620462', 'Cotton trousers, women', '12', '12', '16.6', '7.5'),
  row('621210', 'Brassieres', '6.5', '6', '16.9', '7.5'),
  row('630221', 'Printed cotton bed linen', '12', '12', '6.7', '7.5'),
  row('640399', 'Leather shoes', '8', '8', '8.5', '7.5'),
  row('660191', 'Folding umbrellas', '4.7', '4', '0', '7.5'),
  row('711311', 'Silver jewellery', '2.5', '2', '5', '7.5'),
  row('711719', 'Imitation jewellery of base metal', '4', '4', '11', '7.5', 'us', 'china301'),
  row('732393', 'Stainless steel kitchenware', '3.2', '2', undefined, undefined),
  row('847130', 'Portable computers', '0', '0', '0', '0', 'us'),
  row('847160', 'Keyboards and mice', '0', '0', '0', '0'),
  row('850811', 'Vacuum cleaners', '2.2', '2', '0', '25'),
  row('851631', 'Hair dryers', '2.7', '2', '3.9', '0'),
  row('851671', 'Coffee makers', '2.7', '2', '3.7', '0'),
  row('851672', 'Toasters', '2.7', '2', '5.3', '0'),
  row('851830', 'Earphones', '0', '0', '0', '7.5'),
  row('852589', 'Digital cameras', '0', '0', '0', '0'),
  row('853952', 'LED bulbs', '3.7', '2', '2', undefined),
  row('854442', 'Cables with connectors', '3.3', '2', '2.6', '25'),
  row('900410', 'Sunglasses', '2.9', '2', '2', '7.5'),
  row('940360', 'Wooden furniture', '0', '0', '0', '25'),
  row('940521', 'LED lamps for desks', '4.7', '4', undefined, '25'),
  row('950300', 'Toys', '4.7', undefined, '0', '0'),
  row('950450', 'Games consoles', '0', '0', '0', '0'),
  row('950691', 'Exercise equipment', '2.7', '2', '4.6', '7.5'),
];
