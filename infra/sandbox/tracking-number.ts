/**
 * The check digit of a UPU S10 item number: weights 8 6 4 2 3 5 9 7, then 11 minus the remainder. 10 becomes 0, and
 * 11 becomes 5.
 */
export function s10CheckDigit(serial: string): string {
  const weights = [8, 6, 4, 2, 3, 5, 9, 7];
  const sum = weights.reduce((total, weight, place) => total + weight * Number(serial[place]), 0);
  const rest = 11 - (sum % 11);
  return String(rest === 10 ? 0 : rest === 11 ? 5 : rest);
}

/** A postal item number: service indicator, eight digits, check digit, country (UPU standard S10). */
function writeS10(indicator: string, country: string, number: number): string {
  const serial = String(number % 100_000_000).padStart(8, '0');
  return `${indicator}${serial}${s10CheckDigit(serial)}${country}`;
}

/** A DHL Express waybill number: nine digits, and their remainder modulo 7. */
function writeDhlWaybill(number: number): string {
  const serial = String(400_000_000 + (number % 500_000_000));
  return `${serial}${Number(serial) % 7}`;
}

/** USPS Intelligent Mail package barcode: 21 digits and a modulo-10 check digit with weights 3 and 1 from the right. */
function writeUsps(number: number): string {
  const body = `94001${String(number).padStart(16, '0')}`;
  const sum = [...body]
    .reverse()
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** A parcel number of European networks: 13 digits and a check digit modulo 10 (weights 3 and 1). */
function writeParcelNumber(number: number): string {
  const body = `01${String(number).padStart(11, '0')}`;
  const sum = [...body]
    .reverse()
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** The tracking number in the form of this carrier. `number` makes it unique. */
export function writeTrackingNumber(carrier: string, originCountry: string, number: number): string {
  if (carrier === 'DHLExpress') return writeDhlWaybill(number);
  if (carrier === 'USPS') return writeUsps(number);
  if (carrier === 'DPD' || carrier === 'GLS') return writeParcelNumber(number);
  return writeS10(carrier.endsWith('EMS') ? 'EE' : 'LX', originCountry, number);
}
