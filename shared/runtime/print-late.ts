import type { EvidencePack } from '../payment/evidence/evidence-pack.ts';

/** Prints evidence. The library and its font are loaded only then: most invocations print nothing. */
export async function printLate(pack: EvidencePack): Promise<Uint8Array> {
  const { printPack } = await import('../payment/evidence/print/print-pack.ts');
  return printPack(pack);
}
