import { describe, expect, it } from 'vitest';
import { buildDeclaration } from '../../../shared/customs/brokers/broker/build-declaration.ts';
import { declarations } from '../../../shared/customs/brokers/broker/fixtures/declarations.ts';
import { checkDeclaration } from '../../../shared/customs/brokers/broker/sandbox/rules.ts';

const declarant = { eori: 'DE123456789012345' };

/** The wrong elements of a Union declaration that was built at one time and is filed on a day. */
function faults(dataSet: 'EU_H7' | 'EU_H1', builtAt: string, filedOn: string, bearsFlatDuty = false) {
  const found = declarations.find((one) => one.dataSet === dataSet);
  if (found === undefined) throw new Error(dataSet);
  const items = found.items.map((item) => ({ ...item, bearsFlatDuty }));
  const built = buildDeclaration({ ...found, items }, declarant, builtAt);
  return checkDeclaration(built, filedOn).map(({ element }) => element);
}

const june = '2026-06-30T12:00:00.000Z';
const july = '2026-07-01T12:00:00.000Z';

describe('the broker’s check of a declaration in the EU', () => {
  it('accepts C07 until 2026-06-30, and F48 alone from 2026-07-01', () => {
    expect(faults('EU_H7', june, '2026-06-30')).toEqual([]);
    expect(faults('EU_H7', july, '2026-07-01')).toEqual([]);
    expect(faults('EU_H7', june, '2026-07-01')).toEqual(['11 10', '11 10']);
    expect(faults('EU_H7', july, '2026-06-30')).toEqual(['11 10', '11 10']);
  });

  it('accepts the flat duty in a full declaration from 2026-07-01', () => {
    expect(faults('EU_H1', july, '2026-07-01', true)).toEqual([]);
    expect(faults('EU_H1', july, '2026-06-30', true)).toEqual(['14 11', '14 11']);
    expect(faults('EU_H1', june, '2026-06-30')).toEqual([]);
  });
});

describe('the broker’s check of addresses', () => {
  const found = declarations.find((one) => one.dataSet === 'US_TYPE_01');
  if (found === undefined) throw new Error('no entry');
  const faultsWith = (address: object) => {
    const { consignee, ...built } = buildDeclaration(found, declarant, july);
    const changed = { ...consignee, address: { ...consignee?.address, ...address } };
    return checkDeclaration({ ...built, consignee: changed }, '2026-07-01').map(({ pointer }) => pointer);
  };

  it('accepts all parts of an address', () => {
    expect(faultsWith({})).toEqual([]);
  });

  it('needs the state of an American address as two letters', () => {
    expect(faultsWith({ region: undefined })).toEqual(['/consignee/address/region']);
    expect(faultsWith({ region: 'Nevada' })).toEqual(['/consignee/address/region']);
  });

  it('refuses a part that no authority would see', () => {
    expect(faultsWith({ street2: 'Suite 3300' })).toEqual(['/consignee/address/street2']);
  });
});
