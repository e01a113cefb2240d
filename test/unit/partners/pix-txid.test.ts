import fc from 'fast-check';
import { expect, test } from 'vitest';
import '../../property-seed.ts';
import { txidIn } from '../../../shared/payment/providers/mercadopago/txid.ts';

const field = (id: string, value: string) => `${id}${String(value.length).padStart(2, '0')}${value}`;
const codeWith = (additional: string) =>
  [field('00', '01'), field('59', 'SHOP'), field('62', additional), field('63', '1D3D')].join('');

test('the txid of a Pix code is field 05 of its additional data, whatever else is there', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^[A-Za-z0-9]{1,25}$/),
      fc.stringMatching(/^[ -~]{0,40}$/),
      (txid, other) => {
        expect(txidIn(codeWith(field('05', txid)))).toBe(txid);
        expect(txidIn(codeWith(field('01', other) + field('05', txid)))).toBe(txid);
      },
    ),
  );
});

test.each([
  ['no additional data', field('00', '01')],
  ['a code without a txid', codeWith(field('05', '***'))],
  ['additional data without it', codeWith(field('01', '12'))],
  ['a field that is shorter than it says', '6226'],
  ['another text', 'sandbox:pix:1:4990'],
  ['nothing', ''],
])('there is none in %s', (_name, code) => {
  expect(txidIn(code)).toBeUndefined();
});
