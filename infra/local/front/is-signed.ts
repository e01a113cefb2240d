/** Whether a call of an AWS service is signed. A page in a browser can't sign, so it reaches no service here. */
export const isSigned = (authorization: string | undefined, url = ''): boolean =>
  authorization?.startsWith('AWS4-') === true || url.includes('X-Amz-Signature=');
