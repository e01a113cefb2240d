import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { ApiError } from '../api/client.ts';

/** RFC 9110 section 15.5.13: what is stored is not what the operator saw (`If-Match`). */
const CHANGED = 412;

/** Why something could not be shown or done, with a way to try again. */
export function Failure({ error, again }: { readonly error: Error; readonly again?: () => void }) {
  return (
    <Alert
      type="error"
      header={headerOf(error)}
      action={again === undefined ? undefined : <Button onClick={again}>Try again</Button>}
    >
      {textOf(error)}
    </Alert>
  );
}

function headerOf(error: Error): string {
  if (!(error instanceof ApiError)) return 'The backend was not reached';
  if (error.status === CHANGED) return 'Somebody else changed this meanwhile';
  return error.problem.title ?? 'The backend refused this';
}

/** What a failure says to a person. Of a refusal, each field that it names. */
export function textOf(error: Error): string {
  if (!(error instanceof ApiError))
    return 'Look at your connection and try again. A repeat is not done twice.';
  if (error.status === CHANGED)
    return 'Nothing of yours was stored, and what you typed is still here. Open the page in another tab to see what is stored now, and decide again.';
  const fields = (error.problem.errors ?? []).map(({ pointer, detail }) => `${pointer}: ${detail}`);
  return [error.message, ...fields.filter((field) => !field.endsWith(error.message))].join(' ');
}
