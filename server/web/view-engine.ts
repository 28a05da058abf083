import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Express } from 'express';
import { create, type ExpressHandlebars } from 'express-handlebars';
import type { RenderViewOptions } from 'express-handlebars/types/index.js';
import handlebars from 'handlebars';
import type { HelperOptions, SafeString } from 'handlebars';
import { projectRoot } from '../../config/root.ts';
import type { Chrome, Field } from './view-model.ts';

/** The folder of the views, absolute. */
export const viewsFolder = join(projectRoot, 'views');

/**
 * Makes `res.render` print the views; compiled views are kept except under NODE_ENV development.
 * A model never carries the names that the engine itself reads: layout, body, cache, data, helpers, partials, settings.
 */
export function installViews(app: Express): void {
  const engine = createViewEngine();
  app.engine('hbs', (path, model, done) => void engine.renderView(path, model as RenderViewOptions, done));
  app.set('view engine', 'hbs');
  app.set('views', viewsFolder);
  app.set('view cache', process.env['NODE_ENV'] !== 'development');
}

/** The engine alone: layouts, partials and the helpers below, nothing else. */
export function createViewEngine(): ExpressHandlebars {
  const helpers = { t, asset, fieldControl, pageBody };
  const compilerOptions: CompileOptions = {
    knownHelpers: Object.fromEntries(Object.keys(helpers).map((name) => [name, true])),
    knownHelpersOnly: true,
    // Indenting the lines of a partial would indent what a person typed into a textarea.
    preventIndent: true,
  };
  const instance = handlebars.create();
  // Compiled once here: the engine's own folder of partials costs a fifth of a list page at every rendering.
  for (const [name, text] of partials())
    instance.registerPartial(name, instance.compile(text, compilerOptions));
  return create({
    handlebars: instance,
    extname: '.hbs',
    defaultLayout: 'main',
    layoutsDir: join(viewsFolder, 'layouts'),
    partialsDir: [],
    helpers,
    compilerOptions,
  });
}

function partials(): [name: string, text: string][] {
  const folder = join(viewsFolder, 'partials');
  return (readdirSync(folder, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.hbs'))
    .map((file) => [
      file.slice(0, -'.hbs'.length).replaceAll('\\', '/'),
      readFileSync(join(folder, file), 'utf8').trim(),
    ]);
}

/** `{{t 'cases.list.title' count=3}}`: words in the language of the page. */
function t(key: string, options: HelperOptions): string {
  return rootOf<Chrome>(options).t(key, options.hash as Record<string, string | number>);
}

/** `{{asset 'app.css'}}`: the address of an asset, new when its content is new. */
function asset(name: string): string {
  const version = assetVersions.get(name);
  if (version === undefined) throw new Error(`no such file in views/assets: ${name}`);
  return `/assets/${name}?v=${version}`;
}

/** The partial that prints a field of this kind. */
function fieldControl(kind: Field['kind']): string {
  return `fields/${kind}`;
}

/** The printed view inside its layout; the only text that is not escaped, because the engine has just made it. */
function pageBody(options: HelperOptions): SafeString {
  return new handlebars.SafeString(rootOf<{ body: string }>(options).body);
}

function rootOf<T>(options: HelperOptions): T {
  return (options.data as { root: T }).root;
}

const assetVersions = new Map(
  readdirSync(join(viewsFolder, 'assets')).map((name) => [
    name,
    createHash('sha256')
      .update(readFileSync(join(viewsFolder, 'assets', name)))
      .digest('hex')
      .slice(0, 10),
  ]),
);
