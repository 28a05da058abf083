// A comfort only: what was typed stays on this phone until it has arrived, should the connection drop.

const PREFIX = 'draft:';
const KEPT_MS = 3 * 24 * 3_600_000;

for (const part of document.querySelectorAll('[data-draft]')) {
  const form = part.querySelector('form');
  const note = part.querySelector('[data-draft-note]');
  const key = PREFIX + part.dataset.draft;
  const say = (text) => {
    note.textContent = text;
    note.hidden = false;
  };
  forgetOthers(key);
  if (!part.querySelector('.error-summary') && restore(form, read(key))) say(part.dataset.restored);
  form.addEventListener('input', () => keep(key, form));
  form.addEventListener('submit', (event) => {
    keep(key, form);
    if (window.navigator.onLine) return;
    event.preventDefault();
    event.stopPropagation();
    sendIfReached(form, () => {
      say(part.dataset.offline);
      note.scrollIntoView();
    });
  });
}

/** A browser that thinks itself offline may be wrong: the town is asked before a form is held back. */
async function sendIfReached(form, otherwise) {
  try {
    await fetch(window.location.href, { method: 'HEAD', cache: 'no-store' });
    form.submit();
  } catch {
    otherwise();
  }
}

/** The report that a draft was for has arrived, or the draft is old, or somebody else's: none of that stays. */
function forgetOthers(key) {
  for (const other of storedKeys()) {
    const draft = read(other);
    const fresh = draft && new window.Date() - draft.at < KEPT_MS;
    if (other !== key || !fresh) window.localStorage.removeItem(other);
  }
}

function storedKeys() {
  try {
    return Object.keys(window.localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function read(key) {
  try {
    return JSON.parse(window.localStorage.getItem(key));
  } catch {
    return null;
  }
}

function keep(key, form) {
  const values = {};
  for (const control of typed(form)) {
    if (control.type === 'checkbox' || control.type === 'radio') values[control.id] = control.checked;
    else values[control.id] = control.value;
  }
  try {
    window.localStorage.setItem(key, JSON.stringify({ at: Number(new window.Date()), values }));
  } catch {
    // No room, or not allowed: the form works without.
  }
}

function restore(form, draft) {
  let changed = false;
  for (const control of typed(form)) {
    const value = draft?.values?.[control.id];
    if (value === undefined) continue;
    const property = typeof value === 'boolean' ? 'checked' : 'value';
    if (control[property] === value) continue;
    control[property] = value;
    const fold = control.closest('details');
    if (fold) fold.open = true;
    changed = true;
  }
  return changed;
}

function typed(form) {
  return [...form.elements].filter(
    ({ id, type }) => id && !['hidden', 'file', 'submit', 'button', 'fieldset'].includes(type),
  );
}
