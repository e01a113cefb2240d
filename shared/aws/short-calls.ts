/** Sends a command of the document client. */
export type SendCommand = (command: object) => Promise<unknown>;

/**
 * Makes a sender that goes round the SDK where it can, and hands everything else to the SDK's own. There is none on
 * AWS. The build for one machine puts `infra/local/lambda/thread-table-calls.ts` in the place of this file.
 */
export const shortCalls:
  | ((sendBySdk: SendCommand, options: { readonly timeoutMs: number }) => SendCommand)
  | undefined = undefined;
