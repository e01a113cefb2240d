import { describe, expect, test } from 'vitest';
import { csvLines } from '../../../infra/cli/files/csv-lines.ts';
import { money } from '../../../shared/kernel/money.ts';
import { remittanceFile } from '../../../shared/payment/cash/remittance-file.ts';

const header = 'Tracking Number,COD Amount,Currency,COD Fee,Remittance Date,Remittance ID';
const read = (...lines: string[]) => remittanceFile.read(csvLines([header, ...lines].join('\n')));
const row = (rowId: string, reference: string, gross: number, fee: number) => ({
  ...{ rowId, kind: 'payment', reference, payoutId: 'RM7', at: '2026-11-30T00:00:00.000Z' },
  ...{ gross: money(gross, 'EUR'), fee: money(fee, 'EUR'), held: money(0, 'EUR') },
  net: money(gross - fee, 'EUR'),
});

describe('a remittance', () => {
  test('has a line for each label, and the fee of the carrier', () => {
    expect(read('CASH1,39.27,EUR,0.79,2026-11-30,RM7', 'CASH2,34.51,EUR,,2026-11-30,RM7')).toEqual({
      ok: true,
      value: [row('RM7:CASH1', 'CASH1', 3927, 79), row('RM7:CASH2', 'CASH2', 3451, 0)],
    });
  });

  test('has a fee alone for a parcel of which nothing was collected', () => {
    const line = { ...row('RM7:CASH1', 'CASH1', 0, 79), kind: 'fee' };
    expect(read('CASH1,0,EUR,0.79,2026-11-30,RM7')).toEqual({ ok: true, value: [line] });
  });

  test('that pays a label twice has two lines, under the same names each time it is read', () => {
    const twice = ['CASH1,39.27,EUR,0.79,2026-11-30,RM7', 'CASH1,39.27,EUR,0.79,2026-11-30,RM7'];
    const expected = [row('RM7:CASH1', 'CASH1', 3927, 79), row('RM7:CASH1:2', 'CASH1', 3927, 79)];
    expect(read(...twice)).toEqual({ ok: true, value: expected });
    expect(read(...twice)).toEqual({ ok: true, value: expected });
  });

  test('finds its columns by name in any order, and is named by its date if it has no number', () => {
    const text = 'note,date,fee,AWB,amount,currency\nx,2026-11-30,1,CASH1,1000,JPY';
    expect(remittanceFile.read(csvLines(text))).toMatchObject({
      ok: true,
      value: [
        {
          ...{ rowId: '2026-11-30:CASH1', payoutId: '2026-11-30', gross: money(1000, 'JPY') },
          net: money(999, 'JPY'),
        },
      ],
    });
  });

  test.each([
    ['CASH1,39.277,EUR,0,2026-11-30,RM7', 'amount: "39.277" is not an amount of EUR'],
    ['CASH1,39.27,EURO,0,2026-11-30,RM7', 'amount: "EURO" is not a known currency'],
    ['CASH1,39.27,EUR,x,2026-11-30,RM7', 'fee: "x" is not an amount of EUR'],
    ['CASH1,39.27,EUR,0,30.11.2026,RM7', 'date: "30.11.2026" is not a date'],
    [',39.27,EUR,0,2026-11-30,RM7', 'tracking number: it is empty'],
  ])('is refused as a whole for a line that can not be read: %s', (line, reason) => {
    const good = 'CASH2,34.51,EUR,0,2026-11-30,RM7';
    expect(read(good, line)).toEqual({ ok: false, error: [{ line: 3, reason }] });
  });

  test('without a column that is needed is refused, and the refusal names it', () => {
    expect(remittanceFile.read(csvLines('awb,amount\nCASH1,1'))).toEqual({
      ok: false,
      error: [{ line: 1, reason: 'missing columns: currency, fee, date' }],
    });
  });
});
