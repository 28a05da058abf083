import { refusal } from './rows.ts';

/** What a scanner tells: names without their prefix, attributes as written, text decoded, in pieces. */
export interface XmlListener {
  open?(name: string, attributes: string): void;
  close?(name: string): void;
  text?(text: string): void;
}

const MAX_MARKUP = 2 ** 20;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Scans the XML of a workbook piece by piece in bounded memory. A document type (and with it every entity
 * declaration) is refused; XML that does not close what it opens is damaged.
 */
export class XmlScanner {
  readonly #listener: XmlListener;
  #rest = '';
  #depth = 0;

  constructor(listener: XmlListener) {
    this.#listener = listener;
  }

  push(piece: string): void {
    const text = this.#rest + piece;
    let at = 0;
    while (at < text.length) {
      const markup = text.indexOf('<', at);
      const end = markup === -1 ? endOfText(text, at) : markup;
      if (end > at) this.#listener.text?.(decodeEntities(text.slice(at, end)));
      at = end;
      if (markup === -1) break;
      const next = this.#markup(text, markup);
      if (next === -1) break;
      at = next;
    }
    this.#rest = text.slice(at);
    if (this.#rest.length > MAX_MARKUP) throw refusal('damaged');
  }

  end(): void {
    if (this.#rest.trim() !== '' || this.#depth !== 0) throw refusal('damaged');
  }

  /** The position after the markup that begins at `from`, or -1 when its end has not come yet. */
  #markup(text: string, from: number): number {
    const second = text[from + 1];
    if (second === undefined) return -1;
    if (second === '?') return after(text, '?>', from);
    if (second === '!') return this.#declaration(text, from);
    const end = endOfTag(text, from + 1);
    if (end === -1) return -1;
    if (second === '/') {
      this.#depth--;
      this.#listener.close?.(localName(text.slice(from + 2, end).trim()));
      return end + 1;
    }
    const selfClosing = text[end - 1] === '/';
    const tag = text.slice(from + 1, selfClosing ? end - 1 : end);
    const gap = tag.search(/\s/);
    const name = localName(gap === -1 ? tag : tag.slice(0, gap));
    this.#listener.open?.(name, gap === -1 ? '' : tag.slice(gap));
    if (selfClosing) this.#listener.close?.(name);
    else this.#depth++;
    return end + 1;
  }

  #declaration(text: string, from: number): number {
    if (text.length - from < 9) return -1;
    if (text.startsWith('<!--', from)) return after(text, '-->', from + 4);
    if (!text.startsWith('<![CDATA[', from)) throw refusal('doctype');
    const next = after(text, ']]>', from);
    if (next !== -1) this.#listener.text?.(text.slice(from + 9, next - 3));
    return next;
  }
}

/** The value of an attribute among the attributes of a tag, or undefined. */
export function attribute(attributes: string, name: string): string | undefined {
  let pattern = patterns.get(name);
  if (!pattern)
    patterns.set(name, (pattern = new RegExp(`\\s(?:\\w+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)));
  const match = pattern.exec(attributes);
  return match ? decodeEntities(match[1] ?? match[2] ?? '') : undefined;
}

const patterns = new Map<string, RegExp>();

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name) return ENTITIES[name] ?? whole;
      const code = decimal ? Number(decimal) : parseInt(hex ?? '', 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

/** How far text may be told before the next piece: not into an entity that may be cut. */
function endOfText(text: string, from: number): number {
  const ampersand = text.lastIndexOf('&');
  return ampersand >= from && text.length - ampersand < 12 && !text.includes(';', ampersand)
    ? ampersand
    : text.length;
}

function endOfTag(text: string, from: number): number {
  let quote = 0;
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 34 || code === 39) quote = code;
    else if (code === 62) return i;
  }
  return -1;
}

function after(text: string, closing: string, from: number): number {
  const at = text.indexOf(closing, from);
  return at === -1 ? -1 : at + closing.length;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
