import type { FaultRule } from '../faults.ts';
import { callFaults, hookFaults } from './help.ts';
import { escapeHtml } from './layout.ts';
import type { PartnerPage } from './page-content.ts';

interface Effect {
  readonly label: string;
  /** The member that this effect adds to a rule, such as `{ "behaviour": "lost" }`. */
  readonly part: object;
}

/** The faults of one sandbox: a list of them, and a form that adds one or shows the command for it. */
export function faultForm({ code, url, help, operations, faults }: PartnerPage): string {
  const groups: readonly (readonly [string, readonly Effect[]])[] = [
    [
      'A call to this partner',
      callFaults.map(({ kind, effect, fault }) => ({ label: `${kind}: ${effect}`, part: { call: fault } })),
    ],
    [
      'A webhook from this partner',
      hookFaults.map(({ kind, effect, fault }) => ({ label: `${kind}: ${effect}`, part: { hook: fault } })),
    ],
    [
      'An action of this partner without a call from us',
      (help?.behaviours ?? []).map(({ name, effect }) => ({
        label: `${name}: ${effect}`,
        part: { behaviour: name },
      })),
    ],
  ];
  const options = groups
    .filter(([, effects]) => effects.length > 0)
    .map(
      ([title, effects]) =>
        `<optgroup label="${escapeHtml(title)}">${effects.map(effectOption).join('')}</optgroup>`,
    );
  const names = operations.map(({ name }) => `<option value="${escapeHtml(name)}"></option>`);
  return `<h2 id="faults">Faults</h2>
<p>A rule makes this sandbox misbehave. The rule says how many times.</p>
${setFaults(faults.filter(({ partner }) => partner === code))}
<form id="fault" data-partner="${escapeHtml(code)}" data-url="${escapeHtml(url)}">
<label for="effect">Kind of fault</label><select id="effect">${options.join('')}</select>
<label for="on">Only this operation or type of webhook (empty: any)</label><input id="on" list="operations" autocomplete="off"><datalist id="operations">${names.join('')}</datalist>
<label for="reference">Only where this text occurs, such as an order's id (empty: anywhere)</label><input id="reference" autocomplete="off">
<label for="times">How many times</label><input id="times" type="number" min="1" max="1000" value="1" required>
<p class="quiet">The command for a terminal:</p><pre id="command" tabindex="0"></pre>
<button>Add this fault</button> <button type="button" id="copy" class="button plain">Copy the command</button>
<p role="status" id="said"></p>
</form>
<script type="module">${SCRIPT}</script>`;
}

function effectOption({ label, part }: Effect): string {
  return `<option value="${escapeHtml(JSON.stringify(part))}">${escapeHtml(label)}</option>`;
}

function setFaults(faults: readonly (FaultRule & { struck: number })[]): string {
  if (faults.length === 0) return '<p>No fault is set.</p>';
  const rows = faults.map(({ id = '', struck, on, reference, times, rate, call, hook, behaviour }) => {
    const shown = { on, reference, times, rate, call, hook, behaviour };
    const remove = `<button type="button" data-remove="${escapeHtml(id)}" aria-label="Remove fault ${escapeHtml(id)}">Remove</button>`;
    return `<tr><td><code>${escapeHtml(JSON.stringify(shown))}</code></td><td>${struck}</td><td>${remove}</td></tr>`;
  });
  return `<div class="scroll"><table><thead><tr><th scope="col">rule</th><th scope="col">times applied</th><th scope="col"><span hidden>remove</span></th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

/** Runs in the browser. Keeps the command equal to the form, adds a rule, and removes one. */
const SCRIPT = `
const form = document.getElementById('fault');
const at = (id) => document.getElementById(id);
function rule() {
  const optional = { on: at('on').value.trim(), reference: at('reference').value.trim() };
  const given = Object.entries(optional).filter(([, value]) => value !== '');
  return { partner: form.dataset.partner, ...Object.fromEntries(given), times: Number(at('times').value), ...JSON.parse(at('effect').value) };
}
function show() {
  // A single quote ends a quoted text of the shell. So it is escaped, and then the quoted text begins again.
  const body = JSON.stringify(rule()).replaceAll("'", "'\\\\''");
  at('command').textContent = "curl -s " + form.dataset.url + "/_sandbox/faults -d '" + body + "'";
}
async function change(path, options) {
  const response = await fetch(path, options);
  if (response.ok) location.reload();
  else at('said').textContent = (await response.json()).error;
}
form.addEventListener('input', show);
form.addEventListener('submit', (event) => {
  event.preventDefault();
  change('/_sandbox/faults', { method: 'POST', body: JSON.stringify(rule()) });
});
at('copy').addEventListener('click', async () => {
  await navigator.clipboard.writeText(at('command').textContent);
  at('said').textContent = 'Copied.';
});
for (const button of document.querySelectorAll('[data-remove]'))
  button.addEventListener('click', () => change('/_sandbox/faults?id=' + encodeURIComponent(button.dataset.remove), { method: 'DELETE' }));
show();
`;
