// Small comforts; every page works without them. No frameworks, no inline handlers.
'use strict';

// A copy button beside a field: <button type="button" data-copy="ID-OF-THE-FIELD">.
document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const source = document.getElementById(button.dataset.copy) ?? document.getElementById(`${button.dataset.copy}-box`);
  if (!source) return;
  // Choices are copied as they stand now, in the words the platform's own form shows.
  const choices = source.closest('.field')?.querySelector('fieldset.choices');
  const text = choices
    ? [...choices.querySelectorAll('input:checked')].map((input) => input.dataset.platform ?? input.value).join(', ')
    : source.tagName === 'SELECT' ? source.selectedOptions[0]?.dataset.platform ?? ''
      : source.tagName === 'OUTPUT' || !('value' in source) ? source.textContent : source.value;
  if (!text) return;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No clipboard here (plain http): select the text, so that Ctrl+C takes it.
    if (source.select) source.select();
    else getSelection().selectAllChildren(source);
    return;
  }
  button.dataset.done = 'true';
  const status = button.querySelector('[data-copied]');
  if (status) status.textContent = status.dataset.copied;
});

// An instant is copied in UTC as the server read it: after a change it is saved first.
document.addEventListener('input', (event) => {
  const button = event.target.id && document.querySelector(`[data-of="${event.target.id}"]`);
  if (button && button.dataset.copy !== event.target.id) button.disabled = true;
});

// Buttons that need this file are hidden until it runs.
document.documentElement.dataset.script = 'on';

// A counter under a text field: <output data-count="ID" data-max="255">.
const recount = (output) => {
  const field = document.getElementById(output.dataset.count);
  if (!field) return;
  const length = [...field.value].length;
  output.textContent = `${length} / ${output.dataset.max}`;
  output.dataset.over = String(length > Number(output.dataset.max));
};
for (const output of document.querySelectorAll('output[data-count]')) {
  const field = document.getElementById(output.dataset.count);
  if (field) field.addEventListener('input', () => recount(output));
}

// A drop zone: <div data-drop="ID-OF-THE-FILE-INPUT">.
for (const zone of document.querySelectorAll('[data-drop]')) {
  const input = document.getElementById(zone.dataset.drop);
  if (!input) continue;
  for (const name of ['dragenter', 'dragover']) {
    zone.addEventListener(name, (event) => { event.preventDefault(); zone.dataset.over = 'true'; });
  }
  for (const name of ['dragleave', 'drop']) {
    zone.addEventListener(name, () => { zone.dataset.over = 'false'; });
  }
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

// What is left until an instant, refreshed once a minute: <span data-until="ISO">.
const words = document.documentElement.lang === 'de'
  ? { days: (n) => (n === 1 ? '1 Tag' : `${n} Tage`), h: 'Std.', m: 'Min.' }
  : { days: (n) => (n === 1 ? '1 day' : `${n} days`), h: 'h', m: 'min' };
const span = (seconds) => {
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const [d, h, m] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60];
  return d ? `${words.days(d)} ${h} ${words.h}` : h ? `${h} ${words.h} ${m} ${words.m}` : `${m} ${words.m}`;
};
const tick = () => {
  for (const element of document.querySelectorAll('[data-until]')) {
    const seconds = (Date.parse(element.dataset.until) - Date.now()) / 1000;
    element.textContent = span(seconds);
  }
};
if (document.querySelector('[data-until]')) setInterval(tick, 60000);

// "/" goes to the search field, unless one is typing.
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(input|textarea|select)$/i.test(document.activeElement.tagName)) return;
  const search = document.getElementById('q');
  if (search) { event.preventDefault(); search.focus(); }
});
