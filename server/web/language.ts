import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInstance, type i18n } from 'i18next';
import { projectRoot } from '../../config/root.ts';
import { LANGUAGES, type Language, type Translate } from '../shared/language.ts';

type Words = { [key: string]: string | Words };

/**
 * The translator of a language over `views/locales/<language>/*.json`; the file's name is the first part of a key.
 * A key or value that is missing throws under NODE_ENV test and development; elsewhere the key is printed.
 */
export function translator(language: Language): Translate {
  return translators[language];
}

/** Every word of a language as one tree, by file name. */
export function readWords(language: Language): Words {
  const folder = join(projectRoot, 'views', 'locales', language);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(
    files.map((name) => [
      basename(name, '.json'),
      JSON.parse(readFileSync(join(folder, name), 'utf8')) as Words,
    ]),
  );
}

const dictionary = loadDictionary();
const translators = Object.fromEntries(
  LANGUAGES.map((language) => [language, remembering(language)]),
) as Record<Language, Translate>;

const MOST_REMEMBERED = 20_000;

/** Words without placeholders, or with a count only, are looked up once: a list prints hundreds of them. */
function remembering(language: Language): Translate {
  const translate = dictionary.getFixedT(language) as Translate;
  const known = new Map<string, string>();
  return (key, values = {}) => {
    const names = Object.keys(values);
    if (names.length > 1 || (names.length === 1 && names[0] !== 'count')) return translate(key, values);
    const asked = names.length === 0 ? key : `${key} ${values['count']}`;
    const text = known.get(asked) ?? translate(key, values);
    if (known.size < MOST_REMEMBERED) known.set(asked, text);
    return text;
  };
}

function loadDictionary(): i18n {
  const instance = createInstance({
    resources: Object.fromEntries(
      LANGUAGES.map((language) => [language, { translation: readWords(language) }]),
    ),
    lng: LANGUAGES[0],
    fallbackLng: false,
    supportedLngs: LANGUAGES,
    load: 'currentOnly',
    initAsync: false,
    nsSeparator: false,
    // Handlebars escapes what it prints; a second escaping here would show entities.
    interpolation: { escapeValue: false },
    parseMissingKeyHandler: (key) => missing(key, key),
    returnedObjectHandler: (key: string) => missing(key, key),
    missingInterpolationHandler: (text: string, match: string[]) =>
      missing(`${match[1]} in "${text}"`, match[0]),
  });
  void instance.init();
  return instance;
}

function missing(what: string, printed: string | undefined): string {
  if (['test', 'development'].includes(process.env['NODE_ENV'] ?? ''))
    throw new Error(`not in the locale files: ${what}`);
  return printed ?? '';
}
