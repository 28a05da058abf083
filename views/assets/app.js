// Comforts only: every page does its work without this file.

const RESUBMIT_AFTER_MS = 5000;

// A second click on a button that has just sent its form sends nothing.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post') return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = 'yes';
  event.submitter?.setAttribute('aria-disabled', 'true');
  setTimeout(() => release(form), RESUBMIT_AFTER_MS);
});

window.addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(release));

function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll('[aria-disabled]').forEach((button) => button.removeAttribute('aria-disabled'));
}

for (const all of document.querySelectorAll('[data-select-all]')) {
  const boxes = [
    ...all
      .closest('table')
      .querySelectorAll(`tbody input[name="${all.dataset.selectAll}"]:not([data-by-hand])`),
  ];
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.hidden = boxes.length === 0;
  all.addEventListener('change', () => boxes.forEach((box) => (box.checked = all.checked)));
  all.closest('table').addEventListener('change', show);
  show();
}

// A long list of boxes is narrowed down to what was typed; ticked ones stay.
for (const narrow of document.querySelectorAll('[data-narrow]')) {
  const search = narrow.querySelector('input');
  const choices = narrow.parentElement.querySelectorAll('.choice');
  narrow.hidden = false;
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') event.preventDefault();
  });
  search.addEventListener('input', () => {
    for (const choice of choices)
      choice.hidden =
        !choice.textContent.includes(search.value.trim()) && !choice.querySelector('input').checked;
  });
}

// An open menu closes by Escape and by a click beside it.
document.addEventListener('click', (event) => closeMenus((menu) => !menu.contains(event.target)));
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') closeMenus(() => true);
});

function closeMenus(which) {
  for (const menu of document.querySelectorAll('details.pop[open]')) {
    if (!which(menu)) continue;
    const hadFocus = menu.contains(document.activeElement);
    menu.open = false;
    if (hadFocus) menu.querySelector('summary').focus();
  }
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}

document.querySelector('[data-focus]')?.focus();
