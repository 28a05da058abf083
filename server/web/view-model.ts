import type { Language, Translate } from '../shared/language.ts';

/**
 * The finished shapes that the partials print. Presenters fill them with text in the language of the page; a view
 * decides nothing. All values are plain objects, arrays, strings, numbers and booleans: Handlebars prints only own
 * properties of plain objects, never those of a Sequelize instance.
 */

/** What every layout needs beside the model of the page; `pages.ts` adds it to the model's own keys. */
export interface Chrome {
  /** Title of the browser's tab; the town and the product are added by the layout. */
  title: string;
  language: Language;
  otherLanguage: Language;
  t: Translate;
  /** Null on a page that offers no form. */
  csrfToken: string | null;
  /** Path with query: where the language switch comes back to. */
  currentPath: string;
  townName: string;
  user: { name: string; rolesText: string } | null;
  /** The unread notices as a figure and in words; null when there are none. */
  unread: { figure: string; words: string } | null;
  navigation: NavigationItem[];
  flash?: Notice | null;
}

export interface NavigationItem {
  label: string;
  href: string;
  current?: boolean;
}

/** Colour of a state; it never stands without words. */
export type Tone = 'neutral' | 'info' | 'good' | 'warn' | 'alert' | 'bad';

export interface Link {
  label: string;
  href: string;
  /** Read by screen readers after the label, where the label alone is the same in every row. */
  context?: string;
  /** Leads to another host, in a tab of its own. */
  outside?: boolean;
}

/** `{{> action}}`: a link that looks like a button, or, with `post`, a form of one button. */
export interface Action {
  label: string;
  look?: 'primary' | 'plain' | 'danger';
  href?: string;
  post?: string;
  version?: number;
  idempotencyKey?: string;
  hidden?: { name: string; value: string }[];
}

/** `{{> page-header header}}`: the h1 of a page. */
export interface PageHeader {
  title: string;
  back?: Link;
  tags?: Tag[];
  lead?: string;
  /** The primary one first. */
  actions?: Action[];
  /** On a phone the actions stand at the bottom of the screen: the view ends with `{{> action-bar header}}`. */
  phoneBar?: boolean;
}

/** `{{> tag tag}}` */
export interface Tag {
  text: string;
  tone: Tone;
}

/** `{{> notice notice}}`: a sentence that must be seen, with lines below it. */
export interface Notice {
  tone: Tone;
  text: string;
  lines?: string[];
  actions?: Action[];
}

/** `{{> empty empty}}`: why there is nothing and what to do. */
export interface Empty {
  title: string;
  text?: string;
  action?: Action;
}

// Forms

/** `{{> field field}}` */
export type Field = TextField | TextAreaField | ChoiceField | CheckboxField | FileField | HiddenField;

interface FieldBase {
  name: string;
  label: string;
  /** The element's id where another form of the page has a field of the same name; else `name`. */
  id?: string;
  hint?: string;
  /** The sentence beside the field. */
  error?: string;
  required?: boolean;
  /** Shares a line with its neighbour on a desktop. */
  half?: boolean;
}

/** One line. `amount` is in yuan and right-aligned; `suffix` stands behind the box (元, 人, 天). */
export interface TextField extends FieldBase {
  kind: 'text' | 'date' | 'amount' | 'password';
  value?: string;
  width?: 'short' | 'medium';
  suffix?: string;
  inputmode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'search';
  autocomplete?: string;
  maxlength?: number;
  /** Proposals that may be typed over. */
  suggestions?: string[];
}

export interface TextAreaField extends FieldBase {
  kind: 'textarea';
  value?: string;
  rows?: number;
  maxlength?: number;
}

export interface ChoiceField extends FieldBase {
  kind: 'select' | 'radio' | 'checkboxes';
  options: Option[];
  /** Radio buttons and check boxes side by side. */
  inline?: boolean;
  /** The label of a box that narrows a long list down, where scripts run. */
  search?: string;
}

export interface Option {
  value: string;
  text: string;
  hint?: string;
  selected?: boolean;
}

/** One box; `value` is what is posted when it is ticked. */
export interface CheckboxField extends FieldBase {
  kind: 'checkbox';
  value: string;
  checked?: boolean;
}

export interface FileField extends FieldBase {
  kind: 'file';
  accept?: string;
  multiple?: boolean;
}

export interface HiddenField {
  kind: 'hidden';
  name: string;
  value: string;
  id?: string;
}

/**
 * `{{> form form}}`: a whole form, sent by POST (a GET form is `filters`: no token in an address). The partial adds
 * the CSRF token; `version` and `idempotencyKey` become hidden fields of these names. Fields stand in `fields`, or
 * in `sections` with a heading each.
 */
export interface FormView {
  action: string;
  method: 'post';
  /** Sent as multipart/form-data. */
  multipart?: boolean;
  version?: number;
  idempotencyKey?: string;
  errorSummary?: ErrorSummary;
  fields?: Field[];
  sections?: FormSection[];
  submit: { label: string; look?: 'primary' | 'plain' | 'danger'; name?: string; value?: string };
  cancel?: Link;
}

export interface FormSection {
  title: string;
  lead?: string;
  fields: Field[];
  /** Shown when its title is pressed; `open` from the start, as when something in it was filled in. */
  onDemand?: boolean;
  open?: boolean;
}

/** `{{> error-summary errorSummary}}`: stands above the form; `label` is the field's label, `href` `#` and its id. */
export interface ErrorSummary {
  /** Instead of the usual "some answers need correcting". */
  title?: string;
  errors: { text: string; label?: string; href?: string }[];
}

// Lists

/**
 * `{{> table table}}`: below 720 px every row becomes a card. Cells stand in the order of the columns, the
 * first being the heading of its row; the empty state is printed instead of a table without rows.
 */
export interface Table {
  caption: string;
  /** The caption repeats the heading above it and is for screen readers only. */
  captionHidden?: boolean;
  columns: Column[];
  rows: Row[];
  /** Sums under the rows. */
  foot?: Cell[];
  empty: Empty;
  /** Many figures: on a phone two to a line. */
  figures?: boolean;
  /** The rows can be ticked: name of the check boxes; the table then stands in a form. */
  select?: { name: string; label: string };
}

export interface Column {
  label: string;
  /** `number` is right-aligned; `wide` text may break into lines; `aside` is left out on a phone. */
  look?: 'number' | 'wide' | 'aside';
  sort?: { href: string; direction?: 'ascending' | 'descending' };
}

export interface Row {
  cells: Cell[];
  /** Set when the table has `select`; `label` names the row for a screen reader. */
  /** `byHand`: the box that ticks all leaves it out. */
  select?: { value: string; label: string; checked?: boolean; byHand?: boolean };
}

export interface Cell {
  text: string;
  href?: string;
  tag?: Tag;
  /** A second, quieter line. */
  secondary?: string;
  /** What can be done here and now, below the rest. */
  button?: Link;
  /** What is done seldom, quieter than the button. */
  seldom?: Link;
  /** What is filled in here, above the rest; the table then stands in a form. */
  fields?: Field[];
  /** The button beside these fields, which sends the form of the table for this row. */
  submit?: { name: string; value: string; label: string; context?: string };
}

/** `{{> paging paging}}`: keyset paging; a side without a link is left out. */
export interface Paging {
  /** "第 1–25 件，共 673 件" */
  text: string;
  newer?: Link;
  older?: Link;
}

/** `{{> filters filters}}`: a GET form; `fields` always show, `more` opens on demand. */
export interface Filters {
  action: string;
  fields: Field[];
  more?: Field[];
  /** A filter in `more` is in use. */
  moreOpen?: boolean;
  /** Filters in use; `href` is the list without that one. */
  chips: { label: string; href: string }[];
  /** The list without any filter; set when there are chips. */
  clearHref?: string;
}

// Figures

/** `{{> tiles tiles}}`: the figures of a report; `href` opens what they count. */
export interface Tile {
  label: string;
  value: string;
  unit?: string;
  note?: string;
  href?: string;
  /** Lists beside that of the figure, such as what a rate does not count. */
  others?: Link[];
  /** "比上年同期 +12.3%", said in words as well as by colour. */
  trend?: { text: string; tone: Tone };
}

// One thing

/** `{{> summary-list list}}` */
export interface SummaryList {
  rows: SummaryRow[];
}

export interface SummaryRow {
  key: string;
  value: string;
  href?: string;
  tag?: Tag;
  /** Further lines below the value. */
  lines?: string[];
  actions?: Link[];
}

/** `{{> timeline timeline}}`: newest first. */
export interface Timeline {
  entries: { when: string; who: string; title: string; lines?: string[]; links?: Link[]; tone?: Tone }[];
  empty: Empty;
}

/** `{{> work-list list}}`: one list of the home page. */
export interface WorkList {
  title: string;
  count: number;
  items: WorkItem[];
  /** The whole list, where only its beginning is printed. */
  all?: Link;
  /** Said when there is nothing to do. */
  empty: string;
}

export interface WorkItem {
  title: string;
  href: string;
  /** What must be seen beside the title. */
  tag?: Tag;
  /** "今天到期", "已超期 2 天" */
  due?: Tag;
  /** Quiet words below the title: number, enterprise, amount. */
  meta?: string;
}

/** `{{> steps steps}}`: where in its course a thing is. */
export interface Steps {
  label: string;
  steps: { label: string; state: 'done' | 'current' | 'todo'; note?: string }[];
}

/** `{{> deadline deadline}}`: a due date and, on demand, its arithmetic. */
export interface Deadline {
  label: string;
  text: string;
  tag?: Tag;
  lines?: string[];
}

/** `{{> tabs tabs}}` */
export interface Tabs {
  label: string;
  tabs: { label: string; href: string; count?: number; current?: boolean }[];
}

/** The page `errors/error`. */
export interface ErrorPage {
  title: string;
  sentence: string;
  /** What to tell the administrator. */
  reference?: string;
  actions: Action[];
}
