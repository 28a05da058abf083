/** What a page says and offers, read from its HTML as a browser without scripts would. */

export interface Control {
  name: string;
  kind: 'text' | 'hidden' | 'checkbox' | 'radio' | 'select' | 'textarea' | 'file' | 'button';
  /** What is sent when nobody touches the form; null when nothing is. */
  value: string | null;
  /** The values that may be chosen; undefined where anything may be typed. */
  choices?: { value: string; text: string }[];
}

export interface Form {
  action: string;
  method: string;
  multipart: boolean;
  controls: Control[];
  /** The words on its button. */
  button: string;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' };

/** Text as a browser reads it, entities resolved. */
export function decode(text: string): string {
  return text.replace(/&(#x[\da-f]+|#\d+|\w+);/gi, (whole, code: string) => {
    if (!code.startsWith('#')) return ENTITIES[code] ?? whole;
    return String.fromCodePoint(/^#x/i.test(code) ? parseInt(code.slice(2), 16) : Number(code.slice(1)));
  });
}

/** The words of a piece of HTML, without tags; white space is one blank. */
export function wordsOf(html: string): string {
  return decode(
    html
      .replace(/<script[\s\S]*?<\/script>/g, '')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' '),
  ).trim();
}

/** The forms of a page in their order. */
export function formsOf(html: string): Form[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', body = '']) => {
    const attributes = attributesOf(head);
    const buttons = [...body.matchAll(/<button\b[^>]*>([\s\S]*?)<\/button>/g)];
    return {
      action: attributes.get('action') ?? '',
      method: attributes.get('method') ?? 'get',
      multipart: attributes.get('enctype') === 'multipart/form-data',
      controls: controlsOf(body),
      button: wordsOf(buttons[0]?.[1] ?? ''),
    };
  });
}

/** The links of a page: their words and where they lead. */
export function linksOf(html: string): { text: string; href: string }[] {
  return [...html.matchAll(/<a\b([^>]*)>([\s\S]*?)<\/a>/g)].map(([, head = '', body = '']) => ({
    text: wordsOf(body),
    href: attributesOf(head).get('href') ?? '',
  }));
}

/** The sentences beside the fields of a page, by the field's id. */
export function fieldErrorsOf(html: string): Map<string, string> {
  const errors = html.matchAll(
    /<p class="field-error" id="([^"]+)-error"><span class="sr">[^<]*<\/span>([^<]*)</g,
  );
  return new Map([...errors].map(([, id = '', text = '']) => [id, decode(text)]));
}

function controlsOf(body: string): Control[] {
  const found = body.matchAll(
    /<input\b([^>]*)>|<select\b([^>]*)>([\s\S]*?)<\/select>|<textarea\b([^>]*)>([\s\S]*?)<\/textarea>|<button\b([^>]*)>/g,
  );
  const controls: Control[] = [];
  for (const [, input, select, options, textarea, text, button] of found) {
    const attributes = attributesOf(input ?? select ?? textarea ?? button ?? '');
    const name = attributes.get('name');
    if (name === undefined || name === '') continue;
    if (select !== undefined) controls.push(selectOf(name, options ?? ''));
    else if (textarea !== undefined)
      controls.push({ name, kind: 'textarea', value: decode((text ?? '').replace(/^\r?\n/, '')) });
    else if (button !== undefined)
      controls.push({ name, kind: 'button', value: attributes.get('value') ?? '' });
    else addInput(controls, name, attributes, labelOf(body, attributes.get('id')));
  }
  return controls;
}

/** The words of a field's label. */
function labelOf(body: string, id: string | undefined): string {
  const label = id && new RegExp(`<label for="${id}">([\\s\\S]*?)</label>`).exec(body)?.[1];
  return label ? wordsOf(label) : '';
}

function addInput(controls: Control[], name: string, attributes: Map<string, string>, text: string): void {
  const type = attributes.get('type') ?? 'text';
  const value = attributes.get('value') ?? '';
  if (type !== 'checkbox' && type !== 'radio') {
    const kind = type === 'hidden' || type === 'file' ? type : 'text';
    controls.push({ name, kind, value: kind === 'file' ? null : value });
    return;
  }
  const chosen = attributes.has('checked') ? value : null;
  const same = controls.find((control) => control.name === name && control.kind === type);
  if (type === 'radio' && same) {
    same.choices!.push({ value, text });
    same.value = chosen ?? same.value;
  } else controls.push({ name, kind: type, value: chosen, choices: [{ value, text }] });
}

function selectOf(name: string, body: string): Control {
  const options = [...body.matchAll(/<option\b([^>]*)>([^<]*)<\/option>/g)].map(
    ([, head = '', text = '']) => ({
      value: attributesOf(head).get('value') ?? '',
      text: decode(text),
      selected: attributesOf(head).has('selected'),
    }),
  );
  const chosen = options.find(({ selected }) => selected) ?? options[0];
  return {
    name,
    kind: 'select',
    value: chosen?.value ?? null,
    choices: options.map(({ value, text }) => ({ value, text })),
  };
}

function attributesOf(head: string): Map<string, string> {
  const found = head.matchAll(/([\w-]+)(?:="([^"]*)")?/g);
  return new Map([...found].map(([, name = '', value = '']) => [name, decode(value)]));
}
