import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { projectRoot } from '../../config/root.ts';
import { LANGUAGES, otherLanguage } from '../../server/shared/language.ts';
import { readWords, translator } from '../../server/web/language.ts';
import { createViewEngine, viewsFolder } from '../../server/web/view-engine.ts';
import type * as View from '../../server/web/view-model.ts';

const HOSTILE = `"'><script>alert(1)</script>{{t}}`;
const engine = createViewEngine();

describe('views', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'views-'))));
  after(() => rmSync(folder, { recursive: true }));

  /** What `{{> partial model}}` prints on a page. */
  async function print(partial: string, model: unknown): Promise<string> {
    const page = join(folder, `${partial.replaceAll('/', '-')}.hbs`);
    writeFileSync(page, `{{> ${partial} model}}`);
    return engine.render(page, { model, t: translator('zh-CN'), csrfToken: 'token' });
  }

  describe('partials', () => {
    for (const [partial, models] of Object.entries(samples())) {
      it(`${partial} prints its shape and escapes every text`, async () => {
        for (const model of models) {
          expect(await print(partial, model)).to.match(/</);
          const html = await print(partial, hostile(model));
          expect(html).to.include('&lt;script&gt;').and.not.include('<script');
        }
      });
    }

    it('no partial of the pages is without a sample', () => {
      const parts = /^(actions|cell|cell-\w+|chrome\/.*|csrf|fields\/.*|link|submit-bar)$/;
      const pages = names('partials', '.hbs').filter((name) => !parts.test(name));
      expect(pages.filter((name) => !(name in samples()))).to.deep.equal([]);
    });

    it('a textarea keeps lines, spaces and a first empty line as they were typed', async () => {
      const value = '\n  第一行\n    第二行\n';
      const html = await print('form', aForm([{ kind: 'textarea', name: 'facts', label: '事实', value }]));
      expect(html).to.include(`>\n${value}</textarea>`);
    });

    it('a password is never printed', async () => {
      const field = { kind: 'password', name: 'password', label: '密码', value: 'secret' };
      expect(await print('field', field)).to.not.include('secret');
    });

    it('a field names its hint and its error for a screen reader', async () => {
      const html = await print('field', { ...textField(), error: '必须填写。' });
      expect(html).to.include('aria-describedby="name-hint name-error"').and.include('aria-invalid="true"');
    });

    it('a form carries the token, the version and the key; version 0 too', async () => {
      const html = await print('form', { ...aForm([]), version: 0, idempotencyKey: 'key-1' });
      expect(html).to.include('name="_csrf" value="token"');
      expect(html).to.include('name="version" value="0"').and.include('name="idempotencyKey" value="key-1"');
    });

    it('a filter form, which is sent by GET, carries no token', async () => {
      expect(await print('filters', samples()['filters']?.[0])).to.not.include('_csrf');
    });

    it('a table without rows prints its empty state', async () => {
      const html = await print('table', { ...aTable(), rows: [] });
      expect(html).to.include('没有案件').and.not.include('<table');
    });
  });

  describe('layouts', () => {
    for (const layout of names('layouts', '.hbs')) {
      for (const language of LANGUAGES) {
        it(`${layout} prints in ${language} around the page`, async () => {
          const chrome: View.Chrome = {
            ...(hostile(aChrome()) as View.Chrome),
            language,
            otherLanguage: otherLanguage(language),
            t: translator(language),
          };
          const page: View.ErrorPage = { title: '标题', sentence: '一句话。', actions: [] };
          const html = await engine.renderView(join(viewsFolder, 'errors', 'error.hbs'), {
            ...page,
            ...chrome,
            layout,
            settings: { views: viewsFolder },
          });
          expect(html)
            .to.match(/^<!doctype html>/)
            .and.include(`<html lang="${language}">`);
          expect(html).to.include('<p class="lead">一句话。</p>').and.not.include('<script>');
        });
      }
    }
  });

  describe('sources', () => {
    const sources = filesUnder('views', '.hbs');

    it('print nothing unescaped but the page inside its layout', () => {
      for (const [name, text] of sources) {
        expect(text, name).to.not.include('{{{').and.not.include('{{&');
        if (!name.startsWith('views/layouts/')) expect(text, name).to.not.include('pageBody');
      }
    });

    it('carry no style, script or handler that the content security policy refuses', () => {
      // A mail has no stylesheet, and no policy either; what runs is refused there all the same.
      for (const [name, text] of sources) {
        const shown = name.startsWith('views/emails/') ? text.replaceAll(' style="', ' ') : text;
        expect(shown, name).to.not.match(/\sstyle=|<style|\son\w+=|javascript:|<script(?! src=)/i);
      }
    });

    it('carry no words of their own', () => {
      for (const [name, text] of sources) expect(text, name).to.not.match(/\p{Script=Han}/u);
    });
  });
});

describe('locale files', () => {
  const zh = flatten(readWords('zh-CN'));
  const en = flatten(readWords('en'));

  it('have the same keys in both languages', () => {
    expect(
      [...keysOf(zh)].filter((key) => !keysOf(en).has(key)),
      'missing in en',
    ).to.deep.equal([]);
    expect(
      [...keysOf(en)].filter((key) => !keysOf(zh).has(key)),
      'missing in zh-CN',
    ).to.deep.equal([]);
  });

  it('have the same placeholders in both languages', () => {
    for (const [key, text] of zh) {
      const other = en.get(key);
      if (other !== undefined) expect(placeholders(other), key).to.deep.equal(placeholders(text));
    }
  });

  it('have no empty text', () => {
    for (const [key, text] of [...zh, ...en]) expect(text.trim(), key).to.not.equal('');
  });

  it('have every key that a view or the server names', () => {
    const known = keysOf(zh);
    const missing = [
      ...namedIn(filesUnder('views', '.hbs'), /[{(]t '([^']+)'/g),
      ...namedIn(
        filesUnder('server', '.ts'),
        /(?:\bt\(|\bsentence: |new (?:Forbidden|Conflict|Unacceptable)\()\s*'([\w.-]+)'/g,
      ),
    ].filter(([, key]) => !known.has(key));
    expect(missing.map(([file, key]) => `${file}: ${key}`)).to.deep.equal([]);
  });

  it('throw for a missing key while testing', () => {
    expect(() => translator('en')('common.noSuchWord')).to.throw('common.noSuchWord');
    expect(() => translator('en')('common.labelled', { label: 'x' })).to.throw('text');
  });

  it('leave a placeholder of a value alone', () => {
    expect(translator('en')('common.labelled', { label: '{{x}}', text: '$t(common.yes)' })).to.equal(
      '{{x}}: $t(common.yes)',
    );
  });
});

function samples(): Record<string, unknown[]> {
  const action: View.Action = { label: '登记', href: '/cases/new', look: 'primary' };
  const post: View.Action = {
    label: '接手',
    post: '/cases/1/takeover',
    version: 2,
    hidden: [{ name: 'a', value: 'b' }],
  };
  const tag: View.Tag = { text: '今天到期', tone: 'warn' };
  const link: View.Link = { label: '更改', href: '/x', context: '姓名', outside: true };
  const header: View.PageHeader = {
    title: '案件',
    back: link,
    tags: [tag],
    lead: '说明',
    actions: [action, post],
  };
  const notice: View.Notice = { tone: 'good', text: '已保存', lines: ['一', '二'], actions: [action] };
  const errorSummary: View.ErrorSummary = {
    errors: [{ label: '姓名', text: '必须填写。', href: '#name' }, { text: '金额不平。' }],
  };
  const tile: View.Tile = {
    label: '接件数',
    value: '673',
    unit: '件',
    note: '注',
    href: '/x',
    trend: { text: '+1', tone: 'good' },
  };
  const list: View.SummaryList = {
    rows: [
      { key: '来源', value: '热线', href: '/x', tag, lines: ['一'], actions: [link] },
      { key: '层级', value: '村' },
    ],
  };
  const timeline: View.Timeline = {
    entries: [{ when: '2026-11-18 15:20', who: '周敏', title: '受理', lines: ['双方同意'], tone: 'good' }],
    empty: anEmpty(),
  };
  const workList: View.WorkList = {
    title: '我的案件',
    count: 1,
    items: [{ title: '一件', href: '/x', due: tag, meta: '编号' }],
    all: link,
    empty: '没有。',
  };
  const steps: View.Steps = { label: '进度', steps: [{ label: '登记', state: 'done', note: '11-05' }] };
  const deadline: View.Deadline = { label: '法定期限', text: '2026-11-20', tag, lines: ['加 15 天'] };
  const tabs: View.Tabs = { label: '范围', tabs: [{ label: '在办', href: '?', count: 0, current: true }] };
  const paging: View.Paging = { text: '本页 25 条', newer: link, older: link };
  const filters: View.Filters = {
    action: '/cases',
    fields: [textField()],
    more: [aChoice('select')],
    moreOpen: true,
    chips: [{ label: '状态', href: '?' }],
    clearHref: '/cases',
  };
  const form: View.FormView = {
    ...aForm(allFields()),
    multipart: true,
    errorSummary,
    sections: [{ title: '申请人', lead: '说明', fields: allFields() }],
    cancel: link,
  };
  return {
    action: [action, post],
    'action-bar': [header],
    'hidden-state': [{ idempotencyKey: 'key' }],
    deadline: [deadline],
    empty: [anEmpty()],
    'error-summary': [errorSummary, { ...errorSummary, title: '请核对' }],
    field: allFields(),
    filters: [filters],
    form: [form],
    'kept-mappings': [{ choose: form, keep: aForm([textField()]), manage: link }],
    notice: [notice],
    'page-header': [header, { ...header, phoneBar: true }],
    paging: [paging],
    qr: [
      { viewBox: '0 0 1 1', path: 'M0 0h1v1h-1z', label: '二维码' },
      { viewBox: '0', path: '' },
    ],
    steps: [steps],
    'summary-list': [list],
    table: [aTable(), { ...aTable(), rows: [] }],
    tabs: [tabs],
    tag: [tag],
    tile: [tile],
    tiles: [[tile, { ...tile, href: undefined }]],
    timeline: [timeline, { ...timeline, entries: [] }],
    'complaint-line': [[{ text: '再不发就' }, { text: '跳楼', mark: { tone: 'bad', title: '危险' } }]],
    'work-list': [workList, { ...workList, items: [] }],
  };
}

function allFields(): View.Field[] {
  return [
    textField(),
    { kind: 'date', name: 'on', label: '日期', value: '2026-11-20', half: true },
    { kind: 'amount', name: 'amount', label: '金额', value: '8000', suffix: '元', maxlength: 20 },
    { kind: 'password', name: 'password', label: '密码', autocomplete: 'current-password' },
    { kind: 'textarea', name: 'facts', label: '事实', value: '一', rows: 6 },
    aChoice('select'),
    aChoice('radio'),
    aChoice('checkboxes'),
    {
      kind: 'checkbox',
      name: 'migrant',
      label: '农民工',
      value: 'yes',
      checked: true,
      error: '请勾选确认。',
    },
    { kind: 'file', name: 'file', label: '文件', accept: '.xlsx', multiple: true },
    { kind: 'hidden', name: 'batch', value: '7' },
  ];
}

function textField(): View.TextField {
  return {
    kind: 'text',
    name: 'name',
    label: '姓名',
    hint: '与证件一致',
    value: '张秀英',
    required: true,
    width: 'medium',
    inputmode: 'text',
    autocomplete: 'name',
    maxlength: 50,
    suggestions: ['张秀英'],
  };
}

function aChoice(kind: View.ChoiceField['kind']): View.ChoiceField {
  const options = [
    { value: 'a', text: '甲', hint: '说明', selected: true },
    { value: 'b', text: '乙' },
  ];
  return { kind, name: kind, id: `${kind}-2`, label: '选择', inline: true, options };
}

function aForm(fields: View.Field[]): View.FormView {
  return { action: '/cases', method: 'post', fields, submit: { label: '登记' } };
}

function anEmpty(): View.Empty {
  return { title: '没有案件', text: '去掉一个条件。', action: { label: '清除', href: '/cases' } };
}

function aTable(): View.Table {
  const cells: View.Cell[] = [
    { text: '祝劳调〔2026〕0121号', href: '/cases/1' },
    { text: '调解中', tag: { text: '超期', tone: 'bad' }, secondary: '村' },
    { text: '8,000.00', fields: [textField()], submit: { name: 'find', value: '1', label: '查找' } },
  ];
  return {
    caption: '案件',
    captionHidden: true,
    columns: [
      { label: '案号', sort: { href: '?sort=number', direction: 'ascending' } },
      { label: '状态', look: 'wide' },
      { label: '金额', look: 'number' },
    ],
    rows: [{ cells, select: { value: '1', label: '第一件', checked: true } }],
    foot: [{ text: '合计' }, { text: '' }, { text: '8,000.00' }],
    empty: anEmpty(),
    select: { name: 'case', label: '选择' },
  };
}

function aChrome(): View.Chrome {
  return {
    title: '案件',
    language: 'zh-CN',
    otherLanguage: 'en',
    t: translator('zh-CN'),
    csrfToken: 'token',
    currentPath: '/cases?q=1',
    unread: { figure: '3', words: '3 条未读消息' },
    townName: '祝塘镇',
    user: { name: '王芳', rolesText: '调度员' },
    navigation: [{ label: '案件', href: '/cases', current: true }],
    flash: { tone: 'good', text: '已保存。' },
  };
}

/** The same shape with hostile text at the end of every string that a person could have written. */
function hostile(value: unknown, key = ''): unknown {
  const fixed = ['kind', 'look', 'tone', 'method', 'state', 'width', 'inputmode', 'direction'];
  if (typeof value === 'string') return fixed.includes(key) ? value : value + HOSTILE;
  if (Array.isArray(value)) return value.map((item) => hostile(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, hostile(item, name)]));
}

function names(folder: string, extension: string): string[] {
  return (readdirSync(join(viewsFolder, folder), { recursive: true }) as string[])
    .filter((name) => name.endsWith(extension))
    .map((name) => name.slice(0, -extension.length));
}

function filesUnder(folder: string, extension: string): [name: string, text: string][] {
  return (readdirSync(join(projectRoot, folder), { recursive: true }) as string[])
    .filter((name) => name.endsWith(extension))
    .map((name) => [join(folder, name), readFileSync(join(projectRoot, folder, name), 'utf8')]);
}

function namedIn(files: [string, string][], pattern: RegExp): [file: string, key: string][] {
  return files.flatMap(([file, text]) =>
    [...text.matchAll(pattern)].map((match): [string, string] => [file, match[1] ?? '']),
  );
}

function flatten(words: ReturnType<typeof readWords>, path = ''): Map<string, string> {
  return new Map(
    Object.entries(words).flatMap(([key, value]) =>
      typeof value === 'string' ? [[path + key, value] as const] : [...flatten(value, `${path}${key}.`)],
    ),
  );
}

/** Keys without the plural endings of i18next, which differ between the languages. */
function keysOf(words: Map<string, string>): Set<string> {
  return new Set([...words.keys()].map((key) => key.replace(/_(one|other)$/, '')));
}

function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{([^}]+)\}\}/g)].map((match) => match[1] ?? ''))].sort();
}
