import type { Translate } from '../shared/language.ts';
import type { Link } from '../web/view-model.ts';
import type { presentCasePage } from './case-page.presenter.ts';

type ShownCase = Pick<
  ReturnType<typeof presentCasePage>,
  'group' | 'settlement' | 'sessions' | 'tickets' | 'endings'
>;

/** The ways to the parts of a case's page that are there; on a phone it is many screens long. */
export function jumpLinks(shown: ShownCase, papers: boolean, t: Translate): Link[] {
  const parts: [id: string, word: string, there: boolean][] = [
    ['overview', 'cases.page.overview', true],
    ['group', 'group.panel.title', shown.group !== null],
    ['workers', 'cases.page.workersTitle', true],
    ['respondents', 'cases.page.respondents', true],
    ['settlement', 'settlements.title', shown.settlement !== null],
    ['sessions', 'mediation.sessions', shown.sessions.rows.length > 0],
    ['papers', 'documents.title', papers],
    ['contacts', 'cases.page.contacts', true],
    ['tickets', 'cases.page.tickets', shown.tickets.rows.length > 0],
    ['history', 'cases.page.history', true],
    ['endings', 'cases.page.endings', shown.endings.length > 0],
  ];
  return parts.flatMap(([id, word, there]) => (there ? [{ label: t(word), href: `#${id}` }] : []));
}
