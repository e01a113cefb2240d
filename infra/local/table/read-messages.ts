/** One HTTP/1.1 message: the start line and headers as text, the body as bytes. */
export interface HttpMessage {
  readonly head: string;
  readonly body: Buffer;
}

const endOfHead = Buffer.from('\r\n\r\n');
const noBytes = Buffer.alloc(0);

/**
 * Reads HTTP/1.1 messages with a Content-Length from a stream of bytes. The AWS SDK and the table engines write such
 * messages. A complete HTTP server would cost more time than the table itself.
 *
 * Gives a function that takes each chunk. `onMessage` is called for each complete message. Throws an Error when a
 * message is chunked.
 */
export function readMessages(onMessage: (message: HttpMessage) => void): (chunk: Buffer) => void {
  let pending: Buffer = noBytes;
  let head: string | undefined;
  let bodyLength = 0;

  return (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (;;) {
      if (head === undefined) {
        const end = pending.indexOf(endOfHead);
        if (end < 0) return;
        head = pending.toString('latin1', 0, end);
        if (/\r\ntransfer-encoding:/i.test(head)) throw new Error('a chunked HTTP message cannot be relayed');
        bodyLength = Number(header(head, 'content-length') ?? 0);
        pending = pending.subarray(end + endOfHead.length);
      }
      if (pending.length < bodyLength) return;
      const message = { head, body: pending.subarray(0, bodyLength) };
      pending = pending.subarray(bodyLength);
      head = undefined;
      onMessage(message);
    }
  };
}

/** The value of a header, named in lower case; undefined when the message has no such header. */
export function header(head: string, name: string): string | undefined {
  const lower = head.toLowerCase();
  const at = lower.indexOf(`\r\n${name}:`);
  if (at < 0) return undefined;
  const start = at + name.length + 3;
  const end = head.indexOf('\r\n', start);
  return head.slice(start, end < 0 ? undefined : end).trim();
}
