import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsCardNumber, mayHoldCardNumber } from '../../../shared/kernel/card-number.ts';
import { testCards } from '../../../shared/payment/providers/stripe/sandbox/test-cards.ts';

/** The number with its check digit, by the formula of ISO/IEC 7812-1: written apart from the code under test. */
function withCheckDigit(digits: string): string {
  let sum = 0;
  let twice = true;
  for (let at = digits.length - 1; at >= 0; at -= 1, twice = !twice) {
    const digit = Number(digits[at]) * (twice ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

describe('the number of a card', () => {
  // 7992739871 is the usual example: 7+9+9+4+7+6+9+7+7+2 = 67, so that the check digit is 3.
  it('has the check digit of its standard', () => {
    expect(withCheckDigit('7992739871')).toBe('79927398713');
  });

  it.each([
    ...testCards.map(({ number }) => number),
    '4222222222222',
    '30569309025904',
    '371449635398431',
    '6011111111111117',
    '6200000000000005',
    '2223003122003222',
    '6304000000000000',
    '6205500000000000004',
  ])('%s is found alone, in a text and in groups', (number) => {
    const grouped = number.replace(/(\d{4})(?=\d)/g, '$1 ');
    for (const text of [
      number,
      `card ${number}, please`,
      `card:${number}/`,
      grouped,
      grouped.replaceAll(' ', '-'),
      `12 ${grouped}`,
    ])
      expect({ text, found: holdsCardNumber(text), may: mayHoldCardNumber(text) }).toEqual({
        text,
        found: true,
        may: true,
      });
  });

  it.each([
    ['behind a plus sign, since telephone numbers have 15 digits at most', '+4242424242424242'],
    ['behind a plus sign in groups', '+4242 4242 4242 4242'],
    ['with no-break spaces', '4242\u00a04242\u00a04242\u00a04242'],
    ['with thin spaces', '4242\u20094242\u20094242\u20094242'],
    ['with dots', '4242.4242.4242.4242'],
    ['with slashes', '4242/4242/4242/4242'],
    ['with low lines', '4242_4242_4242_4242'],
    ['with en dashes', '4242\u20134242\u20134242\u20134242'],
    ['with hyphens that do not break', '4242\u20114242\u20114242\u20114242'],
    ['in full-width digits', '\uff14\uff12'.repeat(8)],
    ['in Arabic digits', '\u0664\u0662'.repeat(8)],
    ['in Devanagari digits', '\u096a\u0968'.repeat(8)],
    ['in double-struck digits', '\u{1d7dc}\u{1d7da}'.repeat(8)],
  ])('is found %s', (_how, text) => {
    expect({ found: holdsCardNumber(text), may: mayHoldCardNumber(text) }).toEqual({
      found: true,
      may: true,
    });
  });

  it('with one digit changed is none', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...testCards.map(({ number }) => number)),
        fc.nat(14),
        fc.integer({ min: 1, max: 9 }),
        (number, at, more) => {
          const digit = (Number(number[at]) + more) % 10;
          expect(holdsCardNumber(`${number.slice(0, at)}${digit}${number.slice(at + 1)}`)).toBe(false);
        },
      ),
    );
  });

  it('is found wherever a card of 16 digits stands in a text', () => {
    const words = fc.stringMatching(/^(?:[a-z .,:/]{0,30}[ .,:/])?$/);
    const digits = fc.stringMatching(/^[2-6]\d{14}$/);
    fc.assert(
      fc.property(words, digits, words, (before, body, after) => {
        expect(holdsCardNumber(`${before}${withCheckDigit(body)} ${after}`)).toBe(true);
      }),
    );
  });

  it.each([
    ['a telephone number', '+4915112345674'],
    ['a telephone number in groups', '+49 151 1234 5674'],
    // 4006381333931: 4+0·3+0+6·3+3+8·3+1+3·3+3+3·3+9+3·3 = 89, so that GS1's check digit is 1.
    ['an EAN', '4006381333931'],
    ['a serial number of a telephone, which has the same check digit', '356938035643809'],
    ['a time in milliseconds', '1796022882236'],
    ['a time in microseconds', '1796022882236123'],
    ['a number of 20 digits', '42424242424242424242'],
    ['an identifier', 'ord_01M8NM7YFTR1Q2S4V3Z39SFBE2'],
    ['a number of a tracked letter', 'RB123456785GB'],
    ['a telephone number of 15 digits', '+424242424242428'],
    ['an amount', '42424242.42424242'.replace('.', ',')],
    ['two groups with two spaces', '42424242  42424242'],
    ['a part of an identifier', 'key4242424242424242'],
    ['a UUID', '1ae5a651-0881-44e6-9685-144795804700'],
    ['a UUID of digits', '42424242-4242-4242-4242-424242424242'],
  ])('%s is none', (_what, text) => {
    expect(holdsCardNumber(text)).toBe(false);
  });

  it('is no EAN, whatever its Luhn digit is', () => {
    const ean = (digits: string) => {
      const sum = Array.from(digits)
        .reverse()
        .reduce((all, digit, place) => all + Number(digit) * (place % 2 === 0 ? 3 : 1), 0);
      return `${digits}${(10 - (sum % 10)) % 10}`;
    };
    fc.assert(
      fc.property(fc.stringMatching(/^4\d{11}$/), (digits) => {
        expect(holdsCardNumber(ean(digits))).toBe(false);
      }),
    );
  });

  it('is no identifier that a program makes', () => {
    const hashes = fc.stringMatching(/^[a-f][0-9]{62}[a-f]$/);
    fc.assert(
      fc.property(fc.uuid(), hashes, (uuid, hash) => {
        for (const text of [uuid, `${uuid}-1`, `order ${uuid.toUpperCase()}`, hash])
          expect(holdsCardNumber(text)).toBe(false);
      }),
      { numRuns: 20_000 },
    );
  });

  it('is looked for in time that grows with the text', () => {
    for (const text of [
      '4 '.repeat(200_000),
      '4'.repeat(400_000),
      '4-'.repeat(200_000),
      `${'4'.repeat(400_000)}x`,
    ])
      expect(holdsCardNumber(text)).toBe(false);
  });
});
