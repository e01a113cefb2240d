/** The fields of a BR Code at one level: two digits of the name, two of the length, and the value. */
function fieldsOf(text: string): ReadonlyMap<string, string> | undefined {
  const fields = new Map<string, string>();
  for (let at = 0; at < text.length; ) {
    const [, name, length] = /^(\d\d)(\d\d)/.exec(text.slice(at, at + 4)) ?? [];
    const value = text.slice(at + 4, at + 4 + Number(length));
    if (name === undefined || value.length !== Number(length)) return undefined;
    fields.set(name, value);
    at += 4 + Number(length);
  }
  return fields;
}

const ADDITIONAL_DATA = '62';
const REFERENCE = '05';

/**
 * The txid of a Pix code: field 05 of the additional data (62) of a BR Code, 1 to 25 letters and digits (Banco Central
 * do Brasil, "Manual de Padrões para Iniciação do Pix", which takes the form of EMV's QR codes). Undefined where the
 * code has none: `***` says that.
 */
export function txidIn(code: string): string | undefined {
  const additional = fieldsOf(code)?.get(ADDITIONAL_DATA);
  const txid = additional === undefined ? undefined : fieldsOf(additional)?.get(REFERENCE);
  return txid !== undefined && /^[A-Za-z0-9]{1,25}$/.test(txid) ? txid : undefined;
}
