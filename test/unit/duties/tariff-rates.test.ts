import { describe, expect, it } from 'vitest';
import { assess, assessed, sums } from '../../builders/assess.ts';

/** Duty of a thousand of goods in the destination's currency: a rate of 16.5 % is 165.00. */
function duty(to: 'DE' | 'GB' | 'US', hsCode: string, origin: string): number {
  const currency = ({ DE: 'EUR', GB: 'GBP', US: 'USD' } as const)[to];
  const goods = [{ hsCode, value: 1_000_00, origin }];
  return sums(assessed({ to, currency, date: '2026-12-01', goods, freight: 0 })).duty;
}

describe('third-country duty of the EU and of the United Kingdom', () => {
  it.each([
    // Code, EU %, UK %: a cell that is not sure is left out of the rules.
    ['T-shirt, cotton', '61091000', '12', '12'],
    ['T-shirt, synthetic', '61099020', '12', '12'],
    ['pullover, cotton', '61102099', '12', '12'],
    ['pullover, man-made fibre', '61103099', '12', '12'],
    ['pullover, wool', '61101190', '12', '12'],
    ['pullover, heavy wool', '61101110', '10.5', '10'],
    ['dress, cotton', '62044200', '12', '12'],
    ['dress, synthetic', '62044300', '12', '12'],
    ['jeans, men', '62034231', '12', '12'],
    ['jeans, women', '62046231', '12', '12'],
    ['bra', '62121090', '6.5', '6'],
    ['socks, cotton', '61159500', '12', '12'],
    ['footwear of rubber or plastics', '64029990', undefined, '16'],
    ['sports shoes, textile', '64041100', '16.9', '16'],
    ['casual shoes, textile', '64041990', undefined, '16'],
    ['leather shoes, women', '64039998', undefined, '6'],
    ['leather shoes, men', '64039996', undefined, '8'],
    ['handbag, leather', '42022100', '3', '2'],
    ['handbag, plastic sheeting', '42022210', '9.7', '8'],
    ['handbag, textile', '42022290', '3.7', '2'],
    ['backpack, plastic', '42029211', '9.7', '8'],
    ['backpack, textile', '42029291', '2.7', '2'],
    ['phone case, plastic', '39269097', '6.5', '6'],
    ['toys', '95030099', undefined, undefined],
    ['smartphone', '85171300', '0', '0'],
    ['earphones', '85183000', '0', '0'],
    ['smart watch', '85176200', '0', '0'],
    ['power bank', '85076000', '2.7', '2'],
    ['LED luminaire', '94052190', undefined, undefined],
    ['LED bulb', '85395200', '3.7', '2'],
    ['vacuum cleaner', '85081100', '2.2', '2'],
    ['hair dryer', '85163100', '2.7', '2'],
    ['toaster', '85167200', '2.7', '2'],
    ['coffee maker', '85167100', '2.7', '2'],
    ['laptop', '84713000', '0', '0'],
    ['keyboard', '84716060', '0', '0'],
    ['camera', '85258900', '0', '0'],
    ['cable, telecommunication', '85444210', '0', '0'],
    ['cable, other', '85444290', '3.3', '2'],
    ['console', '95045000', '0', '0'],
    ['skin care', '33049900', '0', '0'],
    ['shampoo', '33051000', '0', '0'],
    ['perfume', '33030010', '0', '0'],
    ['vitamins', '29362700', '0', '0'],
    ['imitation jewellery', '71171900', '4', '4'],
    ['silver jewellery', '71131100', '2.5', '2'],
    ['gold jewellery', '71131900', '2.5', '2'],
    ['furniture', '94036010', '0', '0'],
    ['kitchen furniture', '94034010', '2.7', '2'],
    ['furniture of rattan', '94038300', '5.6', '4'],
    ['bed linen, printed', '63022100', '12', '12'],
    ['bed linen, cotton', '63023100', '12', '12'],
    ['steel kitchenware', '73239300', '3.2', '0'],
    ['plastic tableware', '39241000', '6.5', '6'],
    ['electric bicycle', '87116010', '6', '6'],
    ['bicycle parts', '87149990', '4.7', '4'],
    ['books', '49019900', '0', '0'],
    ['exercise equipment', '95069110', '2.7', '2'],
    ['sunglasses', '90041010', '2.9', '2'],
    ['umbrella', '66019100', '4.7', '4'],
    ['porcelain', '69111000', '12', '12'],
    ['mugs, stoneware', '69120023', undefined, undefined],
  ])('%s', (_name, hsCode, eu, gb) => {
    for (const [to, rate] of [
      ['DE', eu],
      ['GB', gb],
    ] as const)
      if (rate === undefined) {
        const goods = [{ hsCode, value: 1_000_00, origin: 'VN' }];
        const given = { to, currency: to === 'DE' ? ('EUR' as const) : ('GBP' as const), goods, freight: 0 };
        expect(assess({ ...given, date: '2026-12-01' })).toMatchObject({ reason: 'unclassified' });
      } else expect(duty(to, hsCode, 'VN'), `${to} ${rate} %`).toBe(Math.round(Number(rate) * 10_00));
  });
});

describe('column 1 of the United States, and all duties on goods of China', () => {
  it.each([
    // Column 1 %, and on goods of China with Section 301 of the lists (notes 20 and 31: 0, 7.5 or 25), and of forced
    // labour (12.5; note 52(b) exempts computers, smartphones, wireless devices and vitamins) or Section 232 (25).
    ['T-shirt, cotton', '6109100012', '16.5', '36.5'],
    ['T-shirt, synthetic', '6109901009', '32', '52'],
    ['pullover, cotton', '6110202079', '16.5', '36.5'],
    ['pullover, man-made fibre', '6110303059', '32', '52'],
    ['pullover, wool', '6110110015', '16', '36'],
    ['dress, cotton', '6204423060', '8.4', '28.4'],
    ['dress, synthetic', '6204434030', '16', '36'],
    ['jeans, men', '6203420711', '16.6', '36.6'],
    ['bra', '6212109020', '16.9', '36.9'],
    ['socks, cotton', '6115959000', '13.5', '33.5'],
    ['footwear of rubber or plastics', '6402993165', '6', '18.5'],
    ['sports shoes over USD 12', '6404119020', '20', '40'],
    ['sports shoes, cheaper', '6404114990', '37.5', '50'],
    ['leather shoes', '6403996075', '8.5', '28.5'],
    ['leather shoes, other', '6403999065', '10', '30'],
    ['handbag, leather, over USD 20', '4202219000', '9', '46.5'],
    ['handbag, leather, cheaper', '4202216000', '10', '47.5'],
    ['handbag, plastic sheeting', '4202221500', '16', '53.5'],
    ['handbag, textile', '4202228100', '17.6', '55.1'],
    ['backpack', '4202923131', '17.6', '55.1'],
    ['phone case', '3926909985', '5.3', '25.3'],
    ['toys', '9503000073', '0', '12.5'],
    ['smartphone', '8517130000', '0', '0'],
    ['earphones', '8518302000', '0', '12.5'],
    ['smart watch', '8517620090', '0', '7.5'],
    ['power bank', '8507600020', '3.4', '40.9'],
    ['LED bulb', '8539520010', '2', '14.5'],
    ['vacuum cleaner', '8508110000', '0', '37.5'],
    ['hair dryer', '8516310040', '3.9', '16.4'],
    ['coffee maker', '8516710020', '3.7', '23.7'],
    ['laptop', '8471300100', '0', '0'],
    ['keyboard', '8471602000', '0', '0'],
    ['camera', '8525894050', '0', '20'],
    ['cable, telecommunication, with 25 % of Section 232', '8544422000', '25', '50'],
    ['cable, other, with 25 % of Section 232', '8544429090', '27.6', '52.6'],
    ['console', '9504500000', '0', '12.5'],
    ['skin care', '3304995000', '0', '37.5'],
    ['shampoo', '3305100000', '0', '37.5'],
    ['perfume', '3303003000', '0', '37.5'],
    ['food supplement', '2106909998', '6.4', '26.4'],
    ['vitamins', '2936270000', '0', '0'],
    ['imitation jewellery', '7117199000', '11', '31'],
    ['imitation jewellery, not of metal', '7117909000', '11', '31'],
    ['imitation jewellery, cheaper', '7117905500', '7.2', '27.2'],
    ['silver jewellery', '7113115000', '5', '25'],
    ['silver jewellery, cheaper', '7113112000', '13.5', '33.5'],
    ['gold jewellery', '7113195090', '5.5', '25.5'],
    ['bed linen, printed', '6302219020', '6.7', '26.7'],
    ['bed linen, cotton', '6302319020', '6.7', '26.7'],
    ['plastic plates', '3924102000', '6.5', '26.5'],
    ['plastic tableware, other', '3924104000', '3.4', '15.9'],
    ['electric bicycle', '8711600050', '0', '37.5'],
    ['bicycle frames', '8714913000', '3.9', '41.4'],
    ['bicycle parts', '8714998000', '10', '30'],
    // Informational materials bear no duty on forced labour.
    ['books', '4901990093', '0', '7.5'],
    ['pet food', '2309100010', '0', '37.5'],
    ['sunglasses', '9004100000', '2', '22'],
    ['umbrella, garden', '6601100000', '6.5', '19'],
    ['umbrella, folding', '6601910000', '0', '12.5'],
    ['umbrella, other', '6601990000', '8.2', '20.7'],
    ['mugs, stoneware', '6912004400', '10', '22.5'],
  ])('%s', (_name, hsCode, column1, china) => {
    // Kenya is of no list: column 1 alone.
    expect(duty('US', hsCode, 'KE'), `${column1} %`).toBe(Math.round(Number(column1) * 10_00));
    expect(duty('US', hsCode, 'CN'), `${china} %`).toBe(Math.round(Number(china) * 10_00));
  });
});
