import { describe, expect, it } from 'vitest';
import { type ApiClient, ApiProblem, type Call } from '../../../../infra/cli/client/api-client.ts';
import { importInvoices } from '../../../../infra/cli/invoices/import-invoices.ts';
import { addInvoices } from '../../../../infra/cli/invoices/invoices-command.ts';
import type { InvoicesOptions } from '../../../../infra/cli/invoices/invoices-options.ts';
import { readInvoices } from '../../../../infra/cli/invoices/read-invoices.ts';
import { parseLine } from '../parse-line.ts';

const HEAD = 'invoiceNumber,carrier,trackingNumber,amount,currency,billedWeightGrams';
const file = (...lines: string[]) => `${[HEAD, ...lines].join('\r\n')}\r\n`;
const errors = (text: string) => {
  const read = readInvoices(text);
  return read.ok ? [] : read.errors.map(({ line, reason }) => `${line}: ${reason}`);
};

describe('a file of invoice lines', () => {
  it('is read by the names of its columns, with amounts in minor units of their currency', () => {
    const read = readInvoices(
      `\uFEFF${file('INV-1,easypost,TRACK1,8.4,EUR,1500', '', 'INV-1,easypost,TRACK2,912,JPY,')}`,
    );
    expect(read).toEqual({
      ok: true,
      lines: [
        {
          line: 2,
          body: {
            ...{ carrier: 'easypost', invoiceNumber: 'INV-1', trackingNumber: 'TRACK1' },
            ...{ amount: { amount: 840, currency: 'EUR' }, billedWeightGrams: 1500 },
          },
        },
        {
          line: 4,
          body: {
            ...{ carrier: 'easypost', invoiceNumber: 'INV-1', trackingNumber: 'TRACK2' },
            amount: { amount: 912, currency: 'JPY' },
          },
        },
      ],
    });
  });

  it('names every error with its line', () => {
    expect(
      errors(
        file(
          'INV-1,easypost,TRACK1,8.40,EUR,',
          ',easypost,TRACK2,8.40,EUR,heavy',
          'INV-1,easypost,TRACK3,8.401,EUR,',
          'INV-1,easypost,TRACK4,-1,EUR,',
          'INV-1,easypost,TRACK5,8.40,XXX,',
          'INV-1,easypost,TRACK1,9.00,EUR,',
        ),
      ),
    ).toEqual([
      '3: invoiceNumber: "" is not an invoice number',
      '3: billedWeightGrams: "heavy" is not a weight in grams',
      '4: amount: "8.401" is not an amount of EUR',
      '5: amount: "-1" is not an amount of EUR',
      '6: currency: "XXX" is not a known currency',
      '7: line 2 has the same parcel of the same invoice',
    ]);
  });

  it('may be in the format of a German spreadsheet', () => {
    const text =
      'sep=;\r\nCARRIER;Invoice_Number;trackingnumber;Amount;currency\r\neasypost;INV-1;TRACK1;1.234,50;eur\r\n;;;;\r\n';
    expect(readInvoices(text)).toMatchObject({
      ok: true,
      lines: [{ line: 3, body: { carrier: 'easypost', amount: { amount: 123_450, currency: 'EUR' } } }],
    });
  });

  it('is refused without lines, without columns or with an incomplete line', () => {
    expect(errors(HEAD)).toEqual(['1: the file has only a header']);
    expect(errors('carrier,amount\n1,2')).toEqual([
      '1: missing columns: invoiceNumber, trackingNumber, currency',
    ]);
    expect(errors(file('INV-1,easypost,TRACK1'))).toEqual([expect.stringMatching(/^2: /)]);
  });
});

describe('the import of invoice lines', () => {
  /** A backend that disputes what is above 8.40 and contradicts INV-9. */
  function backend() {
    const calls: { dryRun: boolean; lines: { invoiceNumber: string; amount: { amount: number } }[] }[] = [];
    const client: ApiClient = {
      async call<T>({ body, path }: Call): Promise<T> {
        const sent = body as (typeof calls)[number];
        calls.push(sent);
        const contradicting = sent.lines.findIndex(({ invoiceNumber }) => invoiceNumber === 'INV-9');
        if (contradicting >= 0)
          throw new ApiProblem(path, 409, {
            errors: [
              { pointer: `/lines/${contradicting}`, code: 'already-invoiced', detail: 'has it already' },
            ],
          });
        const lines = sent.lines.map(({ amount }, line) => {
          const excess = { amount: amount.amount - 840, currency: 'EUR' };
          return excess.amount > 0
            ? { line, status: 'disputed', orderId: 'ord_1', excess }
            : { line, status: 'matched', orderId: 'ord_1' };
        });
        return { stored: !sent.dryRun, lines } as T;
      },
    };
    return { calls, client };
  }

  async function run(text: string, dryRun = false) {
    const { calls, client } = backend();
    const said: string[] = [];
    const isWell = await importInvoices(
      { file: 'may.csv', dryRun },
      text,
      async () => client,
      (line) => void said.push(line),
    );
    return { calls, said, isWell, stored: calls.filter((call) => !call.dryRun) };
  }

  it('checks all lines first, then writes them in parts and lists the disputed lines', async () => {
    const many = Array.from({ length: 150 }, (_, index) => `INV-1,easypost,TRACK${index},8.40,EUR,`);
    const { calls, said, isWell } = await run(file(...many, 'INV-1,easypost,TOO-HIGH,9.12,EUR,'));
    expect(isWell).toBe(true);
    expect(calls.map(({ dryRun, lines }) => [dryRun, lines.length])).toEqual([
      [true, 100],
      [true, 51],
      [false, 100],
      [false, 51],
    ]);
    expect(said).toEqual([
      'may.csv:152: TOO-HIGH of ord_1 is disputed: 9.12 EUR, 0.72 EUR above the rate card',
      '151 lines: 150 matched, 1 disputed, 0 unmatched',
    ]);
  });

  it('writes nothing in a dry run, if the file has an error, or if a line contradicts an earlier one', async () => {
    const good = 'INV-1,easypost,TRACK1,8.40,EUR,';
    expect(await run(file(good), true)).toMatchObject({ isWell: true, stored: [] });
    expect(await run(file(good, 'INV-1,easypost,TRACK2,high,EUR,'))).toMatchObject({
      ...{ isWell: false, calls: [] },
      said: ['may.csv:3: amount: "high" is not an amount of EUR', '1 error: nothing was stored'],
    });
    expect(await run(file(good, 'INV-9,easypost,TRACK2,8.40,EUR,'))).toMatchObject({
      ...{ isWell: false, stored: [] },
      said: ['may.csv:3: has it already', '1 error: nothing was stored'],
    });
  });

  it('is started by its command line', () => {
    const read = (...args: readonly string[]) =>
      parseLine<InvoicesOptions>(['invoices', 'import', ...args], (program, give) =>
        addInvoices(program, async (options) => give(options)),
      );
    expect(read('may.csv', '--dry-run', '--token', 't')).toEqual({
      file: 'may.csv',
      url: 'http://127.0.0.1:3000',
      token: 't',
      dataDir: '.local',
      dryRun: true,
    });
    expect(() => read()).toThrow("missing required argument 'file'");
    expect(() => read('a.csv', '--url', 'ftp://x')).toThrow('It takes an address such as');
  });
});
