import { mayEver, type Action, type Reader } from '../accounts/access.rules.ts';
import type { Translate } from '../shared/language.ts';
import type { NavigationItem } from './view-model.ts';

/** The main navigation in its order; a person sees the entries of their roles. `also` are the other pages that belong to it. */
const ENTRIES: { action: Action; href: string; label: string; also?: string[] }[] = [
  { action: 'home.read', href: '/', label: 'layout.nav.home' },
  {
    action: 'tickets.list',
    href: '/tickets',
    label: 'layout.nav.tickets',
    also: ['/routing', '/imports'],
  },
  { action: 'cases.list', href: '/cases', label: 'layout.nav.cases', also: ['/ledgers'] },
  { action: 'followUps.list', href: '/follow-ups', label: 'layout.nav.followUps' },
  { action: 'wageReports.write', href: '/wage-report', label: 'layout.nav.wageReport' },
  { action: 'wageChecks.read', href: '/wage-checks', label: 'layout.nav.wageChecks', also: ['/wage-tables'] },
  { action: 'warnings.read', href: '/warnings', label: 'layout.nav.warnings' },
  { action: 'reports.read', href: '/reports', label: 'layout.nav.reports' },
  {
    action: 'directory.read',
    href: '/enterprises',
    label: 'layout.nav.directory',
    also: ['/rooms', '/people', '/responsibilities', '/informants', '/cards', '/visits', '/outreach'],
  },
  {
    action: 'users.manage',
    href: '/users',
    label: 'layout.nav.users',
    also: ['/areas', '/calendar', '/jobs', '/outbox'],
  },
];

export function navigationFor(reader: Reader, path: string, t: Translate): NavigationItem[] {
  const within = (page: string): boolean => path === page || (page !== '/' && path.startsWith(`${page}/`));
  return ENTRIES.filter(({ action }) => mayEver(reader, action)).map(({ href, label, also = [] }) => ({
    label: t(label),
    href,
    current: [href, ...also].some(within),
  }));
}
