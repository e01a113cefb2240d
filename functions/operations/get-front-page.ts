import { frontPage } from '../../shared/runtime/front-page.ts';
import { once } from '../../shared/runtime/once.ts';
import { readSettings } from '../../shared/runtime/settings.ts';

/** The front page, and the answer to every address that no other route takes. */
export const handler = frontPage(once(() => readSettings()));
