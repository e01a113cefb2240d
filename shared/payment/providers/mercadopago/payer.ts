import { invariant } from '../../../kernel/invariant.ts';
import type { Payer } from '../../payer-data.ts';

/** The payer as `POST /v1/payments` takes it. A boleto prints the address, and its payer has a CPF. */
export function payerBody(payer: Payer | undefined, method: string): object {
  invariant(payer !== undefined, 'the payer of a method that asks for one is known', { method });
  const { customer, address } = payer;
  const [first = '', ...others] = address.name.split(' ');
  return {
    email: customer.email,
    first_name: first,
    last_name: others.join(' ') || first,
    ...(address.taxId === undefined || address.country !== 'BR'
      ? {}
      : { identification: { type: 'CPF', number: address.taxId.replace(/\D/g, '') } }),
    ...(method === 'boleto' ? { address: addressBody(address) } : {}),
  };
}

/**
 * Our first line has street and number, as `Avenida Paulista 1000`; the number is the last one in it, and `S/N` (sem
 * número) if it has none. The second line is the neighbourhood, or the city stands for it.
 */
function addressBody({ line1, line2, city, region, postalCode = '' }: Payer['address']): object {
  const number = /(\d+)\D*$/.exec(line1)?.[1] ?? 'S/N';
  return {
    zip_code: postalCode.replace(/\D/g, ''),
    street_name: line1.replace(/[\s,]+\d+\D*$/, '') || line1,
    street_number: number,
    neighborhood: line2 ?? city,
    city,
    federal_unit: region ?? '',
  };
}
