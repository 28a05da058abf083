import { outreachListHref } from '../directory/outreach.rules.ts';
import { groupDigits } from '../shared/money.ts';
import type { Tile } from '../web/view-model.ts';
import type { FiguresOf } from './figures.presenter.ts';
import type { OutreachFigures } from './outreach-figures.queries.ts';

/** The outreach events of the period, with whom they reached. */
export function outreachTile({ t, area, period }: FiguresOf, figures: OutreachFigures): Tile {
  const { events, audience, materials } = figures;
  const place =
    area.kind === 'village' ? { village: area.id } : area.kind === 'town' ? { town: area.id } : {};
  return {
    label: t('reports.tiles.outreach'),
    value: groupDigits(events),
    unit: t('reports.tiles.outreachUnit'),
    note: t('reports.tiles.outreachNote', {
      audience: groupDigits(audience),
      materials: groupDigits(materials),
    }),
    ...(events === 0 ? {} : { href: outreachListHref({ ...place, ...period }) }),
  };
}
