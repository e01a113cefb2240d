/**
 * The text of a Pix code, as the Manual of the BR Code of Brazil's central bank has it: fields of a number, a length and
 * a value, and a checksum at the end. `txid` names the charge in the statements of both banks.
 */
export function brCode({
  key,
  amount,
  txid,
}: {
  readonly key: string;
  readonly amount: number;
  readonly txid: string;
}) {
  const text = [
    field('00', '01'),
    field('26', field('00', 'br.gov.bcb.pix') + field('01', key)),
    field('52', '0000'),
    field('53', '986'),
    field('54', amount.toFixed(2)),
    field('58', 'BR'),
    field('59', 'SANDBOX'),
    field('60', 'SAO PAULO'),
    field('62', field('05', txid)),
    '6304',
  ].join('');
  return `${text}${checksum(text)}`;
}

const field = (id: string, value: string) => `${id}${String(value.length).padStart(2, '0')}${value}`;

/** CRC-16 with the polynomial 0x1021 and the start 0xFFFF, in four hexadecimal digits. */
function checksum(text: string): string {
  let crc = 0xffff;
  for (const byte of Buffer.from(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1)
      crc = ((crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}
