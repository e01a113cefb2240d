import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { ApiError } from '../api/client.ts';

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

const headerOf = (error: Error): string =>
  error instanceof ApiError
    ? (error.problem.title ?? 'The backend refused this')
    : 'The backend was not reached';

/** What a failure says to a person. Of a refusal, each field that it names. */
export function textOf(error: Error): string {
  if (!(error instanceof ApiError))
    return 'Look at your connection and try again. A repeat is not done twice.';
  const fields = (error.problem.errors ?? []).map(({ pointer, detail }) => `${pointer}: ${detail}`);
  return [error.message, ...fields.filter((field) => !field.endsWith(error.message))].join(' ');
}
