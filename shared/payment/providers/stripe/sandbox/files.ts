import type { PartnerRequest } from '../../../../../infra/sandbox/partner.ts';
import { newId } from '../../../../../infra/sandbox/random.ts';
import type { StripeBooks } from './books.ts';
import { invalid } from './refusal.ts';
import type { StripeFile } from './wire.ts';

/** The most bytes of a file of evidence (docs.stripe.com/disputes/best-practices: 4.5 MB in all). */
const MAX_BYTES = 4_500_000;

/**
 * POST /v1/files: an upload as `multipart/form-data`. The sandbox keeps what the file is, and not its bytes: it reads
 * the body as text.
 */
export function uploadFile(books: StripeBooks, { headers, body }: PartnerRequest): StripeFile {
  const boundary = /boundary=(\S+)/.exec(headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) throw invalid('file', 'The upload is not multipart/form-data');
  const parts = body.split(`--${boundary}`).map((part) => {
    const [head = '', ...content] = part.split('\r\n\r\n');
    const [, name] = /name="([^"]+)"/.exec(head) ?? [];
    return { name, head, content: content.join('\r\n\r\n').replace(/\r\n$/, '') };
  });
  const purpose = parts.find(({ name }) => name === 'purpose')?.content;
  const file = parts.find(({ name }) => name === 'file');
  if (purpose !== 'dispute_evidence') throw invalid('purpose', `Invalid purpose: ${purpose ?? ''}`);
  if (file === undefined || !file.content.startsWith('%PDF-'))
    throw invalid('file', 'The file is no PDF, which its first bytes would say.');
  if (file.content.length > MAX_BYTES) throw invalid('file', 'The file is too large.');
  return books.saveFile({
    id: newId('file'),
    object: 'file',
    created: books.nowSeconds(),
    filename: /filename="([^"]+)"/.exec(file.head)?.[1] ?? null,
    purpose,
    size: file.content.length,
    type: 'pdf',
  });
}
